package io.failovertimeline.correlate;

import io.failovertimeline.correlate.Disturbances.Disturbance;
import io.failovertimeline.model.CauseCode;
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
import java.util.function.Predicate;
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
                disturbance.lastWell().map(Entry::at).orElse(disturbance.startedAt()),
                disturbance.lastSeen().plus(CLIENTS_CATCH_UP));
        Instant startedAt =
                clients.firstFailure().filter(disturbance.startedAt()::isAfter).orElse(disturbance.startedAt());
        List<Entry> ends = new ArrayList<>(disturbance.entries().subList(0, 1));
        disturbance.timedRecovery().ifPresent(ends::add);
        Causes.Reason reason = reason();
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

    private Causes.Reason reason() {
        return switch (disturbance.kind()) {
            case DCS_OUTAGE -> unreachableDcs();
            case LEADERLESS -> nobodyTookOver();
            case LEADER_RESTART -> leaderRestart();
            case REPLICA_LOSS -> replicaLoss();
            case DEGRADATION -> exhaustion();
            case FAILOVER, SWITCHOVER, CLIENT_ERRORS ->
                throw new IllegalStateException("no disturbance makes a " + disturbance.kind());
        };
    }

    private List<Alternatives.Rejected> alternatives(Causes.Reason reason) {
        Instant startedAt = disturbance.startedAt();
        Instant wellUntil = disturbance.lastWell().map(Entry::at).orElse(startedAt);
        Instant over = disturbance.lastSeen();
        Disproofs disproofs = new Disproofs(chronicle, disturbance.member(), wellUntil, startedAt, over, over);
        return new Alternatives(disturbance.member(), disproofs).to(reason.code());
    }

    private Causes.Reason unreachableDcs() {
        Optional<Entry> failsafe = Signs.ranOn(disturbance.entries());
        return new Causes.Reason(
                CauseCode.DCS_UNREACHABLE,
                0.9,
                disturbance.member() + " could not reach the DCS"
                        + (failsafe.isPresent() ? " and" + Causes.RAN_ON : " and nobody else took over."),
                Stream.concat(first(entry -> entry.proves(EventKind.DCS_LOST)).stream(), failsafe.stream())
                        .toList());
    }

    /** What ran out. */
    private Causes.Reason exhaustion() {
        Entry missed = first(Signs::ofExhaustion).orElseThrow();
        return because(CauseCode.RESOURCE_EXHAUSTION, 0.85, "ran, but had no " + whatRanOut(missed) + ".", missed);
    }

    private static String whatRanOut(Entry missed) {
        if (Signs.ofFullDisk(missed)) {
            return "room left on its disk";
        }
        return Signs.ofMemoryShortage(missed) ? "memory left" : "connection slot left for clients";
    }

    private Causes.Reason nobodyTookOver() {
        return new Causes.Reason(
                CauseCode.UNKNOWN,
                0,
                "Candidates looked for a new leader after " + disturbance.member() + " and none took over.",
                disturbance.entries().subList(0, 1));
    }

    private Causes.Reason leaderRestart() {
        return death().or(() -> first(Signs::ofStop)
                        .map(stop -> because(
                                CauseCode.OPERATOR_REQUEST,
                                0.8,
                                "was stopped in good order and started again in place.",
                                stop)))
                .or(this::newStart)
                .orElseGet(() -> because(
                        CauseCode.OPERATOR_REQUEST,
                        0.6,
                        "was started again in place; nothing tells of a crash.",
                        disturbance.entries().get(0)));
    }

    private Causes.Reason replicaLoss() {
        Causes.Reason away = replicaAway();
        return disturbance.consequences().stream()
                .filter(Signs::ofExhaustion)
                .findFirst()
                .map(missed -> new Causes.Reason(
                        away.code(),
                        away.confidence(),
                        away.explanation() + " Meanwhile PostgreSQL on "
                                + missed.writer().orElse("the leader") + " had no " + whatRanOut(missed) + ".",
                        Stream.concat(away.proofs().stream(), Stream.of(missed)).toList()))
                .orElse(away);
    }

    private Causes.Reason replicaAway() {
        return death().or(() -> first(entry -> entry.event()
                                .field("action")
                                .filter("reinitialize"::equals)
                                .isPresent())
                        .map(rebuilt -> because(CauseCode.OPERATOR_REQUEST, 0.8, "was rebuilt on request.", rebuilt)))
                .or(() -> first(Signs::ofStop)
                        .map(stop -> because(CauseCode.CLEAN_SHUTDOWN, 0.8, "was stopped in good order.", stop)))
                .or(() -> first(Signs::ofLateDemotion)
                        .map(stop -> because(
                                CauseCode.UNKNOWN,
                                0,
                                "was stopped in haste, as before it is rebuilt; who asked for it is not told.",
                                stop)))
                .or(() -> first(Signs::ofLostDcs)
                        .map(lost -> new Causes.Reason(
                                CauseCode.NETWORK_PARTITION,
                                0.7,
                                disturbance.member() + " could not reach the DCS while its peers could.",
                                List.of(lost))))
                .or(this::newStart)
                .orElseGet(() -> because(
                        CauseCode.UNKNOWN,
                        0,
                        "went away; the input does not tell why.",
                        disturbance.entries().get(0)));
    }

    private Optional<Causes.Reason> death() {
        return first(Signs::ofMemoryShortage)
                .map(shortage ->
                        because(CauseCode.RESOURCE_EXHAUSTION, 0.9, "was killed for lack of memory.", shortage))
                .or(() ->
                        first(Signs::ofCrash).map(crash -> because(CauseCode.POSTGRES_CRASH, 0.9, "crashed.", crash)));
    }

    /** Patroni that was there all the time finds PostgreSQL gone; a host that died brings both up again. */
    private Optional<Causes.Reason> newStart() {
        Optional<Entry> boot = first(entry -> Signs.ofBoot(entry) || entry.says("systemd.started"));
        return boot.map(entry ->
                        because(CauseCode.HOST_DOWN, 0.7, "started anew without a word of stopping before.", entry))
                .or(() -> first(Signs::ofDatabaseDown).map(this::found));
    }

    private Causes.Reason found(Entry down) {
        return disturbance.kind() == IncidentKind.LEADER_RESTART
                ? because(CauseCode.POSTGRES_CRASH, 0.85, "was gone while its host and Patroni went on.", down)
                : because(CauseCode.HOST_DOWN, 0.6, "started anew without a word of stopping before.", down);
    }

    private Causes.Reason because(CauseCode code, double confidence, String what, Entry proof) {
        return new Causes.Reason(
                code, confidence, "PostgreSQL on " + disturbance.member() + " " + what, List.of(proof));
    }

    private Optional<Entry> first(Predicate<Entry> condition) {
        return disturbance.entries().stream().filter(condition).findFirst();
    }
}
