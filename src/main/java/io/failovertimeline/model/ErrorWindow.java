package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An interval in which requests to one endpoint failed.
 *
 * @param kind how it hurt
 * @param cluster the Patroni scope behind the endpoint
 * @param generator the tool that sent the requests
 * @param endpoint what they asked for
 * @param from start of the first failed request
 * @param to start of the last failed request
 * @param precision of both
 * @param servedAgain start of the first request that succeeded after the last failure; empty if the input ends before
 * @param requests sent from {@code from} to {@code to}, counted by whole seconds at both ends
 * @param failedRequests of these, how many failed
 * @param slowest the longest latency in the window
 * @param errors failed requests by error text
 */
public record ErrorWindow(
        WindowKind kind,
        String cluster,
        String generator,
        String endpoint,
        Instant from,
        Instant to,
        Precision precision,
        Optional<Instant> servedAgain,
        long requests,
        long failedRequests,
        Duration slowest,
        SortedMap<String, Long> errors) {

    public ErrorWindow {
        errors = Collections.unmodifiableSortedMap(new TreeMap<>(errors));
    }

    /** How long clients went without: up to the first success after, or to the last failure where none was seen. */
    public Duration outage() {
        return Duration.between(from, servedAgain.orElse(to));
    }

    /** The same requests, had the clock of whoever sent them been {@code span} behind. */
    public ErrorWindow earlierBy(Duration span) {
        return new ErrorWindow(
                kind,
                cluster,
                generator,
                endpoint,
                from.minus(span),
                to.minus(span),
                precision,
                servedAgain.map(at -> at.minus(span)),
                requests,
                failedRequests,
                slowest,
                errors);
    }
}
