package io.failovertimeline.alert;

import static io.failovertimeline.model.EventKind.DCS_LOST;
import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.FAULT_SIGNAL;
import static io.failovertimeline.model.EventKind.LEADER_RACE;
import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.LOCK_ACQUIRED;
import static io.failovertimeline.model.EventKind.LOCK_LOST;
import static io.failovertimeline.model.EventKind.LOCK_RELEASED;
import static io.failovertimeline.model.EventKind.PROMOTED;
import static io.failovertimeline.model.EventKind.READY_RW;
import static io.failovertimeline.model.EventKind.STREAM_LOST;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.Danger;
import io.failovertimeline.model.DataLoss;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.Refusal;
import io.failovertimeline.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what there is to alert of in one incident. */
final class IncidentAlerts {

    private static final int MOST_PROOFS = 5;

    /** A leader that is restarted on purpose is back within this time. */
    private static final Duration RESTARTS_TAKE = Duration.ofSeconds(10);

    /** A request that failed is heard of when it is over. */
    private static final Duration REQUESTS_TAKE = Duration.ofSeconds(5);

    private final Incident incident;
    private final Instant now;
    private final Instant listening;
    private final ClusterRules rules;
    private final Optional<String> link;
    private final boolean clientsAreHeard;
    private final Episode episode;

    /**
     * The alerts of {@code incident}.
     *
     * @param listening up to when it is known that what was not told did not happen
     * @param clientsAreHeard whether somebody tells how the cluster's clients fare
     */
    IncidentAlerts(
            Incident incident,
            Instant now,
            Instant listening,
            boolean clientsAreHeard,
            ClusterRules rules,
            AlertRules all) {
        this.incident = incident;
        this.now = now;
        this.listening = listening;
        this.rules = rules;
        this.clientsAreHeard = clientsAreHeard;
        this.link = all.link(incident.cluster(), incident.id());
        this.episode = new Episode(incident.id(), true, incident.startedAt(), served(), lastAt());
    }

    List<Alert> all() {
        return Stream.of(
                        leaderLost(),
                        failoverInProgress(),
                        completed(IncidentKind.FAILOVER, AlertKind.FAILOVER_COMPLETED),
                        completed(IncidentKind.SWITCHOVER, AlertKind.SWITCHOVER_COMPLETED),
                        outageOverBudget(),
                        splitBrain(),
                        dataLossPossible(),
                        dcsUnavailable(),
                        noCandidate(),
                        flapping(),
                        redundancyLost())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Alert> leaderLost() {
        boolean unplanned = incident.cause().code() != CauseCode.OPERATOR_REQUEST;
        boolean lost = incident.leaderLost().isPresent()
                || (incident.kind() == IncidentKind.LEADERLESS || incident.kind() == IncidentKind.LEADER_RESTART);
        Instant since = incident.leaderLost().map(Incident.LeaderLost::at).orElse(incident.startedAt());
        Instant due = mayBeRestarting() ? since.plus(RESTARTS_TAKE) : since;
        return Optional.of(since)
                .filter(at -> unplanned && lost && !due.isAfter(now))
                .map(at -> alert(
                        AlertKind.LEADER_LOST,
                        "",
                        leaders(),
                        at,
                        leads().or(this::closed),
                        "Nobody leads " + incident.cluster()
                                + incident.oldLeader()
                                        .map(old -> " since " + old + " lost the lead")
                                        .orElse("") + ".",
                        proofs(LOCK_LOST, LOCK_RELEASED, DEMOTED, FAULT_SIGNAL, LEADER_UNREACHABLE, LEADER_RACE)));
    }

    /** A PostgreSQL that stopped in good order, and of which more is not known. */
    private boolean mayBeRestarting() {
        return incident.leaderLost().isEmpty()
                && incident.cause().detail().equals(Optional.of(CauseDetail.POSTGRES_STOPPED));
    }

    private Optional<Alert> failoverInProgress() {
        return leads().filter(at -> incident.kind() == IncidentKind.FAILOVER)
                .map(at -> alert(
                        AlertKind.FAILOVER_IN_PROGRESS,
                        "",
                        leaders(),
                        at,
                        served(),
                        newLeader() + " takes over"
                                + incident.oldLeader()
                                        .map(old -> " from " + old)
                                        .orElse("") + " in " + incident.cluster() + ".",
                        proofs(LOCK_ACQUIRED, PROMOTED, LEADER_RACE)));
    }

    private Optional<Alert> completed(IncidentKind kind, AlertKind alert) {
        return served().filter(at -> incident.kind() == kind)
                .map(at -> alert(
                        alert,
                        "",
                        leaders(),
                        at,
                        past(at.plus(rules.settle())),
                        newLeader() + " took over"
                                + incident.oldLeader()
                                        .map(old -> " from " + old)
                                        .orElse("")
                                + " in " + incident.cluster()
                                + ", " + seconds(Duration.between(incident.startedAt(), at))
                                + " after the first symptom.",
                        proofs(READY_RW, PROMOTED, LOCK_ACQUIRED)));
    }

    private Optional<Alert> outageOverBudget() {
        return Impact.of(incident.clientImpact(), rules.outageBudget())
                .map(impact -> alert(
                        AlertKind.OUTAGE_OVER_BUDGET,
                        "",
                        leaders(),
                        impact.since(),
                        impact.until(),
                        "Clients of " + incident.cluster() + " fail for longer than " + seconds(rules.outageBudget())
                                + ": " + impact.endpoints() + ".",
                        proofs()));
    }

    private Optional<Alert> splitBrain() {
        Optional<DualLeaders> proven = incident.dualLeaders().stream()
                .filter(both -> both.verdict() == DualLeaders.Verdict.PROVEN)
                .findFirst();
        Optional<Danger> twice = danger(Danger.Code.TIMELINE_OPENED_TWICE);
        return proven.map(both -> alert(
                        AlertKind.SPLIT_BRAIN,
                        "",
                        both.members(),
                        both.from(),
                        incident.rejoinedAt(),
                        String.join(" and ", both.members()) + " both accepted writes in " + incident.cluster() + ".",
                        proofs(both.evidence())))
                .or(() -> twice.map(danger -> alert(
                        AlertKind.SPLIT_BRAIN,
                        "",
                        leaders(),
                        takenOver(),
                        incident.rejoinedAt(),
                        danger.explanation(),
                        proofs(danger.evidence()))));
    }

    private Optional<Alert> dataLossPossible() {
        return incident.dataLoss()
                .filter(loss -> loss.atMost().orElse(Long.MAX_VALUE) > rules.lossBytes())
                .map(loss -> alert(
                        AlertKind.DATA_LOSS_POSSIBLE,
                        "",
                        leaders(),
                        takenOver(),
                        incident.rejoinedAt(),
                        newLeader() + " lacks " + lost(loss)
                                + " of the old leader's WAL, which can be saved until the old leader is rewound.",
                        proofs(loss.evidence())));
    }

    private static String lost(DataLoss loss) {
        if (loss.isExact()) {
            return loss.atLeast() + " bytes";
        }
        String atLeast = loss.atLeast() == 0 ? "perhaps some" : "at least " + loss.atLeast() + " bytes";
        return atLeast
                + loss.atMost().map(most -> ", at most " + most + " bytes,").orElse("");
    }

    private Optional<Alert> dcsUnavailable() {
        boolean isIt =
                incident.kind() == IncidentKind.DCS_OUTAGE || incident.cause().code() == CauseCode.DCS_UNREACHABLE;
        return Optional.of(incident.startedAt())
                .filter(at -> isIt)
                .map(at -> alert(
                        AlertKind.DCS_UNAVAILABLE,
                        "",
                        leaders(),
                        at,
                        leads().or(this::closed),
                        "Patroni of " + incident.cluster() + " can't reach its DCS.",
                        proofs(DCS_LOST)));
    }

    private Optional<Alert> noCandidate() {
        Optional<Instant> first = incident.refusals().stream().map(Refusal::at).min(Comparator.naturalOrder());
        Optional<Instant> over = leads().or(this::closed);
        return first.map(at -> at.plus(rules.candidateWait()))
                .filter(at -> over.map(at::isBefore).orElse(!at.isAfter(listening)))
                .map(at -> alert(
                        AlertKind.NO_CANDIDATE,
                        "",
                        incident.refusals().stream()
                                .map(Refusal::member)
                                .distinct()
                                .sorted()
                                .toList(),
                        at,
                        over,
                        "Nobody takes the lead of " + incident.cluster() + ": " + refusals() + ".",
                        proofs(EventKind.REFUSED)));
    }

    private String refusals() {
        return incident.refusals().stream()
                .map(refusal -> refusal.member() + " " + refusal.reason())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }

    private Optional<Alert> flapping() {
        return danger(Danger.Code.FLAPPING)
                .map(danger -> alert(
                        AlertKind.FLAPPING,
                        "",
                        leaders(),
                        takenOver(),
                        served().flatMap(at -> past(at.plus(rules.settle()))),
                        danger.explanation(),
                        proofs(danger.evidence())));
    }

    private Optional<Alert> redundancyLost() {
        boolean moved = incident.kind() == IncidentKind.FAILOVER || incident.kind() == IncidentKind.SWITCHOVER;
        Optional<String> gone = incident.kind() == IncidentKind.REPLICA_LOSS
                ? incident.member()
                : incident.oldLeader().filter(old -> moved && leads().isPresent());
        Instant due = (moved ? takenOver() : incident.startedAt()).plus(rules.redundancyAfter());
        Optional<Instant> back = incident.rejoinedAt();
        return gone.filter(member -> back.map(due::isBefore).orElse(!due.isAfter(listening)))
                .map(member -> alert(
                        AlertKind.REDUNDANCY_LOST,
                        member,
                        List.of(member),
                        due,
                        back,
                        member + " has been no replica of " + incident.cluster() + " for more than "
                                + seconds(rules.redundancyAfter()) + ".",
                        proofs(STREAM_LOST, FAULT_SIGNAL)));
    }

    private Optional<Danger> danger(Danger.Code code) {
        return incident.dangers().stream()
                .filter(danger -> danger.code() == code)
                .findFirst();
    }

    /** The first proof that somebody leads after it. */
    private Optional<Instant> leads() {
        return Stream.of(
                        incident.lockAcquiredAt(),
                        incident.promotedAt(),
                        incident.databaseReadyAt(),
                        incident.databaseReadyNotAfter())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private Instant takenOver() {
        return leads().orElse(incident.startedAt());
    }

    /** When clients were served again, or, where nobody tells of clients, the database was ready. */
    private Optional<Instant> served() {
        Optional<Instant> at = incident.clientImpact().isEmpty()
                ? incident.databaseReadyAt().or(incident::databaseReadyNotAfter).or(this::closed)
                : incident.serviceRestoredAt().filter(restored -> incident.state() == Incident.State.CLOSED);
        return clientsAreHeard
                ? at.filter(restored -> !restored.plus(REQUESTS_TAKE).isAfter(now))
                : at;
    }

    private Optional<Instant> closed() {
        return Optional.of(lastAt()).filter(at -> incident.state() == Incident.State.CLOSED);
    }

    private Instant lastAt() {
        return incident.events().stream()
                .map(Step::at)
                .filter(at -> at.isAfter(incident.startedAt()))
                .max(Comparator.naturalOrder())
                .orElse(incident.startedAt());
    }

    private Optional<Instant> past(Instant at) {
        return Optional.of(at).filter(end -> !end.isAfter(now));
    }

    private String newLeader() {
        return incident.newLeader().orElse("a member that no line names");
    }

    private List<String> leaders() {
        return Stream.of(incident.oldLeader(), incident.newLeader(), incident.member())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** The latest steps that tell of {@code kinds}, or else what proves the cause. */
    private List<Proof> proofs(EventKind... kinds) {
        Set<EventKind> wanted = Set.of(kinds);
        List<Step> steps = incident.events().stream()
                .filter(step -> wanted.contains(step.type()))
                .toList();
        return steps.isEmpty()
                ? proofs(incident.cause().evidence())
                : proofs(steps.subList(Math.max(0, steps.size() - MOST_PROOFS), steps.size()));
    }

    private List<Proof> proofs(List<Integer> evidence) {
        return proofs((Collection<Step>) evidence.stream()
                .limit(MOST_PROOFS)
                .filter(index -> index < incident.events().size())
                .map(incident.events()::get)
                .toList());
    }

    private static List<Proof> proofs(Collection<Step> steps) {
        return steps.stream()
                .map(step -> new Proof(
                        step.at(),
                        step.member().map(PlainText::line),
                        PlainText.line(step.text()),
                        PlainText.line(step.origin().toString())))
                .toList();
    }

    private Alert alert(
            AlertKind kind,
            String part,
            List<String> members,
            Instant startsAt,
            Optional<Instant> endsAt,
            String summary,
            List<Proof> proofs) {
        return new Alert(
                kind,
                rules.severity(kind),
                incident.cluster(),
                part,
                episode,
                members,
                startsAt,
                endsAt.map(end -> end.isBefore(startsAt) ? startsAt : end),
                summary,
                incident.cause().code() + ": " + incident.cause().explanation(),
                phase(),
                impact(),
                proofs,
                link);
    }

    private Optional<String> phase() {
        List<Phase> phases = new ArrayList<>(incident.phases());
        return phases.isEmpty()
                ? Optional.empty()
                : Optional.of(phases.get(phases.size() - 1).through().name());
    }

    private Optional<String> impact() {
        List<ClientImpact> impact = incident.clientImpact();
        return impact.isEmpty() ? Optional.empty() : Optional.of(Impact.told(impact));
    }

    static String seconds(Duration span) {
        return String.format(java.util.Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
    }
}
