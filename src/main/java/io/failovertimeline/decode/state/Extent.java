package io.failovertimeline.decode.state;

/** How far a dump goes, line by line. */
@FunctionalInterface
interface Extent {

    /** Whether the next line belongs to it; asked once for each, in their order. */
    boolean takes(String line);
}
