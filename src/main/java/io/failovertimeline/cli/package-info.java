/** One class a command. */
@NullMarked
package io.failovertimeline.cli;

import org.jspecify.annotations.NullMarked;
