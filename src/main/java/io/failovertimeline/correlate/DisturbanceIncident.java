package io.failovertimeline.correlate;

import io.failovertimeline.correlate.Disturbances.Disturbance;
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
                windows,
                disturbance.feltFrom(),
                disturbance.lastSeen().plus(CLIENTS_CATCH_UP));
        Instant startedAt =
                clients.firstFailure().filter(disturbance.startedAt()::isAfter).orElse(disturbance.startedAt());
        List<Entry> ends = new ArrayList<>(disturbance.entries().subList(0, 1));
        disturbance.timedRecovery().ifPresent(ends::add);
        Reason reason = new DisturbanceReason(chronicle, disturbance).reason();
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

    /** The lock stayed where it was: of a leader there is the way back to its database, of a replica that to its stream. */
    private List<Phase> phases(Instant startedAt, Optional<Instant> restoredAt) {
        Optional<Instant> back = disturbance.timedRecovery().map(Entry::at);
        List<Phases.End> ends = new ArrayList<>();
        if (disturbance.kind() == IncidentKind.LEADER_RESTART) {
            ends.add(new Phases.End(PhaseName.PROMOTION, back, ready().isEmpty()));
        }
        if (disturbance.kind() == IncidentKind.LEADER_RESTART || disturbance.kind() == IncidentKind.REPLICA_LOSS) {
            restoredAt.ifPresent(at -> ends.add(Phases.End.at(PhaseName.RECOVERY, restoredAt)));
        }
        if (disturbance.kind() == IncidentKind.REPLICA_LOSS) {
            ends.add(Phases.End.at(PhaseName.REJOIN, back));
        }
        return Phases.cut(startedAt, ends);
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
        Instant startedAt = disturbance.startedAt();
        Instant wellUntil = disturbance.lastWell().map(Entry::at).orElse(startedAt);
        Instant over = disturbance.lastSeen();
        Disproofs disproofs = new Disproofs(chronicle, disturbance.member(), wellUntil, startedAt, over, over);
        return new Alternatives(disturbance.member(), disproofs).to(reason.code());
    }
}
