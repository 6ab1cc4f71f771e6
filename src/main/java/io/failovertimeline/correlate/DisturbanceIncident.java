package io.failovertimeline.correlate;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells the incident of a disturbance that moved no leadership. */
final class DisturbanceIncident {

    /** How far beyond a disturbance its effect on clients may reach. */
    private static final Duration CLIENTS_CATCH_UP = Duration.ofSeconds(15);

    private final Chronicle chronicle;
    private final Disturbance disturbance;

    DisturbanceIncident(Chronicle chronicle, Disturbance disturbance) {
        this.chronicle = chronicle;
        this.disturbance = disturbance;
    }

    Incident tell(String cluster, List<ErrorWindow> windows) {
        Windows clients = Windows.within(
                windows, disturbance.feltFrom(), disturbance.lastSeen().plus(CLIENTS_CATCH_UP));
        // of two that may have been at once, the one that is told more finely
        Instant startedAt = clients.firstFailure()
                .filter(disturbance.entries().get(0)::mayBeLaterThan)
                .orElse(disturbance.startedAt());
        List<Entry> ends = new ArrayList<>(disturbance.entries().subList(0, 1));
        disturbance.timedRecovery().ifPresent(ends::add);
        Reason reason = new HostLife(chronicle, disturbance.member())
                .judged(new DisturbanceReason(chronicle, disturbance).reason(), wellUntil(), disturbance.lastSeen());
        ends.addAll(reason.proofs());
        List<Alternatives.Rejected> rejected = alternatives(reason);
        rejected.forEach(other -> ends.addAll(other.proofs()));
        Story story = Story.of(told(), ends);
        boolean ofReplica = disturbance.kind() == IncidentKind.REPLICA_LOSS;
        Optional<String> leader = Optional.of(disturbance.member()).filter(member -> !ofReplica);
        String id = ofReplica
                ? IncidentId.of(cluster, startedAt, "replica-" + disturbance.member())
                : IncidentId.of(cluster, startedAt);
        return new IncidentBuilder(id, cluster, disturbance.kind(), startedAt)
                .cause(reason.in(story, rejected))
                .member(Optional.of(disturbance.member()).filter(member -> ofReplica))
                .leaders(leader, leader.filter(member -> disturbance.recovery().isPresent()))
                .lock(lockLost(), Optional.empty())
                .databaseReady(ready(), Optional.empty())
                .serviceRestoredAt(clients.restored())
                .rejoinedAt(
                        disturbance.timedRecovery().filter(entry -> ofReplica).map(Entry::at))
                .phases(phases(startedAt, clients.restored()))
                .over(disturbance.recovery().isPresent() && clients.over())
                .clientImpact(clients.impact())
                .story(story.steps(), List.of())
                .build();
    }

    /**
     * Where the lock stayed, there is of a leader the way back to its database, of a replica that to its stream. A leader that ran on
     * without the DCS has to notice that, and gets it back.
     */
    private List<Phase> phases(Instant startedAt, Optional<Instant> restoredAt) {
        Optional<Instant> back = disturbance.timedRecovery().map(Entry::at);
        Phases.End toWrites = new Phases.End(PhaseName.PROMOTION, back, ready().isEmpty());
        Optional<Phases.End> toClients = restoredAt.map(at -> Phases.End.at(PhaseName.RECOVERY, restoredAt));
        Optional<Entry> failsafe = Signs.ranOn(disturbance.entries());
        List<Phases.End> ends = new ArrayList<>();
        switch (disturbance.kind()) {
            case LEADER_RESTART -> ends.add(toWrites);
            case DCS_OUTAGE -> {
                ends.add(Phases.End.at(
                        PhaseName.DETECTION, failsafe.or(this::stepDown).map(Entry::at)));
                ends.add(failsafe.isPresent() ? new Phases.End(PhaseName.RECOVERY, back, true) : toWrites);
            }
            case LEADERLESS -> {
                ends.add(Phases.End.at(PhaseName.DETECTION, lockFree()));
                ends.add(toWrites);
            }
            case REPLICA_LOSS, DEGRADATION, FAILOVER, SWITCHOVER, CLIENT_ERRORS -> {}
        }
        if (disturbance.kind() != IncidentKind.DEGRADATION && failsafe.isEmpty()) {
            toClients.ifPresent(ends::add);
        }
        if (disturbance.kind() == IncidentKind.REPLICA_LOSS) {
            ends.add(Phases.End.at(PhaseName.REJOIN, back));
        }
        return Phases.cut(startedAt, ends);
    }

    private Optional<Entry> stepDown() {
        return disturbance.entries().stream()
                .filter(entry -> entry.provesAny(EventKind.DEMOTION_STARTED, EventKind.DEMOTED, EventKind.LOCK_LOST))
                .findFirst();
    }

    private Optional<Incident.LeaderLost> lockLost() {
        return switch (disturbance.kind()) {
            case LEADERLESS -> lockFree().map(at -> new Incident.LeaderLost(at, true));
            case DCS_OUTAGE -> stepDown().map(entry -> new Incident.LeaderLost(entry.at(), false));
            default -> Optional.empty();
        };
    }

    /** Candidates are refused only a key that nobody holds. */
    private Optional<Instant> lockFree() {
        return disturbance.entries().stream()
                .filter(entry -> entry.provesAny(EventKind.REFUSED, EventKind.LEADER_RACE))
                .map(Entry::at)
                .findFirst();
    }

    private List<Entry> told() {
        List<Entry> entries = disturbance.entries();
        Instant last = entries.get(entries.size() - 1).at();
        Instant end = disturbance
                .timedRecovery()
                .map(Entry::at)
                .filter(last::isBefore)
                .orElse(last);
        return Stream.of(
                        entries.stream(),
                        disturbance.consequences().stream(),
                        chronicle.stated(disturbance.startedAt(), end))
                .flatMap(told -> told)
                .toList();
    }

    private Optional<Instant> ready() {
        return disturbance
                .recovery()
                .filter(entry -> entry.proves(EventKind.READY_RW))
                .map(Entry::at);
    }

    private List<Alternatives.Rejected> alternatives(Reason reason) {
        Instant over = disturbance.lastSeen();
        Disproofs disproofs =
                new Disproofs(chronicle, disturbance.member(), wellUntil(), disturbance.startedAt(), over, over);
        return new Alternatives(disturbance.member(), disproofs).to(reason.code());
    }

    private Instant wellUntil() {
        return disturbance.lastWell().map(Entry::at).orElse(disturbance.startedAt());
    }
}
