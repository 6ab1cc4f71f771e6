package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.CRASH_RECOVERY;
import static io.failovertimeline.model.EventKind.DCS_LOST;
import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.DEMOTION_STARTED;
import static io.failovertimeline.model.EventKind.FAILSAFE;
import static io.failovertimeline.model.EventKind.FAULT_SIGNAL;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LOCK_LOST;
import static io.failovertimeline.model.EventKind.LOCK_RELEASED;
import static io.failovertimeline.model.EventKind.READY_RW;
import static io.failovertimeline.model.EventKind.REINIT;
import static io.failovertimeline.model.EventKind.RESTARTING;
import static io.failovertimeline.model.EventKind.RESTART_REQUESTED;
import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.IncidentKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what went wrong with a member while the leadership did not move. */
final class Disturbances {

    private static final EventKind[] WORRIES = {
        FAULT_SIGNAL,
        DEMOTION_STARTED,
        DEMOTED,
        LOCK_LOST,
        LOCK_RELEASED,
        CRASH_RECOVERY,
        FAILSAFE,
        RESTARTING,
        RESTART_REQUESTED,
        REINIT,
        DCS_LOST
    };

    private final Chronicle chronicle;
    private final Circumstances circumstances;

    Disturbances(Chronicle chronicle) {
        this.chronicle = chronicle;
        this.circumstances = new Circumstances(chronicle);
    }

    /**
     * The disturbances between two takeovers.
     *
     * @param leader who led all that time; empty if unknown
     * @param from the end of what the earlier takeover explains
     * @param to the beginning of what the later takeover explains
     */
    List<Disturbance> between(Optional<String> leader, Instant from, Instant to) {
        List<Disturbance> found = new ArrayList<>();
        Set<String> members = new TreeSet<>();
        chronicle.between(from, to).forEach(entry -> entry.writer().ifPresent(members::add));
        for (String member : members) {
            boolean leads = leader.filter(member::equals).isPresent();
            for (List<Entry> group : groups(member, from, to)) {
                classify(member, leads, group, to).ifPresent(found::add);
            }
        }
        leader.flatMap(lost -> new LostLeader(chronicle, circumstances, lost).between(from, to))
                .ifPresent(lost -> addLost(lost, found));
        if (to.equals(Instant.MAX)) {
            found.replaceAll(Disturbance::asFarAsItGoes);
        }
        leader.map(who -> new MissedReplicas(chronicle, who).between(from, to))
                .orElse(List.of())
                .forEach(missed -> addMissed(missed, found));
        return withConsequences(found);
    }

    /** What a leader tells of its own trouble and what others tell of its loss are one story: that nobody leads meanwhile. */
    private static void addLost(Disturbance lost, List<Disturbance> found) {
        Optional<Disturbance> own =
                found.stream().filter(other -> other.isTroubleOf(lost)).reduce((earlier, later) -> later);
        own.ifPresent(found::remove);
        found.add(own.map(trouble -> trouble.missedBy(lost)).orElse(lost));
    }

    /** A leader that misses a replica tells of its loss before the replica itself does, or where that is not heard. */
    private static void addMissed(MissedReplicas.Missed missed, List<Disturbance> found) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).isLossOf(missed)) {
                found.set(i, found.get(i).noticed(missed.signs()));
                return;
            }
        }
        found.add(new Disturbance(
                IncidentKind.REPLICA_LOSS, missed.replica(), missed.signs(), missed.back(), Optional.empty()));
    }

    /** A leader that runs short while a replica is away waits for it: its commits keep their sessions. */
    private static List<Disturbance> withConsequences(List<Disturbance> found) {
        List<Disturbance> told = new ArrayList<>();
        for (Disturbance one : found) {
            if (one.kind() == IncidentKind.REPLICA_LOSS) {
                told.add(found.stream()
                        .filter(other -> other.kind() == IncidentKind.DEGRADATION && one.isOnDuring(other))
                        .reduce(one, Disturbance::causing, (a, b) -> b));
            } else if (one.kind() != IncidentKind.DEGRADATION
                    || found.stream()
                            .noneMatch(loss -> loss.kind() == IncidentKind.REPLICA_LOSS && loss.isOnDuring(one))) {
                told.add(one);
            }
        }
        return told;
    }

    private List<List<Entry>> groups(String member, Instant from, Instant to) {
        List<List<Entry>> groups = new ArrayList<>();
        List<Entry> worries = chronicle
                .between(from, to)
                .filter(entry -> entry.by(member) && (entry.provesAny(WORRIES) || isShortage(entry)))
                .filter(entry -> wasWell(member, entry.at()) && !circumstances.duringBootstrap(member, entry.at()))
                .toList();
        for (Entry entry : worries) {
            boolean continues = !groups.isEmpty()
                    && !entry.since()
                            .isAfter(lastOf(groups.get(groups.size() - 1)).at().plus(Disturbance.ONE_DISTURBANCE));
            if (continues) {
                groups.get(groups.size() - 1).add(entry);
            } else {
                groups.add(new ArrayList<>(List.of(entry)));
            }
        }
        return groups;
    }

    private static Entry lastOf(List<Entry> group) {
        return group.get(group.size() - 1);
    }

    /** Only what was seen to be well can break; before that it is being started for the first time. */
    private boolean wasWell(String member, Instant at) {
        return chronicle
                .last(at, entry -> entry.by(member) && Signs.ofHealth(entry) && !entry.mayBeLaterThan(at))
                .isPresent();
    }

    private Optional<Disturbance> classify(String member, boolean leads, List<Entry> group, Instant to) {
        Instant begin = group.get(0).at();
        Optional<Entry> lastWell = chronicle.last(
                begin, entry -> entry.by(member) && Signs.ofHealth(entry) && !entry.mayBeLaterThan(begin));
        return kind(member, leads, group).map(kind -> {
            List<Entry> entries = new ArrayList<>(group);
            if (kind == IncidentKind.REPLICA_LOSS) {
                entries.addAll(0, symptoms(member, lastWell.map(Entry::at).orElse(begin), begin));
            }
            return new Disturbance(
                    kind, member, List.copyOf(entries), recovery(kind, member, leads, group, to), lastWell);
        });
    }

    /** What others saw before the member itself spoke again. */
    private List<Entry> symptoms(String member, Instant from, Instant to) {
        return chronicle
                .between(from, to)
                .filter(entry -> !entry.by(member))
                .filter(entry -> entry.proves(STREAM_LOST) || circumstances.takenOut(entry, member, member))
                .toList();
    }

    /** PostgreSQL's own word, else the first heartbeat after the last worry; what ran out is there again when it is no longer missed. */
    private Optional<Entry> recovery(IncidentKind kind, String member, boolean leads, List<Entry> group, Instant to) {
        if (kind == IncidentKind.DEGRADATION) {
            return chronicle.first(lastOf(group).at().plusMillis(1), entry -> entry.by(member));
        }
        EventKind word = leads ? READY_RW : STREAM_STARTED;
        return chronicle
                .between(group.get(0).at(), to)
                .filter(entry -> entry.by(member) && entry.proves(word))
                .reduce((earlier, later) ->
                        later.at().isAfter(lastOf(group).at().plus(Disturbance.ONE_DISTURBANCE)) ? earlier : later)
                .or(() -> chronicle
                        .between(lastOf(group).at(), to)
                        .filter(entry -> entry.by(member) && entry.proves(HEARTBEAT) && Signs.ofHealth(entry))
                        .filter(entry -> entry.leading() == leads)
                        .findFirst());
    }

    private Optional<IncidentKind> kind(String member, boolean leads, List<Entry> group) {
        boolean gaveUp = any(group, DEMOTED, DEMOTION_STARTED, LOCK_LOST);
        if (leads && (any(group, FAILSAFE) || (any(group, DCS_LOST) && gaveUp))) {
            return Optional.of(IncidentKind.DCS_OUTAGE);
        }
        boolean databaseWentAway = gaveUp
                || any(group, CRASH_RECOVERY, RESTART_REQUESTED, REINIT)
                || group.stream()
                        .anyMatch(entry -> Signs.ofStop(entry)
                                || Signs.ofCrash(entry)
                                || (entry.proves(RESTARTING) && !entry.from(Component.SYSTEMD)));
        boolean cutOff = !leads && isCutOff(member, group);
        if (!databaseWentAway && !cutOff) {
            return Optional.of(IncidentKind.DEGRADATION)
                    .filter(kind -> leads && group.stream().anyMatch(Disturbances::isShortage));
        }
        return Optional.of(leads ? IncidentKind.LEADER_RESTART : IncidentKind.REPLICA_LOSS);
    }

    private static boolean isShortage(Entry entry) {
        return Signs.ofExhaustion(entry) || Signs.ofWaitForStandby(entry);
    }

    /** A replica that can't reach the DCS while others can; where none is heard, it may be the DCS that is down. */
    private boolean isCutOff(String member, List<Entry> group) {
        Optional<Entry> lost = group.stream().filter(Signs::ofLostDcs).findFirst();
        return lost.map(entry -> new DcsReach(
                        chronicle, member, entry.since(), lastOf(group).at()))
                .filter(reach ->
                        reach.lostByPeer().isEmpty() && reach.reachedByPeer().isPresent())
                .isPresent();
    }

    private static boolean any(List<Entry> group, EventKind... kinds) {
        return group.stream().anyMatch(entry -> entry.provesAny(kinds));
    }
}
