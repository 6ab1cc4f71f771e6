/** The vocabulary: what every stage takes and gives. Knows only the JDK. */
@NullMarked
package io.failovertimeline.model;

import org.jspecify.annotations.NullMarked;
