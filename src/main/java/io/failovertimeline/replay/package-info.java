/** The file edge: the stages run over files, without a broker. */
@NullMarked
package io.failovertimeline.replay;

import org.jspecify.annotations.NullMarked;
