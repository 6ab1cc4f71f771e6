/** Bytes in; log lines, request results, or a dead letter with its reason out. */
@NullMarked
package io.failovertimeline.decode;

import org.jspecify.annotations.NullMarked;
