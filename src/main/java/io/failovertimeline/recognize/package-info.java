/** Log lines in, significant events out, by the catalog of grok patterns. */
@NullMarked
package io.failovertimeline.recognize;

import org.jspecify.annotations.NullMarked;
