/** The lines of one state dump in, typed rows and what they prove at which instant out. */
@NullMarked
package io.failovertimeline.decode.state;

import org.jspecify.annotations.NullMarked;
