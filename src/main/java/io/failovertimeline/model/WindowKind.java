package io.failovertimeline.model;

/** How an error window hurt. */
public enum WindowKind {
    /** Most requests failed. */
    OUTAGE,
    /** Many requests failed and most were served; or all were served, and most of them slowly. */
    BROWN_OUT,
    /** Clients all but ceased to send, without failures, and went on later as before. */
    STALL,
    /** A stray failure or two. */
    ISOLATED
}
