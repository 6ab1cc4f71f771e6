package io.failovertimeline.model;

import java.time.Instant;

/**
 * From when to when a host's lines were seen. A gap in it says that nothing was seen, not that nothing happened.
 *
 * @param host the host
 * @param from its first line
 * @param to its last line
 */
public record Coverage(String host, Instant from, Instant to) {}
