package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;

/**
 * One request of a load generator, or several of which the generator only tells how many there were.
 *
 * @param generator the tool, such as {@code k6}
 * @param endpoint the generator's own name for the request, else method and path with ids replaced
 * @param start when it was sent: the earliest instant the format allows
 * @param precision how much later that may have been
 * @param latency from start to end
 * @param failed whether it failed by the generator's own judgement
 * @param error what went wrong, in a few words such as {@code HTTP 500}; empty if it did not fail
 * @param count how many such requests there were; 1 where the generator tells of each
 */
public record RequestResult(
        String generator,
        String endpoint,
        Instant start,
        Precision precision,
        Duration latency,
        boolean failed,
        String error,
        long count) {

    /** A single request. */
    public RequestResult(
            String generator,
            String endpoint,
            Instant start,
            Precision precision,
            Duration latency,
            boolean failed,
            String error) {
        this(generator, endpoint, start, precision, latency, failed, error, 1);
    }

    /** The same, sent by {@code other}. */
    public RequestResult by(String other) {
        return new RequestResult(other, endpoint, start, precision, latency, failed, error, count);
    }
}
