/** A set of evidence in, incidents out. Pure: no clock, no file, no order of arrival. */
@NullMarked
package io.failovertimeline.correlate;

import org.jspecify.annotations.NullMarked;
