/** A running stream application as those see it who operate it: metrics and health. */
@NullMarked
package io.failovertimeline.operate;

import org.jspecify.annotations.NullMarked;
