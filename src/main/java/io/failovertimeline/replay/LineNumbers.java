package io.failovertimeline.replay;

/** Which numbers the lines of a stream have in their input. */
interface LineNumbers {

    /** The stream has the input's lines in the input's order. */
    LineNumbers COUNTED = counted -> counted;

    /** Of the next line of the stream, asked for once each, in order; {@code counted} is its number in the stream, from 1. */
    long next(long counted);
}
