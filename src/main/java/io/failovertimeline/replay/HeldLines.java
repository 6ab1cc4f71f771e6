package io.failovertimeline.replay;

import io.failovertimeline.decode.Skim;
import io.failovertimeline.model.LineClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The lines of an input that are known by what was skimmed of them, as long as others below may belong to them: of each process of
 * Patroni or PostgreSQL the last one, and the last of all. The next line of a process settles the one before. Bounded: where two
 * processes meet in one place, the line of the first is settled early.
 */
final class HeldLines {

    private static final int PROCESSES = 1024;

    private final Tally tally;
    private final LongConsumer left;
    private final Held[] ofProcesses = new Held[PROCESSES];
    private final Held other = new Held();
    /** The last line of the input, if it is held. */
    private Optional<Held> last = Optional.empty();

    private int count;

    /**
     * Holds nothing.
     *
     * @param tally counts the lines that are settled
     * @param left is told the channel of a line that another process's took the place of
     */
    HeldLines(Tally tally, LongConsumer left) {
        this.tally = tally;
        this.left = left;
    }

    /** Holds the line that {@code reader} is at; see {@link Held#hold}. */
    void hold(RecordReader reader, Skim skim, LineClass what, Optional<Repeats.Repeat> known) {
        settleOther();
        Held held = skim.mayGoOn() && !skim.isUnrelated() ? place(skim) : other;
        held.hold(reader, skim, what, known);
        last = held.itself();
    }

    /** What the last line of the process of {@code skim} was known by, if it is held: the next one may say the same. */
    Optional<Repeats.Repeat> before(Skim skim) {
        Held held = skim.mayGoOn() ? ofProcesses[slot(skim)] : other;
        return held == null || held.isEmpty() ? Optional.empty() : held.repeat();
    }

    private static int slot(Skim skim) {
        return (int) (skim.stream() >>> 7) & (PROCESSES - 1);
    }

    private Held place(Skim skim) {
        int at = slot(skim);
        Held held = ofProcesses[at];
        if (held == null) {
            held = new Held();
            ofProcesses[at] = held;
        }
        if (held.isEmpty()) {
            count++;
            return held;
        }
        if (held.stream() != skim.stream()) {
            left.accept(held.channel());
        }
        held.settle(tally);
        return held;
    }

    private void settleOther() {
        if (!other.isEmpty()) {
            other.settle(tally);
        }
    }

    /** A line comes that is not held, and to which nothing belongs. */
    void pass() {
        settleOther();
        last = Optional.empty();
    }

    /** Whether the last line of the input is held. */
    boolean holdsLast() {
        return last.isPresent();
    }

    /** Gives the last line of the input away, if it is held: what comes next may belong to it. */
    void giveLast(Consumer<Held> to) {
        last.ifPresent(held -> {
            count -= held.equals(other) ? 0 : 1;
            to.accept(held);
            held.clear();
        });
        last = Optional.empty();
    }

    /** Gives away all lines of {@code channel}, of all if that is not known, in their order; a line of it comes next. */
    void give(long channel, Consumer<Held> to) {
        settleOther();
        last = Optional.empty();
        if (count == 0) {
            return;
        }
        List<Held> given = new ArrayList<>();
        for (Held held : ofProcesses) {
            boolean isGiven =
                    held != null && !held.isEmpty() && (channel == Skim.NO_CHANNEL || held.channel() == channel);
            if (isGiven) {
                given.add(held);
            }
        }
        given.sort(Comparator.comparingLong(Held::number));
        given.forEach(held -> {
            to.accept(held);
            held.clear();
        });
        count -= given.size();
    }

    /** Nothing that comes belongs to a line that is held. */
    void settle() {
        settleOther();
        last = Optional.empty();
        for (Held held : ofProcesses) {
            if (held != null && !held.isEmpty()) {
                held.settle(tally);
            }
        }
        count = 0;
    }
}
