/** What the user has set, from a file, the environment and the command line, as values that the other parts take. */
@NullMarked
package io.failovertimeline.config;

import org.jspecify.annotations.NullMarked;
