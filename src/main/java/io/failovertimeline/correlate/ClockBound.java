package io.failovertimeline.correlate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * A limit to how far two clocks can be apart: of two events the one came before the other, whatever their stamps say. With stamps =
 * true times + offsets, {@code offset(later) - offset(earlier)} is at most what lies between the stamps.
 *
 * @param earlier the clock of the event that came first
 * @param later the clock of the event that came after it
 * @param most the difference of the offsets is at most this
 * @param proof why the one came first
 */
record ClockBound(Clock earlier, Clock later, Duration most, Proof proof) implements Comparable<ClockBound> {

    /** The surest first; of two that are as sure, the one that says less. */
    private static final Comparator<ClockBound> ORDER = Comparator.comparing(ClockBound::proof)
            .thenComparing(ClockBound::most, Comparator.reverseOrder())
            .thenComparing(ClockBound::earlier)
            .thenComparing(ClockBound::later);

    /** Why one event came before another, the surest first. */
    enum Proof {
        /** A timeline is selected before anybody streams or names it. */
        TIMELINE(0, 30_000),
        /** A primary is told to stop before it ends the streams of its standbys. */
        STOP_BEFORE_END_OF_STREAM(0, 100),
        /** What a standby replayed was committed before its stream ended, or before it took the lock. */
        COMMIT_BEFORE_REPLAY(0, 500),
        /** A leader is told to stop, or to switch over, before another has its lock. */
        STOP_BEFORE_LOCK(0, 2_000),
        /** A primary waits for its streams to end, but its last word may overtake the standby's. */
        END_OF_STREAM_BEFORE_SHUTDOWN(1_000, 100),
        /** A host is gone before it starts again. */
        STANDBY_GONE_BEFORE_START(0, 20_000),
        /** A host says its last word before others can notice that it is gone; that word may be on its way. */
        LAST_WORD_BEFORE_STANDBY_GONE(1_000, 5_000),
        /** The key is deleted before another takes it; the line that says so may come after. */
        RELEASE_BEFORE_LOCK(1_000, 100),
        /** A leader renews its key before it has lost it; the line that says so comes after. */
        LEADING_BEFORE_LOCK(1_000, 10_000),
        /** A member has the lock before others see that it leads; its own line that says so may come after. */
        LOCK_BEFORE_NAMED(15_000, 10_000),
        /** Members see a leader only while it has the lock, but speak of it up to a round later. */
        NAMED_BEFORE_LOCK(15_000, 10_000),
        /** Clients were served before the old primary was gone, and again when there was a new one. */
        CLIENTS(0, 5_000);

        private final Duration slack;
        private final Duration usual;

        Proof(long slackMillis, long usualMillis) {
            this.slack = Duration.ofMillis(slackMillis);
            this.usual = Duration.ofMillis(usualMillis);
        }

        /** How much of the bound is usually not used up. */
        Duration usual() {
            return slack.plus(usual);
        }
    }

    /**
     * The bound that a pair of events gives.
     *
     * @param begin the earliest instant that the stamp of the first event allows
     * @param end the latest instant that the stamp of the second event allows
     */
    static ClockBound of(Proof proof, Clock earlier, Instant begin, Clock later, Instant end) {
        return new ClockBound(earlier, later, Duration.between(begin, end).plus(proof.slack), proof);
    }

    @Override
    public int compareTo(ClockBound other) {
        return ORDER.compare(this, other);
    }
}
