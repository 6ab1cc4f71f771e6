package io.failovertimeline.publish;

import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An incident drawn as lanes beside a time axis: one for each member, with the role it had as far as the incident tells, and one each for
 * the DCS, the load balancer and the operator.
 */
final class Lanes {

    private static final Set<EventKind> DCS = Set.of(EventKind.DCS_LOST, EventKind.DCS_BACK, EventKind.DCS_ELECTION);
    private static final Set<EventKind> BALANCER =
            Set.of(EventKind.BACKEND_DOWN, EventKind.BACKEND_UP, EventKind.VIP_MOVED);
    private static final Set<EventKind> OPERATOR = Set.of(
            EventKind.SWITCHOVER_REQUESTED, EventKind.FAILOVER_REQUESTED, EventKind.RESTART_REQUESTED, EventKind.PAUSE);
    private static final Set<EventKind> STOPS =
            Set.of(EventKind.DEMOTION_STARTED, EventKind.DEMOTED, EventKind.LOCK_RELEASED);
    private static final Set<EventKind> STARTS = Set.of(
            EventKind.RESTARTING, EventKind.CRASH_RECOVERY, EventKind.REWIND, EventKind.REINIT, EventKind.READY_RO);

    private final Incident incident;
    private final Instant from;
    private final Instant to;

    private Lanes(Incident incident) {
        this.incident = incident;
        List<Instant> times = new ArrayList<>(List.of(incident.startedAt()));
        incident.events().forEach(step -> times.add(step.at()));
        incident.phases().forEach(phase -> times.add(phase.to()));
        from = times.stream().min(Comparator.naturalOrder()).orElseThrow();
        to = times.stream().max(Comparator.naturalOrder()).orElseThrow();
    }

    /** What a lane is for. */
    enum Kind {
        MEMBER,
        DCS,
        BALANCER,
        OPERATOR
    }

    /** What a member does. */
    enum Role {
        LEADER,
        REPLICA,
        /** It took the lock and does not accept writes yet. */
        PROMOTING,
        STOPPING,
        STARTING,
        /** Nothing tells what it does. */
        UNKNOWN
    }

    /** A role for a while. */
    record Span(Role role, Instant from, Instant to) {}

    /**
     * One lane.
     *
     * @param name of the member; empty in all other lanes
     * @param roles in the order of time, without overlaps
     * @param events indexes into the events of the incident
     */
    record Lane(Kind kind, String name, List<Span> roles, List<Integer> events) {}

    /** The lanes of {@code incident}: old leader, new leader, the other members by name, then those that have events. */
    static List<Lane> of(Incident incident) {
        return new Lanes(incident).lanes();
    }

    private List<Lane> lanes() {
        Map<Kind, List<Integer>> others = new TreeMap<>();
        Map<String, List<Integer>> byMember = new TreeMap<>();
        List<Step> events = incident.events();
        for (int i = 0; i < events.size(); i++) {
            Kind kind = kind(events.get(i));
            List<Integer> lane = kind == Kind.MEMBER
                    ? byMember.computeIfAbsent(events.get(i).member().orElse("others"), name -> new ArrayList<>())
                    : others.computeIfAbsent(kind, unseen -> new ArrayList<>());
            lane.add(i);
        }
        Set<String> names = new TreeSet<>(byMember.keySet());
        List<Lane> lanes = new ArrayList<>();
        List<Optional<String>> first = List.of(incident.oldLeader(), incident.newLeader(), incident.member());
        for (Optional<String> member : first) {
            member.filter(name -> lanes.stream().noneMatch(lane -> lane.name().equals(name)))
                    .ifPresent(name -> {
                        names.remove(name);
                        lanes.add(member(name, byMember.getOrDefault(name, List.of())));
                    });
        }
        names.forEach(name -> lanes.add(member(name, byMember.getOrDefault(name, List.of()))));
        others.forEach((kind, indexes) -> lanes.add(new Lane(kind, "", List.of(), indexes)));
        return lanes;
    }

    private static Kind kind(Step step) {
        if (DCS.contains(step.type())) {
            return Kind.DCS;
        }
        if (BALANCER.contains(step.type())) {
            return Kind.BALANCER;
        }
        return OPERATOR.contains(step.type()) ? Kind.OPERATOR : Kind.MEMBER;
    }

    private Lane member(String name, List<Integer> indexes) {
        return new Lane(Kind.MEMBER, name, roles(name), indexes);
    }

    private List<Span> roles(String name) {
        Band band = new Band(from);
        boolean wasLeader = incident.oldLeader().filter(name::equals).isPresent();
        boolean becameLeader = incident.newLeader().filter(name::equals).isPresent();
        if (incident.kind() == IncidentKind.REPLICA_LOSS) {
            if (wasLeader || becameLeader) {
                band.to(to, Role.LEADER);
            } else if (incident.member().filter(name::equals).isPresent()) {
                band.to(incident.startedAt(), Role.REPLICA);
                backAsReplica(band, name);
            }
            return band.spans;
        }
        if (wasLeader) {
            asOldLeader(band, name, becameLeader);
        } else if (becameLeader) {
            incident.lockAcquiredAt().or(incident::promotedAt).ifPresent(at -> band.to(at, Role.REPLICA));
        }
        if (becameLeader) {
            asNewLeader(band);
        }
        return band.spans;
    }

    private void asOldLeader(Band band, String name, boolean leadsAgain) {
        Optional<Instant> together = incident.dualLeaders().stream()
                .filter(both -> both.verdict() != DualLeaders.Verdict.EXCLUDED)
                .filter(both -> both.members().contains(name))
                .map(DualLeaders::to)
                .max(Comparator.naturalOrder());
        Optional<Instant> stops = first(name, STOPS);
        Instant end = together.or(() -> stops).orElse(incident.startedAt());
        band.to(end, Role.LEADER);
        first(name, Set.of(EventKind.DEMOTED)).ifPresent(demoted -> band.to(demoted, Role.STOPPING));
        if (!leadsAgain) {
            backAsReplica(band, name);
        }
    }

    private void asNewLeader(Band band) {
        incident.lockAcquiredAt().ifPresent(taken -> band.to(taken, Role.UNKNOWN));
        Optional<Instant> ready =
                incident.databaseReadyAt().or(incident::databaseReadyNotAfter).or(incident::promotedAt);
        ready.ifPresent(at -> {
            band.to(at, incident.lockAcquiredAt().isPresent() ? Role.PROMOTING : Role.UNKNOWN);
            band.to(to, Role.LEADER);
        });
    }

    private void backAsReplica(Band band, String name) {
        first(name, STARTS).ifPresent(starts -> band.to(starts, Role.UNKNOWN));
        incident.rejoinedAt()
                .ifPresentOrElse(
                        back -> {
                            band.to(back, first(name, STARTS).isPresent() ? Role.STARTING : Role.UNKNOWN);
                            band.to(to, Role.REPLICA);
                        },
                        () -> band.to(to, Role.UNKNOWN));
    }

    /** The first word of {@code name} of such a kind, from the begin of the incident on. */
    private Optional<Instant> first(String name, Set<EventKind> kinds) {
        return incident.events().stream()
                .filter(step -> kinds.contains(step.type()) && step.member().equals(Optional.of(name)))
                .filter(step -> !step.precision().endOf(step.at()).isBefore(incident.startedAt()))
                .map(Step::at)
                .findFirst();
    }

    /** Roles one after the other. */
    private static final class Band {
        private final List<Span> spans = new ArrayList<>();
        private Instant end;

        private Band(Instant from) {
            end = from;
        }

        private void to(Instant until, Role role) {
            if (until.isAfter(end)) {
                spans.add(new Span(role, end, until));
                end = until;
            }
        }
    }
}
