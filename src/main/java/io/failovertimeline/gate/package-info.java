/** Holds what a run told against what was expected of it: each expectation held, did not hold, or can't be told, with its proof. */
@NullMarked
package io.failovertimeline.gate;

import org.jspecify.annotations.NullMarked;
