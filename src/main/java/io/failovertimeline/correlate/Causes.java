package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.STREAM_LOST;

import io.failovertimeline.model.AlternativeCause;
import io.failovertimeline.model.Cause;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Why a leader lost its lock. */
final class Causes {

    /** Patroni does not accept a shorter ttl. */
    private static final Duration SHORTEST_TTL = Duration.ofSeconds(20);

    /** How long after a takeover the old leader's first words still tell what had happened to it. */
    private static final Duration AFTERMATH = Duration.ofMinutes(15);

    /** How close to a takeover a line stands that is of the same moment. */
    private static final Duration AROUND = Duration.ofSeconds(2);

    private static final String SILENT_THEN_STARTED =
            " went silent without a word of stopping, and started anew afterwards.";

    static final String RAN_ON = " ran on as leader under failsafe, so writes were accepted all along.";

    /** By how much hosts' clocks may be apart without any line that proves it. */
    private static final Duration UNNOTICED_OFFSET = Duration.ofSeconds(5);

    private final Chronicle chronicle;
    private final Circumstances circumstances;
    private final List<Mark> marks;

    Causes(Chronicle chronicle, List<Mark> marks) {
        this.chronicle = chronicle;
        this.circumstances = new Circumstances(chronicle);
        this.marks = marks;
    }

    /**
     * A reason and what shows it.
     *
     * @param code the reason
     * @param confidence from 0 to 1
     * @param explanation one sentence
     * @param proofs the entries that show it
     */
    record Reason(CauseCode code, double confidence, String explanation, List<Entry> proofs) {

        /** As an incident's cause, with what was rejected beside it. */
        Cause in(Story story, List<Alternatives.Rejected> rejected) {
            List<AlternativeCause> alternatives =
                    rejected.stream().map(other -> other.in(story)).toList();
            return new Cause(code, confidence, explanation, story.indexesOf(proofs), alternatives);
        }
    }

    /**
     * How a leader lost its lock.
     *
     * @param old the old leader
     * @param taker who took over; empty if the same member led again
     * @param healthyUntil the old leader's last sign of being well
     * @param lost when the lock was taken anew
     * @param until when the next takeover begins
     * @param renewedAt the old leader's last heartbeat; empty if it is not in the input
     * @param ttl how long the key lives without renewal; empty if unknown
     * @param clockError how far the hosts' clocks may be apart in spite of their correction
     * @param once whether the old leader lost the lead only this once, so that a mark without a time can't mean another loss
     */
    record Loss(
            String old,
            Optional<String> taker,
            Instant healthyUntil,
            Instant lost,
            Instant until,
            Optional<Entry> renewedAt,
            Optional<Duration> ttl,
            Duration clockError,
            boolean once) {

        boolean toAnother() {
            return taker.isPresent();
        }

        /** The last heartbeat, if the lock was taken too soon after it for the key to have expired, by whatever clocks. */
        Optional<Entry> renewedTooLateToExpire() {
            return renewedAt.filter(renewal -> renewal.at()
                    .plus(ttl.orElse(SHORTEST_TTL))
                    .minus(UNNOTICED_OFFSET)
                    .minus(clockError)
                    .isAfter(lost));
        }
    }

    /** The old leader's own words before the loss come first, then its words afterwards, then what its peers saw. */
    Reason of(Loss loss) {
        String old = loss.old();
        Instant aftermath = earlier(loss.lost().plus(AFTERMATH), loss.until());
        List<Entry> before = ownWords(old, loss.healthyUntil().minusMillis(1), loss.lost());
        List<Entry> after = ownWords(old, loss.lost(), aftermath);
        List<Entry> peers = chronicle
                .between(loss.healthyUntil(), loss.lost())
                .filter(entry -> entry.proves(LEADER_UNREACHABLE) && entry.about(old))
                .toList();
        return shortage(old, before)
                .or(() -> crash(old, before))
                .or(() -> patronisDeath(old, before))
                .or(() -> stopOrLostDcs(loss, before))
                .or(() -> goneBefore(loss, before))
                .or(() -> stall(loss, after))
                .or(() -> loss.once() ? markedStop(old, peers) : Optional.empty())
                .or(() -> letGo(loss))
                .or(() -> hostDown(old, after, peers))
                .or(() -> orderlyEnd(loss))
                .or(() -> patroniAlone(loss))
                .or(() -> answered(loss))
                .orElseGet(() -> unreachable(old, peers));
    }

    private List<Entry> ownWords(String member, Instant from, Instant to) {
        return chronicle.between(from, to).filter(entry -> entry.by(member)).toList();
    }

    private static Optional<Reason> shortage(String old, List<Entry> before) {
        return first(before, Signs::ofMemoryShortage)
                .map(entry -> new Reason(
                        CauseCode.RESOURCE_EXHAUSTION,
                        0.9,
                        "The kernel killed a process on " + old + " for lack of memory.",
                        List.of(entry)))
                .or(() -> first(before, Signs::ofFullDisk)
                        .map(entry -> new Reason(
                                CauseCode.RESOURCE_EXHAUSTION,
                                0.85,
                                "PostgreSQL on " + old + " had no room left on its disk.",
                                List.of(entry))));
    }

    private static Optional<Reason> crash(String old, List<Entry> before) {
        return first(before, Signs::ofCrash)
                .map(entry -> new Reason(
                        CauseCode.POSTGRES_CRASH, 0.9, "PostgreSQL on " + old + " crashed.", List.of(entry)));
    }

    private static Optional<Reason> patronisDeath(String old, List<Entry> before) {
        return first(before, Signs::ofPatronisDeath)
                .filter(death -> first(before, Signs::ofStop)
                        .filter(stop -> stop.at().isBefore(death.at()))
                        .isEmpty())
                .map(entry ->
                        new Reason(CauseCode.PATRONI_STALLED, 0.8, "Patroni on " + old + " died.", List.of(entry)));
    }

    private Optional<Reason> stopOrLostDcs(Loss loss, List<Entry> before) {
        return first(before, entry -> Signs.ofStop(entry) || Signs.ofLostDcs(entry))
                .map(entry -> Signs.ofStop(entry) ? stop(loss, entry, before) : lostDcs(loss, entry, before));
    }

    /** The same member led again, or wrote on before it lost the lead: its own words tell what went away. */
    private Optional<Reason> goneBefore(Loss loss, List<Entry> before) {
        String old = loss.old();
        return first(before, Signs::ofBoot)
                .map(boot -> new Reason(CauseCode.HOST_DOWN, 0.9, old + SILENT_THEN_STARTED, List.of(boot)))
                .or(() -> first(before, Signs::ofDatabaseDown).flatMap(down -> downInPause(old, down, before)))
                .or(() -> first(before, Signs::ofDatabaseDown)
                        .map(down -> circumstances.silentBefore(old, down.at())
                                        || circumstances.patroniStarted(old, down.at())
                                ? new Reason(CauseCode.HOST_DOWN, 0.6, old + SILENT_THEN_STARTED, List.of(down))
                                : new Reason(
                                        CauseCode.POSTGRES_CRASH,
                                        0.85,
                                        "PostgreSQL on " + old + " was gone while its host and Patroni went on.",
                                        List.of(down))));
    }

    /** While paused, Patroni neither stops PostgreSQL nor starts it. */
    private Optional<Reason> downInPause(String old, Entry down, List<Entry> before) {
        return first(before, Signs::ofPause)
                .filter(paused -> !circumstances.patroniStarted(old, down.at()))
                .map(paused -> new Reason(
                        CauseCode.OPERATOR_REQUEST,
                        0.6,
                        "PostgreSQL on " + old
                                + " was gone while the cluster was paused, and nothing tells of a crash: stopped by hand.",
                        List.of(paused, down)));
    }

    /**
     * PostgreSQL's log does not tell who asked it to stop: Patroni does so, too, when it is cut off. Then no standby sees the end of
     * the stream.
     */
    private Reason stop(Loss loss, Entry stop, List<Entry> before) {
        String old = loss.old();
        if (before.stream().anyMatch(Signs::ofPause)) {
            return new Reason(
                    CauseCode.OPERATOR_REQUEST,
                    0.8,
                    "PostgreSQL on " + old + " was stopped by hand while the cluster was paused.",
                    List.of(stop));
        }
        boolean patroniIsHeard = before.stream().anyMatch(entry -> entry.from(Component.PATRONI));
        boolean onlyPostgres = stop.from(Component.POSTGRESQL) && !patroniIsHeard;
        Optional<Reason> notItsOwnWill = onlyPostgres && loss.toAnother()
                ? neverSeenToEnd(loss, stop).or(() -> demoted(loss, stop))
                : Optional.empty();
        return notItsOwnWill.orElseGet(() -> new Reason(
                CauseCode.CLEAN_SHUTDOWN,
                onlyPostgres ? 0.7 : 0.9,
                "PostgreSQL on " + old + " was asked to stop and stopped in good order.",
                List.of(stop)));
    }

    private Optional<Reason> neverSeenToEnd(Loss loss, Entry stop) {
        return chronicle
                .between(stop.at(), loss.lost().plus(AROUND))
                .filter(entry -> entry.says("postgresql.receiver-stopped") && !entry.by(loss.old()))
                .findFirst()
                .filter(cut -> orderlyEnd(loss).isEmpty())
                .map(cut -> new Reason(
                        CauseCode.UNKNOWN,
                        0,
                        "PostgreSQL on " + loss.old()
                                + " was asked to stop, and its standby never saw the end of it: as after a partition."
                                + " Patroni's log would tell.",
                        List.of(stop, cut)));
    }

    private Optional<Reason> demoted(Loss loss, Entry stop) {
        return chronicle
                .between(stop.at(), loss.lost())
                .filter(entry -> entry.by(loss.old()) && entry.says("postgresql.standby-mode"))
                .findFirst()
                .map(startedAgain -> new Reason(
                        CauseCode.UNKNOWN,
                        0,
                        "PostgreSQL on " + loss.old()
                                + " was asked to stop and was a standby before anybody took over: Patroni demoted it."
                                + " Patroni's log would tell why.",
                        List.of(stop, startedAgain)));
    }

    private Reason lostDcs(Loss loss, Entry entry, List<Entry> before) {
        Optional<Entry> peer = chronicle
                .between(loss.healthyUntil(), loss.lost())
                .filter(other -> Signs.ofLostDcs(other) && !other.by(loss.old()))
                .findFirst();
        return peer.isEmpty() && loss.toAnother()
                ? new Reason(
                        CauseCode.NETWORK_PARTITION,
                        0.8,
                        loss.old() + " could not reach the DCS while its peers could.",
                        List.of(entry))
                : unreachableDcs(loss, entry, peer, Signs.ranOn(before));
    }

    private static Reason unreachableDcs(Loss loss, Entry entry, Optional<Entry> peer, Optional<Entry> failsafe) {
        return new Reason(
                CauseCode.DCS_UNREACHABLE,
                0.85,
                loss.old() + (peer.isPresent() ? " and its peers" : "") + " could not reach the DCS"
                        + (failsafe.isPresent() ? "; " + loss.old() + RAN_ON : "."),
                Stream.of(Optional.of(entry), peer, failsafe)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Patroni found its lock with another, or went on as if nothing had been, after it had said nothing for long. */
    private Optional<Reason> stall(Loss loss, List<Entry> after) {
        String old = loss.old();
        List<Entry> words = after.stream()
                .takeWhile(entry -> !Signs.ofNewStart(entry))
                .filter(entry -> Signs.ofLateDemotion(entry) || entry.from(Component.PATRONI))
                .toList();
        List<Entry> demotions = words.stream().filter(Signs::ofLateDemotion).toList();
        Optional<Entry> wokenUp = first(words, entry -> entry.from(Component.PATRONI))
                .filter(entry -> circumstances.silentBefore(old, entry.at())
                        && loss.renewedAt().isPresent()
                        && after.stream().noneMatch(Signs::ofNewStart));
        if (takerStoodStill(loss)) {
            return demotions.stream()
                    .findFirst()
                    .map(entry -> new Reason(
                            CauseCode.PATRONI_STALLED,
                            0.8,
                            old + " was well; Patroni on " + loss.taker().get()
                                    + " said nothing for long, then went on and took the lock from it.",
                            List.of(entry)));
        }
        return first(demotions, entry -> entry.from(Component.PATRONI))
                .or(() -> wokenUp)
                .or(() -> demotions.stream().findFirst())
                .map(entry -> new Reason(
                        CauseCode.PATRONI_STALLED,
                        entry.from(Component.PATRONI) ? 0.85 : 0.6,
                        "Patroni on " + old
                                + " said nothing until others had taken the lock, then went on and found it lost.",
                        List.of(entry)));
    }

    /** Whether the taker had said nothing for long, while the old leader was well until the very end. */
    private boolean takerStoodStill(Loss loss) {
        Instant moment = loss.lost().minus(AROUND);
        return loss.taker()
                .filter(taker -> circumstances.spokeWithinARound(loss.old(), loss.lost())
                        && circumstances.silentBefore(taker, moment)
                        && circumstances.hasSpokenBefore(taker, moment))
                .isPresent();
    }

    /** A key that is free before it can have expired was deleted by its holder: Patroni does so when it is stopped. */
    private static Optional<Reason> letGo(Loss loss) {
        return loss.renewedTooLateToExpire()
                .filter(renewal -> loss.toAnother())
                .map(renewal -> new Reason(
                        CauseCode.CLEAN_SHUTDOWN,
                        0.7,
                        "The leader key was free before it can have expired, so Patroni on " + loss.old()
                                + " let go of it, as it does when it is stopped.",
                        List.of(renewal)));
    }

    private Optional<Reason> markedStop(String old, List<Entry> peers) {
        return marks.stream()
                .filter(mark -> mark.host().filter(old::equals).isPresent())
                .min(Comparator.comparing(Mark::text))
                .map(mark -> new Reason(
                        CauseCode.CLEAN_SHUTDOWN,
                        0.8,
                        "An operator ran \"" + mark.text() + "\" on " + old + ".",
                        peers.stream().limit(1).toList()));
    }

    private static Optional<Reason> hostDown(String old, List<Entry> after, List<Entry> peers) {
        return first(after, Signs::ofNewStart)
                .map(start -> new Reason(
                        CauseCode.HOST_DOWN,
                        peers.isEmpty() ? 0.8 : 0.9,
                        old + SILENT_THEN_STARTED,
                        Stream.concat(peers.stream().limit(1), Stream.of(start)).toList()));
    }

    /** Its standbys saw an end that only a stop in good order has. */
    private Optional<Reason> orderlyEnd(Loss loss) {
        return chronicle
                .between(loss.healthyUntil().minusMillis(1), loss.lost())
                .filter(entry -> !entry.by(loss.old()) && circumstances.orderlyEndOfStream(entry))
                .findFirst()
                .map(entry -> new Reason(
                        CauseCode.CLEAN_SHUTDOWN,
                        0.7,
                        "PostgreSQL on " + loss.old() + " ended its streams as it does when it stops in good order.",
                        List.of(entry)));
    }

    /** Its host refused its peers' calls to Patroni, and PostgreSQL on it streamed until its standby ended that to be promoted. */
    private Optional<Reason> patroniAlone(Loss loss) {
        List<Entry> seen = chronicle
                .between(loss.healthyUntil(), loss.lost().plus(AROUND))
                .filter(entry -> loss.taker().filter(entry::by).isPresent())
                .toList();
        Optional<Entry> ended = first(
                        seen, entry -> entry.proves(STREAM_LOST) || entry.says("postgresql.receiver-stopped"))
                .filter(entry -> !entry.proves(STREAM_LOST));
        return first(
                        seen,
                        entry -> entry.about(loss.old())
                                && entry.from(Component.PATRONI)
                                && entry.event()
                                        .field("reason")
                                        .filter("REFUSED"::equals)
                                        .isPresent())
                .flatMap(refused -> ended.map(end -> new Reason(
                        CauseCode.PATRONI_STALLED,
                        0.6,
                        "Patroni on " + loss.old()
                                + " was gone, but not its host, which refused the connection; PostgreSQL"
                                + " on it streamed until the standby ended that itself.",
                        List.of(refused, end))));
    }

    /** A host whose Patroni answers is not down. */
    private Optional<Reason> answered(Loss loss) {
        List<Entry> asked = chronicle
                .between(loss.healthyUntil(), loss.lost())
                .filter(entry -> entry.about(loss.old()) && entry.from(Component.PATRONI))
                .toList();
        Optional<Entry> answer =
                first(asked, entry -> entry.event().field("state").isPresent());
        Optional<Entry> accepted = first(asked, entry -> entry.event()
                .field("reason")
                .filter("UNANSWERED"::equals)
                .isPresent());
        return answer.map(entry -> new Reason(
                        CauseCode.UNKNOWN,
                        0,
                        "Patroni on " + loss.old() + " answered that its PostgreSQL was "
                                + entry.event().field("state").orElseThrow() + ", so the host was up; why is not told.",
                        List.of(entry)))
                .or(() -> accepted.map(entry -> new Reason(
                        CauseCode.PATRONI_STALLED,
                        0.5,
                        "Patroni on " + loss.old()
                                + " accepted a connection and did not answer, so its host was up; why it stood still is not told.",
                        List.of(entry))));
    }

    private static Reason unreachable(String old, List<Entry> peers) {
        return peers.isEmpty()
                ? new Reason(
                        CauseCode.UNKNOWN, 0, "The input does not tell why " + old + " stopped leading.", List.of())
                : new Reason(
                        CauseCode.HOST_DOWN,
                        0.5,
                        old
                                + " could not be reached by its peers and says nothing itself; a stalled Patroni or a cut network"
                                + " is not excluded.",
                        List.of(peers.get(0)));
    }

    private static Optional<Entry> first(List<Entry> entries, Predicate<Entry> condition) {
        return entries.stream().filter(condition).findFirst();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
