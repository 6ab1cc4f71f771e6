package io.failovertimeline.model;

/** How requests came to the name of their endpoint. */
public enum EndpointBasis {
    /** A pattern of the user's. */
    PATTERN,
    /** The generator's own name or tag. */
    NAME,
    /** Method and path, with ids replaced. */
    PATH,
    /** There were too many names. */
    OVERFLOW
}
