package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.CRASH_RECOVERY;
import static io.failovertimeline.model.EventKind.DCS_LOST;
import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.DEMOTION_STARTED;
import static io.failovertimeline.model.EventKind.FAULT_SIGNAL;
import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.LOCK_LOST;
import static io.failovertimeline.model.EventKind.RESTARTING;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Why the old leader lost the lock. */
final class Causes {

    /** How long after a takeover the old leader's first words still tell what had happened to it. */
    private static final Duration AFTERMATH = Duration.ofMinutes(15);

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
     * @param once whether the old leader lost the lead only this once, so that a mark without a time can't mean another loss
     */
    record Loss(String old, boolean toAnother, Instant healthyUntil, Instant lost, Instant until, boolean once) {}

    /** Why the old leader stopped leading. */
    Reason of(Loss loss) {
        String old = loss.old();
        Instant lost = loss.lost();
        Instant aftermath = earlier(lost.plus(AFTERMATH), loss.until());
        List<Entry> before = chronicle
                .between(loss.healthyUntil().minusMillis(1), lost)
                .filter(entry -> entry.by(old))
                .toList();
        List<Entry> after = chronicle
                .between(lost, aftermath)
                .filter(entry -> entry.by(old))
                .toList();
        List<Entry> peers = chronicle
                .between(loss.healthyUntil(), lost)
                .filter(entry -> entry.proves(LEADER_UNREACHABLE) && entry.about(old))
                .toList();
        return outOfMemory(old, before)
                .or(() -> crash(old, before))
                .or(() -> cutOffFromDcs(loss, before))
                .or(() -> stopped(old, before))
                .or(() -> stalled(old, before, after))
                .or(() -> loss.once() ? markedAsStopped(old, peers) : Optional.empty())
                .or(() -> down(old, after, peers))
                .orElseGet(() -> unreachableOnly(old, peers));
    }

    private static Optional<Reason> outOfMemory(String old, List<Entry> before) {
        return first(
                        before,
                        entry -> entry.proves(FAULT_SIGNAL)
                                && (entry.event().rule().contains("oom")
                                        || entry.event().text().contains("Out of memory")))
                .map(entry -> new Reason(
                        CauseCode.RESOURCE_EXHAUSTION,
                        0.9,
                        "The kernel killed a process on " + old + " for lack of memory.",
                        List.of(entry)));
    }

    private static Optional<Reason> crash(String old, List<Entry> before) {
        return first(before, Causes::tellsOfACrash)
                .map(entry -> new Reason(
                        CauseCode.POSTGRES_CRASH, 0.9, "PostgreSQL on " + old + " crashed.", List.of(entry)));
    }

    static boolean tellsOfACrash(Entry entry) {
        String rule = entry.event().rule();
        return entry.proves(FAULT_SIGNAL)
                && (entry.event().field("signal").isPresent()
                        || rule.contains("crash")
                        || rule.contains("abnormal")
                        || entry.event().text().startsWith("PANIC"));
    }

    private Optional<Reason> cutOffFromDcs(Loss loss, List<Entry> before) {
        return first(before, entry -> entry.proves(DCS_LOST)).map(entry -> {
            Optional<Entry> peer = chronicle
                    .between(loss.healthyUntil(), loss.lost())
                    .filter(other -> other.proves(DCS_LOST) && other.writer().isPresent() && !other.by(loss.old()))
                    .filter(other -> other.event().rule().startsWith("patroni."))
                    .findFirst();
            if (peer.isEmpty() && loss.toAnother()) {
                return new Reason(
                        CauseCode.NETWORK_PARTITION,
                        0.8,
                        loss.old() + " could not reach the DCS while its peers could.",
                        List.of(entry));
            }
            return new Reason(
                    CauseCode.DCS_UNREACHABLE,
                    0.85,
                    loss.old() + (peer.isPresent() ? " and its peers" : "") + " could not reach the DCS.",
                    Stream.concat(Stream.of(entry), peer.stream()).toList());
        });
    }

    private static Optional<Reason> stopped(String old, List<Entry> before) {
        return first(before, Causes::tellsOfAStop)
                .map(entry -> new Reason(
                        CauseCode.CLEAN_SHUTDOWN,
                        0.9,
                        "PostgreSQL on " + old + " was asked to stop and stopped in good order.",
                        List.of(entry)));
    }

    static boolean tellsOfAStop(Entry entry) {
        boolean serviceStop = entry.proves(FAULT_SIGNAL)
                && entry.event().field("unit").isPresent()
                && entry.event().text().startsWith("Stopp");
        boolean postgresStop = entry.event()
                .field("mode")
                .filter(mode -> mode.equals("fast") || mode.equals("smart"))
                .isPresent();
        return serviceStop || (postgresStop && entry.provesAny(FAULT_SIGNAL, DEMOTION_STARTED));
    }

    private static Optional<Reason> stalled(String old, List<Entry> before, List<Entry> after) {
        boolean rebooted = after.stream().anyMatch(Causes::tellsOfANewStart);
        return first(after, entry -> entry.proves(LOCK_LOST) && entry.provesAny(DEMOTED, DEMOTION_STARTED))
                .filter(entry -> !rebooted || beforeAnyStart(entry, after))
                .filter(entry -> before.stream().noneMatch(Causes::tellsOfAStop))
                .map(entry -> new Reason(
                        CauseCode.PATRONI_STALLED,
                        0.85,
                        "Patroni on " + old
                                + " said nothing until others had taken the lock, then went on and found it lost.",
                        List.of(entry)));
    }

    private static boolean beforeAnyStart(Entry entry, List<Entry> after) {
        return after.stream().filter(Causes::tellsOfANewStart).allMatch(start -> start.at()
                .isAfter(entry.at()));
    }

    static boolean tellsOfANewStart(Entry entry) {
        return entry.proves(CRASH_RECOVERY)
                || (entry.proves(RESTARTING)
                        && (entry.event().rule().startsWith("systemd.")
                                || entry.event().rule().contains("not-running")));
    }

    private static Optional<Reason> down(String old, List<Entry> after, List<Entry> peers) {
        return first(after, Causes::tellsOfANewStart)
                .map(start -> new Reason(
                        CauseCode.HOST_DOWN,
                        peers.isEmpty() ? 0.8 : 0.9,
                        old + " went silent without a word of stopping, and started anew afterwards.",
                        Stream.concat(peers.stream().limit(1), Stream.of(start)).toList()));
    }

    private Optional<Reason> markedAsStopped(String old, List<Entry> peers) {
        return marks.stream()
                .filter(mark -> mark.host().filter(old::equals).isPresent())
                .min(Comparator.comparing(Mark::text))
                .map(mark -> new Reason(
                        CauseCode.CLEAN_SHUTDOWN,
                        0.8,
                        "An operator ran \"" + mark.text() + "\" on " + old + ".",
                        peers.stream().limit(1).toList()));
    }

    private static Reason unreachableOnly(String old, List<Entry> peers) {
        if (peers.isEmpty()) {
            return new Reason(
                    CauseCode.UNKNOWN, 0, "The input does not tell why " + old + " stopped leading.", List.of());
        }
        return new Reason(
                CauseCode.HOST_DOWN,
                0.5,
                old
                        + " could not be reached by its peers; its own lines are not in the input, so a stalled Patroni or a cut"
                        + " network is not excluded.",
                List.of(peers.get(0)));
    }

    private static Optional<Entry> first(List<Entry> entries, Predicate<Entry> condition) {
        return entries.stream().filter(condition).findFirst();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
