package io.failovertimeline.model;

import java.time.Duration;

/**
 * Why served requests count as slow.
 *
 * @param limit what took longer than this is slow
 * @param usual the median of the endpoint's requests before
 * @param slowRequests how many of the window's requests were
 */
public record Slowness(Duration limit, Duration usual, long slowRequests) {}
