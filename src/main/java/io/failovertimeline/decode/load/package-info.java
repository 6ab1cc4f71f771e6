/** One line of a load generator's results in; what it tells of requests out. */
@NullMarked
package io.failovertimeline.decode.load;

import org.jspecify.annotations.NullMarked;
