package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.BOOTSTRAP;
import static io.failovertimeline.model.EventKind.CRASH_RECOVERY;
import static io.failovertimeline.model.EventKind.DCS_LOST;
import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.DEMOTION_STARTED;
import static io.failovertimeline.model.EventKind.FAILSAFE;
import static io.failovertimeline.model.EventKind.FAULT_SIGNAL;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LEADER_RACE;
import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.LOCK_LOST;
import static io.failovertimeline.model.EventKind.LOCK_RELEASED;
import static io.failovertimeline.model.EventKind.READY_RO;
import static io.failovertimeline.model.EventKind.READY_RW;
import static io.failovertimeline.model.EventKind.REFUSED;
import static io.failovertimeline.model.EventKind.REINIT;
import static io.failovertimeline.model.EventKind.RESTARTING;
import static io.failovertimeline.model.EventKind.RESTART_REQUESTED;
import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds what went wrong with a member while the leadership did not move. */
final class Disturbances {

    /** Lines of one disturbance stand closer together than this. */
    private static final Duration ONE_DISTURBANCE = Duration.ofSeconds(60);

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

        Disturbance(
                IncidentKind kind,
                String member,
                List<Entry> entries,
                Optional<Entry> recovery,
                Optional<Entry> lastWell) {
            this(kind, member, entries, recovery, lastWell, List.of());
        }

        private Disturbance with(Disturbance consequence) {
            List<Entry> more = Stream.concat(consequences.stream(), consequence.entries.stream())
                    .toList();
            return new Disturbance(kind, member, entries, recovery, lastWell, more);
        }

        private Disturbance noticed(List<Entry> signs) {
            List<Entry> all = Stream.concat(signs.stream(), entries.stream())
                    .distinct()
                    .sorted(Comparator.comparing(Entry::event))
                    .toList();
            return new Disturbance(kind, member, all, recovery, lastWell, consequences);
        }

        private boolean isLossOf(MissedReplicas.Missed missed) {
            Instant from = lastWell.map(Entry::at).orElse(startedAt());
            return kind == IncidentKind.REPLICA_LOSS
                    && member.equals(missed.replica())
                    && !missed.begin().isAfter(lastSeen())
                    && !missed.end().isBefore(from);
        }

        private boolean isOnDuring(Disturbance other) {
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
            return recovery.filter(
                    entry -> !entry.proves(HEARTBEAT) || !entry.at().isAfter(last.plus(Runs.LONGEST_PAUSE)));
        }

        Instant lastSeen() {
            return recovery.map(Entry::at)
                    .orElse(entries.get(entries.size() - 1).at());
        }
    }

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
        leader.flatMap(lost -> leaderless(lost, from, to)).ifPresent(found::add);
        leader.map(who -> new MissedReplicas(chronicle, who).between(from, to))
                .orElse(List.of())
                .forEach(missed -> addMissed(missed, found));
        return withConsequences(found);
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
                        .reduce(one, Disturbance::with, (a, b) -> b));
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
                .filter(entry -> wasWell(member, entry.at()) && !duringBootstrap(member, entry.at()))
                .toList();
        for (Entry entry : worries) {
            boolean continues = !groups.isEmpty()
                    && !entry.since()
                            .isAfter(lastOf(groups.get(groups.size() - 1)).at().plus(ONE_DISTURBANCE));
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
                .last(at, entry -> entry.by(member) && isWell(entry) && !entry.mayBeLaterThan(at))
                .isPresent();
    }

    private boolean duringBootstrap(String member, Instant at) {
        return chronicle
                .between(at.minus(ONE_DISTURBANCE), at.plus(ONE_DISTURBANCE))
                .anyMatch(entry -> entry.by(member)
                        && entry.proves(BOOTSTRAP)
                        && !entry.at().isBefore(at));
    }

    private static boolean isWell(Entry entry) {
        return entry.provesAny(READY_RW, READY_RO, STREAM_STARTED)
                || (entry.proves(HEARTBEAT)
                        && entry.event().field("role").isPresent()
                        && entry.event().field("action").isEmpty());
    }

    private Optional<Disturbance> classify(String member, boolean leads, List<Entry> group, Instant to) {
        Instant begin = group.get(0).at();
        Optional<Entry> lastWell =
                chronicle.last(begin, entry -> entry.by(member) && isWell(entry) && !entry.mayBeLaterThan(begin));
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
                        later.at().isAfter(lastOf(group).at().plus(ONE_DISTURBANCE)) ? earlier : later)
                .or(() -> chronicle
                        .between(lastOf(group).at(), to)
                        .filter(entry -> entry.by(member) && entry.proves(HEARTBEAT) && isWell(entry))
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

    /** Candidates looked for a new leader and none was found. */
    private Optional<Disturbance> leaderless(String leader, Instant from, Instant to) {
        List<Entry> race = chronicle
                .between(from, to)
                .filter(entry -> !entry.by(leader))
                .filter(entry -> entry.provesAny(REFUSED, LEADER_RACE)
                        || (entry.proves(LEADER_UNREACHABLE) && entry.about(leader) && entry.from(Component.PATRONI)))
                .filter(entry -> !duringBootstrap(entry.writer().orElse(""), entry.at()))
                .filter(entry -> chronicle
                        .last(
                                entry.at(),
                                sample -> sample.proves(HEARTBEAT)
                                        && sample.leader().isPresent())
                        .isPresent())
                .toList();
        if (race.isEmpty()) {
            return Optional.empty();
        }
        Optional<Entry> recovery = chronicle
                .between(lastOf(race).at(), to)
                .filter(entry -> entry.proves(HEARTBEAT)
                        && entry.leader().filter(leader::equals).isPresent()
                        && entry.event().field("role").isPresent())
                .findFirst();
        return Optional.of(new Disturbance(IncidentKind.LEADERLESS, leader, race, recovery, Optional.empty()));
    }
}
