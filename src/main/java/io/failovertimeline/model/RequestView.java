package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;

/**
 * What is told of a request, or of several that are alike. Where each line tells of one, the object behind it may be filled anew for
 * the next: who keeps it longer keeps a {@linkplain #kept() copy}. {@link RequestResult} says what the parts mean.
 */
public interface RequestView {

    /** The tool. */
    String generator();

    /** What was asked for. */
    String endpoint();

    /** The second in which it was sent, counted from 1970. */
    long startSecond();

    /** How far into that second, in nanoseconds. */
    int startNano();

    /** How much later it may have been sent. */
    Precision precision();

    /** From start to end. */
    long latencyNanos();

    /** Whether it failed. */
    boolean failed();

    /** What went wrong; empty if nothing did. */
    String error();

    /** How many such requests there were. */
    long count();

    /** Whether each took that long. */
    boolean timed();

    /** The same, for good. */
    default RequestResult kept() {
        return new RequestResult(
                generator(),
                endpoint(),
                Instant.ofEpochSecond(startSecond(), startNano()),
                precision(),
                Duration.ofNanos(latencyNanos()),
                failed(),
                error(),
                count(),
                timed());
    }
}
