package io.failovertimeline.model;

/** How an error window hurt. */
public enum WindowKind {
    /** Most requests failed. */
    OUTAGE,
    /** Many requests failed, most were served. */
    BROWN_OUT,
    /** A stray failure or two. */
    ISOLATED
}
