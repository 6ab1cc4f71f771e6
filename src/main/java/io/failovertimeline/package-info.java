/** Arguments in, exit code out. */
@org.jspecify.annotations.NullMarked
package io.failovertimeline;
