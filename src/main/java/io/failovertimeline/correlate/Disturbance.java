package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.DEMOTION_STARTED;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LOCK_LOST;

import io.failovertimeline.model.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A stretch of trouble with one member.
 *
 * @param kind what kind of incident it makes
 * @param member whose trouble it is
 * @param entries the lines that show it, in order
 * @param recovery the line that shows that it is over; empty if none does
 * @param lastWell the member's last sign of being well before; empty if there is none
 * @param consequences the lines that show what came of it on another member
 */
record Disturbance(
        IncidentKind kind,
        String member,
        List<Entry> entries,
        Optional<Entry> recovery,
        Optional<Entry> lastWell,
        List<Entry> consequences) {

    /** Lines of one disturbance stand closer together than this. */
    static final Duration ONE_DISTURBANCE = Duration.ofSeconds(60);

    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::event);

    Disturbance(
            IncidentKind kind, String member, List<Entry> entries, Optional<Entry> recovery, Optional<Entry> lastWell) {
        this(kind, member, entries, recovery, lastWell, List.of());
    }

    Disturbance causing(Disturbance consequence) {
        List<Entry> more = Stream.concat(consequences.stream(), consequence.entries.stream())
                .toList();
        return new Disturbance(kind, member, entries, recovery, lastWell, more);
    }

    Disturbance noticed(List<Entry> signs) {
        return new Disturbance(kind, member, inOrder(signs, entries), recovery, lastWell, consequences);
    }

    static List<Entry> inOrder(List<Entry> some, List<Entry> others) {
        return Stream.concat(some.stream(), others.stream())
                .distinct()
                .sorted(ORDER)
                .toList();
    }

    /** This, told by the leader itself, with what others tell of its loss: candidates that may not lead, but look for who may. */
    Disturbance missedBy(Disturbance others) {
        return new Disturbance(
                kind == IncidentKind.LEADER_RESTART ? IncidentKind.LEADERLESS : kind,
                member,
                inOrder(entries, others.entries),
                recovery.or(others::recovery),
                lastWell,
                consequences);
    }

    /** A leader that is gone and was not seen again so far has not been restarted yet. */
    Disturbance asFarAsItGoes() {
        boolean isGone = entries.stream()
                .anyMatch(entry -> entry.provesAny(DEMOTED, DEMOTION_STARTED, LOCK_LOST)
                        || Signs.ofStop(entry)
                        || Signs.ofCrash(entry)
                        || Signs.ofDatabaseDown(entry));
        return kind == IncidentKind.LEADER_RESTART && recovery.isEmpty() && isGone
                ? new Disturbance(IncidentKind.LEADERLESS, member, entries, recovery, lastWell, consequences)
                : this;
    }

    /** Whether {@code others} miss a leader while it is in this trouble. */
    boolean isTroubleOf(Disturbance others) {
        return kind != IncidentKind.DEGRADATION
                && member.equals(others.member)
                && !others.startedAt()
                        .isAfter(recovery.map(Entry::at).orElse(lastSeen().plus(ONE_DISTURBANCE)))
                && !others.lastSeen().isBefore(lastWell.map(Entry::at).orElse(startedAt()));
    }

    boolean isLossOf(MissedReplicas.Missed missed) {
        Instant from = lastWell.map(Entry::at).orElse(startedAt());
        return kind == IncidentKind.REPLICA_LOSS
                && member.equals(missed.replica())
                && !missed.begin().isAfter(lastSeen())
                && !missed.end().isBefore(from);
    }

    boolean isOnDuring(Disturbance other) {
        Instant from = lastWell.map(Entry::at).orElse(startedAt());
        return !other.startedAt().isBefore(from) && !other.startedAt().isAfter(lastSeen());
    }

    Instant startedAt() {
        return entries.get(0).at();
    }

    /** Since when its effect may have been felt: commits wait for a standby until Patroni drops it, a ttl after it went. */
    Instant feltFrom() {
        boolean waited = entries.stream().anyMatch(entry -> entry.says("patroni.sync-dropped"));
        Instant begin = waited ? startedAt().minus(ClusterAnalysis.USUAL_TTL) : startedAt();
        return lastWell.map(Entry::at).filter(begin::isAfter).orElse(begin);
    }

    /** The recovery, if it shows when it was: of an unbroken run of heartbeats only the ends are kept, and the last is late. */
    Optional<Entry> timedRecovery() {
        Instant last = entries.get(entries.size() - 1).at();
        return recovery.filter(entry -> !entry.proves(HEARTBEAT) || !entry.at().isAfter(last.plus(Runs.LONGEST_PAUSE)));
    }

    Instant lastSeen() {
        return recovery.map(Entry::at).orElse(entries.get(entries.size() - 1).at());
    }
}
