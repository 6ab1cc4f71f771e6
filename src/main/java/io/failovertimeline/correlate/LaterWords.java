package io.failovertimeline.correlate;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.Component;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an old leader's own lines after the loss of its lock tell of the reason. */
final class LaterWords {

    /** How long after a takeover the old leader's first words still tell what had happened to it. */
    private static final Duration AFTERMATH = Duration.ofMinutes(15);

    /** How close to a takeover a line stands that is of the same moment. */
    private static final Duration AROUND = Duration.ofSeconds(2);

    private final Circumstances circumstances;
    private final Loss loss;
    private final String old;
    private final List<Entry> words;
    private final Optional<Entry> somebodysStart;

    LaterWords(Chronicle chronicle, Loss loss) {
        this.circumstances = new Circumstances(chronicle);
        this.loss = loss;
        this.old = loss.old();
        Instant aftermath = loss.lost().plus(AFTERMATH);
        this.words = chronicle
                .between(loss.lost(), aftermath.isBefore(loss.until()) ? aftermath : loss.until())
                .filter(entry -> entry.by(old))
                .toList();
        this.somebodysStart = chronicle
                .between(loss.lost(), loss.until())
                .filter(entry -> entry.writer().isEmpty() && Signs.ofNewStart(entry))
                .findFirst();
    }

    /** Patroni found its lock with another, or went on as if nothing had been, after it had said nothing for long. */
    Optional<Reason> stall() {
        List<Entry> beforeStart = words.stream()
                .takeWhile(entry -> !Signs.ofNewStart(entry))
                .filter(entry -> Signs.ofLateDemotion(entry) || entry.from(Component.PATRONI))
                .toList();
        List<Entry> demotions =
                beforeStart.stream().filter(Signs::ofLateDemotion).toList();
        if (takerStoodStill()) {
            return demotions.stream()
                    .findFirst()
                    .map(entry -> Reason.of(
                            CauseCode.PATRONI_STALLED,
                            CauseDetail.FROZEN,
                            0.8,
                            old + " was well; Patroni on " + loss.taker().get()
                                    + " said nothing for long, then went on and took the lock from it.",
                            entry));
        }
        return fromPatroni(demotions)
                .or(() -> fromPatroni(beforeStart)
                        .filter(word -> !word.says("patroni.configuration-read") && wokeUp(word)))
                .or(() -> demotions.stream().findFirst())
                .filter(word -> somebodysStart
                        .filter(start -> !start.at().isAfter(word.at()))
                        .isEmpty())
                .map(this::stalled);
    }

    private Reason stalled(Entry entry) {
        Optional<Entry> restarted = fromPatroni(words)
                .filter(word -> circumstances.patroniStarted(old, word.at().plus(AROUND)));
        return restarted
                .map(start -> Reason.of(
                        CauseCode.PATRONI_STALLED,
                        CauseDetail.PATRONI_DIED,
                        0.85,
                        "Patroni on " + old
                                + " was gone until others had taken the lock, then was started anew and found it lost.",
                        start,
                        entry))
                .orElseGet(() -> Reason.of(
                        CauseCode.PATRONI_STALLED,
                        CauseDetail.FROZEN,
                        entry.from(Component.PATRONI) ? 0.85 : 0.6,
                        "Patroni on " + old
                                + " said nothing until others had taken the lock, then went on and found it lost.",
                        entry));
    }

    private boolean wokeUp(Entry entry) {
        return circumstances.silentBefore(old, entry.at())
                && loss.renewedAt().isPresent()
                && words.stream().noneMatch(Signs::ofNewStart);
    }

    /** Whether the taker had said nothing for long, while the old leader was well until the very end. */
    private boolean takerStoodStill() {
        Instant moment = loss.lost().minus(AROUND);
        return loss.taker()
                .filter(taker -> circumstances.spokeWithinARound(old, loss.lost())
                        && circumstances.silentBefore(taker, moment)
                        && circumstances.hasSpokenBefore(taker, moment))
                .isPresent();
    }

    /**
     * It was started anew.
     *
     * @param calls peers' calls to it that failed
     */
    Optional<Reason> newStart(List<Entry> calls) {
        return words.stream().filter(Signs::ofNewStart).findFirst().map(start -> Reason.of(
                        CauseCode.HOST_DOWN,
                        CauseDetail.HOST_RESTARTED,
                        calls.isEmpty() ? 0.8 : 0.9,
                        old + OwnWords.SILENT_THEN_STARTED)
                .shownBy(
                        Stream.concat(calls.stream().limit(1), Stream.of(start)).toList()));
    }

    private static Optional<Entry> fromPatroni(List<Entry> entries) {
        return entries.stream().filter(entry -> entry.from(Component.PATRONI)).findFirst();
    }
}
