package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Origin;
import java.time.Instant;

/**
 * An event that comes again and again, differing in nothing but its time and place, as heartbeats do. That it came again is noted
 * without making an object of it; what is kept of it, as of all such runs, is its first and its last.
 */
public final class Repetition {

    private final ClusterEvent first;
    private final Runs runs;
    private long second;
    private int nano;
    private long position;

    Repetition(ClusterEvent first, Runs runs) {
        this.first = first;
        this.runs = runs;
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
        this.second = second;
        this.nano = nano;
        this.position = position;
        return true;
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
