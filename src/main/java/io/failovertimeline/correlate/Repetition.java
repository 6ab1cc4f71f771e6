package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An event that comes again and again, differing in nothing but its time and place, as heartbeats do. That it came again is noted
 * without making an object of it; what is kept of it, as of all such runs, is its first and its last.
 */
public final class Repetition {

    /** So often it comes at one pace before that is believed. */
    private static final int STEADY = 5;

    /** Copies of one line are nearer than this. */
    private static final long COPY_MILLIS = 500;

    /** How far the pauses of one pace are from whole seconds. */
    private static final long JITTER_MILLIS = 150;

    private final ClusterEvent first;
    private final Runs runs;
    private final boolean isFine;
    private long second;
    private int nano;
    private long position;
    private long paceSeconds;
    private int steady;

    Repetition(ClusterEvent first, Runs runs) {
        this.first = first;
        this.runs = runs;
        isFine = first.precision().unit().compareTo(Precision.SECONDS.unit()) < 0;
        Instant at = first.at();
        second = at.getEpochSecond();
        nano = at.getNano();
        position = first.origin().position();
    }

    /** A run that {@code first} may begin, for whoever gathers its evidence elsewhere and asks for {@link #last()}. */
    public static Repetition of(ClusterEvent first) {
        return new Repetition(first, new Runs());
    }

    /**
     * Notes that the event came again.
     *
     * @param second when, since 1970
     * @param nano after the second
     * @param position where, in the source of the first
     * @return whether it goes on: false if it came too late for that, or earlier than one before; then nothing is noted
     */
    public boolean goesOn(long second, int nano, long position) {
        boolean isInOrder =
                position > this.position && (second > this.second || (second == this.second && nano >= this.nano));
        long pause = second - this.second;
        long longest = Runs.LONGEST_PAUSE.toSeconds();
        if (!isInOrder || pause > longest || (pause == longest && nano > this.nano)) {
            return false;
        }
        if (isFine) {
            paused(pause * 1000 + (nano - this.nano) / 1_000_000);
        }
        this.second = second;
        this.nano = nano;
        this.position = position;
        return true;
    }

    private void paused(long millis) {
        if (millis < COPY_MILLIS) {
            return;
        }
        long seconds = Math.round(millis / 1000.0);
        boolean isWhole = Math.abs(millis - seconds * 1000) <= JITTER_MILLIS;
        boolean goesOn = isWhole && seconds == paceSeconds;
        steady = goesOn ? steady + 1 : isWhole ? 1 : 0;
        paceSeconds = seconds;
    }

    /** The time from one to the next, in whole seconds, by the last of them; empty where these came at no such pace. */
    public Optional<Duration> pace() {
        return steady < STEADY ? Optional.empty() : Optional.of(Duration.ofSeconds(paceSeconds));
    }

    /** Whether the last so far was written then: see {@link #goesOn}. */
    public boolean isAt(long itsSecond, int itsNano) {
        return second == itsSecond && nano == itsNano;
    }

    /** The last so far, which stands for the whole run. */
    public ClusterEvent last() {
        return again().endingRunOf(first);
    }

    private ClusterEvent again() {
        Origin last = new Origin(first.origin().medium(), first.origin().source(), position);
        return first.again(Instant.ofEpochSecond(second, nano), last);
    }

    /** Hands over what was noted: without this it is lost. */
    public void end() {
        if (position != first.origin().position()) {
            runs.add(first, again());
        }
    }
}
