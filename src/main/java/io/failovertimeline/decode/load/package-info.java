/** One line of a load generator's results in; at most one request's result out. */
@NullMarked
package io.failovertimeline.decode.load;

import org.jspecify.annotations.NullMarked;
