package io.failovertimeline.model;

import java.util.Optional;

/**
 * How long requests took that were served around an error window; each is empty if none was, or none tells its latency.
 *
 * @param before within the minute before it
 * @param inside within it, counted by whole seconds
 * @param after within the minute after it
 */
public record ServedAround(
        Optional<ServedLatency> before, Optional<ServedLatency> inside, Optional<ServedLatency> after) {

    /** Nothing is known. */
    public static final ServedAround UNKNOWN = new ServedAround(Optional.empty(), Optional.empty(), Optional.empty());
}
