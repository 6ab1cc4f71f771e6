package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.CRASH_RECOVERY;
import static io.failovertimeline.model.EventKind.DCS_LOST;
import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.DEMOTION_STARTED;
import static io.failovertimeline.model.EventKind.FAULT_SIGNAL;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LOCK_ACQUIRED;
import static io.failovertimeline.model.EventKind.LOCK_LOST;
import static io.failovertimeline.model.EventKind.LOCK_RELEASED;
import static io.failovertimeline.model.EventKind.REINIT;
import static io.failovertimeline.model.EventKind.RESTARTING;

import io.failovertimeline.model.Component;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Lines that rule causes out for what happened to one member between its last sign of being well and the end of the trouble.
 * Each is looked for where it can only mean one thing; none is inferred from what is missing.
 */
final class Disproofs {

    /** How long afterwards a member's first words still tell what had happened to it. */
    private static final Duration AFTERMATH = Duration.ofMinutes(15);

    /** Before the line by which a start is known, a starting host, Patroni or PostgreSQL may write others. */
    private static final Duration START = Duration.ofSeconds(5);

    /** By how much hosts' clocks may be apart without any line that proves it. */
    private static final Duration UNNOTICED_OFFSET = Duration.ofSeconds(5);

    /** Patroni tells that it has the lock within this time. */
    private static final Duration AROUND = Duration.ofSeconds(2);

    private final Circumstances circumstances;
    private final HostLife host;
    private final String member;
    private final Instant wellUntil;
    private final Instant startedAt;
    private final Instant over;
    private final List<Entry> own;
    private final List<Entry> after;
    private final List<Entry> others;
    private final List<Entry> takers;
    private final Instant ownSymptom;

    /**
     * The trouble with {@code member}.
     *
     * @param wellUntil its last sign of being well
     * @param startedAt the first symptom in the logs
     * @param over when the lock was taken anew, or the trouble was over
     * @param until when something else begins
     */
    Disproofs(Chronicle chronicle, String member, Instant wellUntil, Instant startedAt, Instant over, Instant until) {
        this.circumstances = new Circumstances(chronicle);
        this.host = new HostLife(chronicle, member);
        this.member = member;
        this.wellUntil = wellUntil;
        this.startedAt = startedAt;
        this.over = over;
        Instant aftermath = over.plus(AFTERMATH);
        List<Entry> during = chronicle.between(wellUntil.minusMillis(1), over).toList();
        this.own = during.stream()
                .filter(entry -> entry.by(member) && entry.at().isBefore(over))
                .toList();
        this.others = during.stream().filter(entry -> !entry.by(member)).toList();
        this.takers = chronicle
                .between(startedAt, over.plus(AROUND))
                .filter(entry -> !entry.by(member) && entry.from(Component.PATRONI))
                .toList();
        this.ownSymptom = own.stream()
                .filter(entry -> entry.provesAny(FAULT_SIGNAL, DEMOTION_STARTED, DEMOTED, LOCK_LOST, DCS_LOST))
                .map(Entry::at)
                .findFirst()
                .orElse(Instant.MAX);
        this.after = chronicle
                .between(over, aftermath.isBefore(until) ? aftermath : until)
                .filter(entry -> entry.by(member))
                .toList();
    }

    /** What it wrote before anything started anew, when things had already gone wrong. */
    Optional<Entry> wroteMeanwhile() {
        return last(wellBeforeNewStart(own).filter(this::isMeanwhile)).or(this::stopRequest);
    }

    /** Others wrote on its host until it was back, or until the trouble was over. */
    Optional<Entry> hostWentOn() {
        Instant back = newStart().map(Entry::at).filter(over::isAfter).orElse(over);
        return host.throughout(wellUntil, back);
    }

    Optional<Entry> patroniWroteMeanwhile() {
        return last(wellBeforeNewStart(own).filter(entry -> isMeanwhile(entry) && entry.from(Component.PATRONI)));
    }

    private boolean isMeanwhile(Entry entry) {
        return (entry.at().isAfter(startedAt.plus(UNNOTICED_OFFSET))
                        || !entry.at().isBefore(ownSymptom))
                && !Signs.ofLateDemotion(entry)
                && (entry.from(Component.PATRONI) || entry.from(Component.POSTGRESQL));
    }

    /** A PostgreSQL that others' promotion found running had never stopped. */
    Optional<Entry> lateDemotion() {
        return beforeNewStart(after).filter(Signs::ofLateDemotion).findFirst();
    }

    Optional<Entry> orderlyEnd() {
        return first(others, circumstances::orderlyEndOfStream);
    }

    Optional<Entry> acceptedWithoutAnswer() {
        return first(others, entry -> entry.about(member) && entry.has("reason", "UNANSWERED"));
    }

    /** A peer got an answer from it, or a refusal, which only a running kernel gives. */
    Optional<Entry> answered() {
        return first(
                others,
                entry -> entry.about(member)
                        && (entry.event().field("state").isPresent() || entry.has("reason", "REFUSED")));
    }

    Optional<Entry> releasedKey() {
        return first(own, entry -> entry.proves(LOCK_RELEASED) && entry.from(Component.PATRONI));
    }

    /** It learnt from the DCS that others had the lock, and no word before tells that it could not reach it. */
    Optional<Entry> foundLockLost() {
        return spokeOfLostDcs().isPresent()
                ? Optional.empty()
                : lateDemotion().filter(entry -> entry.from(Component.PATRONI)).filter(entry -> beforeNewStart(after)
                        .takeWhile(word -> !word.equals(entry))
                        .noneMatch(Signs::ofLostDcs));
    }

    Optional<Entry> spokeOfLostDcs() {
        return first(own, Signs::ofLostDcs);
    }

    Optional<Entry> peersLostDcs() {
        return first(others, Signs::ofLostDcs);
    }

    Optional<Entry> startedWithoutLosingDcs() {
        boolean patroniWasHeard = circumstances.hasSpokenBefore(member, startedAt);
        return patroniWasHeard && spokeOfLostDcs().isEmpty() ? newStart() : Optional.empty();
    }

    /** It started, and had not been stopped before. */
    Optional<Entry> newStart() {
        return Stream.concat(own.stream(), after.stream())
                .takeWhile(entry -> !Signs.ofStop(entry) && !Signs.ofLateDemotion(entry))
                .filter(entry -> isNewStart(entry) && !entry.at().isBefore(startedAt))
                .findFirst();
    }

    /** Its Patroni, which had spoken shortly before, found PostgreSQL gone. */
    Optional<Entry> foundByAwakePatroni() {
        return newStart()
                .filter(start -> Signs.ofDatabaseDown(start)
                        && start.from(Component.PATRONI)
                        && !circumstances.patroniStarted(member, start.at())
                        && circumstances.spokeWithinARound(member, start.at().minusMillis(1)));
    }

    /** Its host or Patroni started, and not only PostgreSQL. */
    Optional<Entry> startOfMoreThanPostgres() {
        return newStart()
                .filter(start -> !Signs.ofDatabaseDown(start) || circumstances.patroniStarted(member, start.at()));
    }

    /** It was asked to stop while it ran, and nothing had crashed before. */
    Optional<Entry> stopRequest() {
        return beforeNewStart(own)
                .takeWhile(entry -> !Signs.ofCrash(entry))
                .filter(entry -> Signs.ofStop(entry) && entry.from(Component.POSTGRESQL))
                .findFirst();
    }

    /** PostgreSQL had to recover, and not from a base backup; a demotion in haste before would have done that, too. */
    Optional<Entry> interrupted() {
        List<Entry> words = Stream.concat(own.stream(), after.stream())
                .takeWhile(entry -> !entry.proves(REINIT) && !Signs.ofLateDemotion(entry) && !Signs.ofStop(entry))
                .toList();
        return first(words, Signs::ofCrash).or(() -> first(words, entry -> entry.proves(CRASH_RECOVERY)));
    }

    Optional<Entry> demotedForLostDcs() {
        return first(own, entry -> entry.says("patroni.demoted-dcs-lost") || entry.says("patroni.demoting-dcs-lost"));
    }

    /** Another member read or wrote there while things were wrong, and none complained of any of its servers. */
    Optional<Entry> othersUsedDcs() {
        return first(others, entry -> entry.proves(DCS_LOST)).isPresent()
                ? Optional.empty()
                : first(takers, entry -> entry.proves(LOCK_ACQUIRED))
                        .or(() -> last(takers.stream()
                                .filter(entry -> entry.proves(HEARTBEAT)
                                        && entry.leader().isPresent())));
    }

    private Stream<Entry> beforeNewStart(List<Entry> words) {
        return words.stream().takeWhile(entry -> !startsAnything(entry));
    }

    /** Without the first lines of that start. */
    private Stream<Entry> wellBeforeNewStart(List<Entry> words) {
        Instant start = words.stream()
                .filter(this::startsAnything)
                .map(entry -> entry.at().minus(START))
                .findFirst()
                .orElse(Instant.MAX);
        return words.stream().takeWhile(entry -> !entry.mayBeLaterThan(start));
    }

    private boolean startsAnything(Entry entry) {
        return isNewStart(entry) || entry.provesAny(RESTARTING, CRASH_RECOVERY);
    }

    /** Patroni reads its configuration when it starts, and when it is told to reload it. */
    private boolean isNewStart(Entry entry) {
        return Signs.ofNewStart(entry)
                || (entry.says("patroni.configuration-read")
                        && !circumstances.spokeWithinARound(member, entry.at().minus(START)));
    }

    private static Optional<Entry> first(List<Entry> entries, Predicate<Entry> condition) {
        return entries.stream().filter(condition).findFirst();
    }

    private static Optional<Entry> last(Stream<Entry> entries) {
        return entries.reduce((earlier, later) -> later);
    }
}
