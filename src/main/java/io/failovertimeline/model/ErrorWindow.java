package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An interval in which requests to one endpoint failed, or were not served as before.
 *
 * @param kind how it hurt
 * @param cluster the Patroni scope behind the endpoint
 * @param generator the tool that sent the requests
 * @param endpoint what they asked for
 * @param from start of the first failed request; of one without failures, of its first second, or of the last request before a stall
 * @param to start of the last failed request; of one without failures, of its last second, or of the first request after a stall
 * @param precision of both
 * @param servedAgain start of the first request after it that succeeded, after slow ones as fast as before; empty if the input ends
 *     before
 * @param requests sent from {@code from} to {@code to}, counted by whole seconds at both ends; of one without failures, those served
 * @param failedRequests of these, how many failed
 * @param slowest the longest latency in the window
 * @param errors failed requests by error text
 * @param served how long served requests took; unknown of stray failures
 * @param slowness what is slow, of a window of slow requests
 * @param stall how requests ceased, of a stall
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
        SortedMap<String, Long> errors,
        ServedAround served,
        Optional<Slowness> slowness,
        Optional<Stall> stall) {

    public ErrorWindow {
        errors = Collections.unmodifiableSortedMap(new TreeMap<>(errors));
    }

    /** A window of failures. */
    public ErrorWindow(
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
        this(
                kind,
                cluster,
                generator,
                endpoint,
                from,
                to,
                precision,
                servedAgain,
                requests,
                failedRequests,
                slowest,
                errors,
                ServedAround.UNKNOWN,
                Optional.empty(),
                Optional.empty());
    }

    /** Failed requests by what their error texts mean. */
    public SortedMap<ErrorKind, Long> errorKinds() {
        SortedMap<ErrorKind, Long> kinds = new TreeMap<>();
        errors.forEach((error, count) -> kinds.merge(ErrorKind.of(error), count, Long::sum));
        return kinds;
    }

    /** The same, with what is known of the requests served around it. */
    public ErrorWindow around(ServedAround latencies) {
        return with(Duration.ZERO, latencies);
    }

    /** Whether any request failed in it. */
    public boolean hasFailures() {
        return failedRequests > 0;
    }

    /** How long clients went without: up to the first success after, or to the last failure where none was seen. */
    public Duration outage() {
        return Duration.between(from, servedAgain.orElse(to));
    }

    /** The same requests, had the clock of whoever sent them been {@code span} behind. */
    public ErrorWindow earlierBy(Duration span) {
        return with(span, served);
    }

    private ErrorWindow with(Duration earlier, ServedAround latencies) {
        return new ErrorWindow(
                kind,
                cluster,
                generator,
                endpoint,
                from.minus(earlier),
                to.minus(earlier),
                precision,
                servedAgain.map(at -> at.minus(earlier)),
                requests,
                failedRequests,
                slowest,
                errors,
                latencies,
                slowness,
                stall);
    }
}
