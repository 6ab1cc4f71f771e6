package io.failovertimeline.stream;

import java.time.Duration;

/**
 * Whether the lines of one cluster come faster than they were written: after a halt, or of an archive. Its partitions are not read
 * evenly then, so that a host seems silent whose lines are only read later.
 */
final class Backlog {

    /** Lines come in bundles, heartbeats every ten seconds: event time that gains less on the wall clock says nothing. */
    private static final long GAIN = Duration.ofSeconds(30).toMillis();

    /** So long after such a gain another is expected. */
    private static final long LASTS = Duration.ofSeconds(10).toMillis();

    private long farthestBehind = Long.MIN_VALUE;
    private long until = Long.MIN_VALUE;

    /**
     * Notes how far event time has come.
     *
     * @param eventTime of the latest that is known, in milliseconds
     * @param wallClock in milliseconds
     */
    void reached(long eventTime, long wallClock) {
        long behind = wallClock - eventTime;
        if (farthestBehind != Long.MIN_VALUE && behind < farthestBehind - GAIN) {
            farthestBehind = behind;
            until = wallClock + LASTS;
        }
        farthestBehind = Math.max(farthestBehind, behind);
    }

    /** Whether one is being read at {@code wallClock}, in milliseconds. */
    boolean isRead(long wallClock) {
        return wallClock < until;
    }
}
