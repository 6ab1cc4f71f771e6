package io.failovertimeline.model;

/** What can become of a line. */
public enum LineClass {
    /** It proves something, or is the result of a request. */
    RECOGNIZED,
    /** A catalog entry knows it to be of no use, or it is blank, or a load generator wrote it beside its results. */
    KNOWN_NOISE,
    /** A program that the catalog does not cover wrote it. */
    UNRELATED,
    /** A covered program wrote it and no entry matches, or it is no log line at all. */
    UNKNOWN,
    /** It claims a format and breaks it. */
    REJECTED
}
