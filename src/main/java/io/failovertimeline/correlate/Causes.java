package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;

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

    /** So long without a word from Patroni, and it was not there; twice its usual round and more. */
    private static final Duration SILENCE = Duration.ofSeconds(25);

    private static final String SILENT_THEN_STARTED =
            " went silent without a word of stopping, and started anew afterwards.";

    /** By how much hosts' clocks may be apart without any line that proves it. */
    private static final Duration UNNOTICED_OFFSET = Duration.ofSeconds(5);

    private final Chronicle chronicle;
    private final List<Mark> marks;

    Causes(Chronicle chronicle, List<Mark> marks) {
        this.chronicle = chronicle;
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
    record Reason(CauseCode code, double confidence, String explanation, List<Entry> proofs) {}

    /**
     * How a leader lost its lock.
     *
     * @param old the old leader
     * @param toAnother whether another member took over, rather than the same one again
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
            boolean toAnother,
            Instant healthyUntil,
            Instant lost,
            Instant until,
            Optional<Entry> renewedAt,
            Optional<Duration> ttl,
            Duration clockError,
            boolean once) {

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
        return memoryShortage(old, before)
                .or(() -> crash(old, before))
                .or(() -> patronisDeath(old, before))
                .or(() -> stopOrLostDcs(loss, before))
                .or(() -> goneBefore(loss, before))
                .or(() -> stall(old, after))
                .or(() -> loss.once() ? markedStop(old, peers) : Optional.empty())
                .or(() -> letGo(loss))
                .or(() -> hostDown(old, after, peers))
                .orElseGet(() -> unreachable(old, peers));
    }

    private List<Entry> ownWords(String member, Instant from, Instant to) {
        return chronicle.between(from, to).filter(entry -> entry.by(member)).toList();
    }

    private static Optional<Reason> memoryShortage(String old, List<Entry> before) {
        return first(before, Signs::ofMemoryShortage)
                .map(entry -> new Reason(
                        CauseCode.RESOURCE_EXHAUSTION,
                        0.9,
                        "The kernel killed a process on " + old + " for lack of memory.",
                        List.of(entry)));
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
                .map(entry -> Signs.ofStop(entry) ? stop(loss.old(), entry) : lostDcs(loss, entry));
    }

    /** The same member led again, or wrote on before it lost the lead: its own words tell what went away. */
    private Optional<Reason> goneBefore(Loss loss, List<Entry> before) {
        String old = loss.old();
        return first(before, Signs::ofBoot)
                .map(boot -> new Reason(CauseCode.HOST_DOWN, 0.9, old + SILENT_THEN_STARTED, List.of(boot)))
                .or(() -> first(before, Signs::ofDatabaseDown)
                        .map(down -> silentBefore(old, down)
                                ? new Reason(CauseCode.HOST_DOWN, 0.6, old + SILENT_THEN_STARTED, List.of(down))
                                : new Reason(
                                        CauseCode.POSTGRES_CRASH,
                                        0.85,
                                        "PostgreSQL on " + old + " was gone while its host and Patroni went on.",
                                        List.of(down))));
    }

    /** A living Patroni speaks every round. */
    private boolean silentBefore(String member, Entry entry) {
        return chronicle
                .between(entry.at().minus(SILENCE), entry.at())
                .noneMatch(
                        other -> other.by(member) && other.at().isBefore(entry.at()) && other.from(Component.PATRONI));
    }

    private static Reason stop(String old, Entry entry) {
        return new Reason(
                CauseCode.CLEAN_SHUTDOWN,
                0.9,
                "PostgreSQL on " + old + " was asked to stop and stopped in good order.",
                List.of(entry));
    }

    private Reason lostDcs(Loss loss, Entry entry) {
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
                : new Reason(
                        CauseCode.DCS_UNREACHABLE,
                        0.85,
                        loss.old() + (peer.isPresent() ? " and its peers" : "") + " could not reach the DCS.",
                        Stream.concat(Stream.of(entry), peer.stream()).toList());
    }

    private static Optional<Reason> stall(String old, List<Entry> after) {
        List<Entry> demotions = after.stream()
                .takeWhile(entry -> !Signs.ofNewStart(entry))
                .filter(Signs::ofLateDemotion)
                .toList();
        return first(demotions, entry -> entry.from(Component.PATRONI))
                .or(() -> demotions.stream().findFirst())
                .map(entry -> new Reason(
                        CauseCode.PATRONI_STALLED,
                        entry.from(Component.PATRONI) ? 0.85 : 0.6,
                        "Patroni on " + old
                                + " said nothing until others had taken the lock, then went on and found it lost.",
                        List.of(entry)));
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
