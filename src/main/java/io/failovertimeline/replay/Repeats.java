package io.failovertimeline.replay;

import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.correlate.Repetition;
import io.failovertimeline.decode.Skim;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.recognize.Recognition;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what lines of one input were recognized as, so that one which says the same again, as heartbeats do, is known by its
 * bytes. Where a line proves nothing and no entry looks at its digits, one that says the same but for these is known as well. It
 * remembers a bounded number, the latest; what is forgotten is recognized anew.
 */
final class Repeats {

    private static final int SLOTS = 1 << 13;

    /** Longer lines are not remembered, in bytes. */
    private static final int LONGEST = 1024;

    private final EvidenceSet evidence;
    private final @Nullable Repeat[] slots = new @Nullable Repeat[SLOTS];
    private final @Nullable Repeat[] digitless = new @Nullable Repeat[SLOTS];
    private final Skim blank = new Skim();

    /** What is known of lines that say one thing. */
    static final class Repeat {
        private final Skim.Saying saying;
        private final LineClass what;
        private final Precision precision;
        private final EvidenceSet evidence;
        private final Optional<ClusterEvent> event;
        private final Optional<Repeat> itself = Optional.of(this);
        private Optional<Repetition> run = Optional.empty();
        private boolean isForgotten;

        private Repeat(Skim first, LineClass what, Optional<ClusterEvent> event, EvidenceSet evidence) {
            this.saying = first.saying();
            this.what = what;
            this.precision = first.precision();
            this.evidence = evidence;
            this.event = event;
        }

        /** Whether {@code line} is one of them, digit by digit. */
        private boolean isOf(Skim line) {
            return !isForgotten && line.says(saying) && line.precision() == precision;
        }

        /** What class such lines are in. */
        LineClass what() {
            return what;
        }

        /** This, made once. */
        Optional<Repeat> itself() {
            return itself;
        }

        /**
         * Takes what such a line proves.
         *
         * @param second when it was written, since 1970
         * @param nano after the second
         * @param number of the line
         */
        void again(long second, int nano, long number) {
            if (event.isEmpty() || (run.isPresent() && run.get().goesOn(second, nano, number))) {
                return;
            }
            run.ifPresent(Repetition::end);
            ClusterEvent again = event.get()
                    .again(
                            Instant.ofEpochSecond(second, nano),
                            Origin.line(event.get().origin().source(), number));
            evidence.add(again);
            run = isForgotten ? Optional.empty() : evidence.repetition(again);
        }

        private void end() {
            run.ifPresent(Repetition::end);
            run = Optional.empty();
            isForgotten = true;
        }
    }

    /** Remembers lines whose events go into {@code evidence}. */
    Repeats(EvidenceSet evidence) {
        this.evidence = evidence;
    }

    /**
     * What is known of lines that say what {@code line} says; empty if nothing is.
     *
     * @param likely what a line before it was, which mostly says the same
     */
    Optional<Repeat> of(Skim line, Optional<Repeat> likely) {
        return likely.isPresent() && likely.get().isOf(line) ? likely : of(line);
    }

    private Optional<Repeat> of(Skim line) {
        @Nullable Repeat same = slots[slot(line)];
        if (same != null && same.isOf(line)) {
            return same.itself();
        }
        Optional<Skim> masked = line.withoutDigits(blank);
        @Nullable Repeat alike = masked.isPresent() ? digitless[slot(masked.get())] : null;
        return alike != null && masked.get().says(alike.saying) ? alike.itself() : Optional.empty();
    }

    /**
     * Remembers what {@code line} is recognized as. What it proves itself is not taken here.
     *
     * @param isDigitBlind whether no entry looks at its digits
     */
    void remember(Skim line, Recognition recognition, BooleanSupplier isDigitBlind) {
        if (line.wordsTo() - line.wordsFrom() > LONGEST) {
            return;
        }
        LineClass what = recognition.match(
                significant -> LineClass.RECOGNIZED, noise -> LineClass.KNOWN_NOISE, () -> LineClass.UNKNOWN);
        Optional<ClusterEvent> event = recognition.match(
                significant -> significant.evidence() instanceof ClusterEvent its ? Optional.of(its) : Optional.empty(),
                noise -> Optional.empty(),
                Optional::empty);
        Optional<Skim> masked =
                event.isEmpty() && isDigitBlind.getAsBoolean() ? line.withoutDigits(blank) : Optional.empty();
        if (masked.isPresent()) {
            digitless[slot(masked.get())] = new Repeat(masked.get(), what, event, evidence);
            return;
        }
        int slot = slot(line);
        @Nullable Repeat forgotten = slots[slot];
        if (forgotten != null) {
            forgotten.end();
        }
        slots[slot] = new Repeat(line, what, event, evidence);
    }

    /** Hands over the last event of each run. */
    void end() {
        for (@Nullable Repeat repeat : slots) {
            if (repeat != null) {
                repeat.end();
            }
        }
    }

    private static int slot(Skim line) {
        return (int) line.fingerprint() & (SLOTS - 1);
    }
}
