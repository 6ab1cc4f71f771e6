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
 * @param timed whether each took {@code latency}; otherwise that is a mean, the longest, or zero where nothing is told
 */
public record RequestResult(
        String generator,
        String endpoint,
        Instant start,
        Precision precision,
        Duration latency,
        boolean failed,
        String error,
        long count,
        boolean timed)
        implements RequestView {

    /** A single request, of known latency. */
    public RequestResult(
            String generator,
            String endpoint,
            Instant start,
            Precision precision,
            Duration latency,
            boolean failed,
            String error) {
        this(generator, endpoint, start, precision, latency, failed, error, 1, true);
    }

    /** Requests that were counted, and not timed one by one. */
    public static RequestResult counted(
            String generator,
            String endpoint,
            Instant start,
            Precision precision,
            Duration latency,
            String error,
            long count) {
        return new RequestResult(generator, endpoint, start, precision, latency, !error.isEmpty(), error, count, false);
    }

    @Override
    public long startSecond() {
        return start.getEpochSecond();
    }

    @Override
    @SuppressWarnings("JavaInstantGetSecondsGetNano") // the seconds are asked for beside it
    public int startNano() {
        return start.getNano();
    }

    @Override
    public long latencyNanos() {
        return latency.toNanos();
    }

    @Override
    public RequestResult kept() {
        return this;
    }

    /** The same, sent by {@code other}. */
    public RequestResult by(String other) {
        return new RequestResult(other, endpoint, start, precision, latency, failed, error, count, timed);
    }
}
