package io.failovertimeline.gate;

import io.failovertimeline.gate.Expectations.ExpectedIncident;
import io.failovertimeline.gate.Expectations.Limits;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.DataLoss;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Report;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds one incident against what was expected of it. */
final class IncidentGate {

    /** Below that a cause is a guess, and proves nothing against another. */
    private static final double SURE = 0.5;

    private static final int MOST_PROOF = 5;

    private final Report report;
    private final Incident incident;
    private final String subject;
    private final List<Check> checks = new ArrayList<>();

    IncidentGate(Report report, Incident incident) {
        this.report = report;
        this.incident = incident;
        this.subject = incident.kind() + " of " + incident.cluster();
    }

    List<Check> checks(ExpectedIncident expected) {
        found(expected);
        cause(expected);
        expected.oldLeader().ifPresent(name -> leader("old leader " + name, name, incident.oldLeader()));
        expected.newLeader().ifPresent(name -> leader("new leader " + name, name, incident.newLeader()));
        if (expected.isOver()) {
            boolean isOver = incident.state() == Incident.State.CLOSED;
            add("over", isOver ? "over" : "not seen to end", isOver ? Verdict.PASS : Verdict.UNKNOWN, List.of());
        }
        clients(expected.clients(), Optional.empty());
        expected.endpoints().forEach((endpoint, limits) -> clients(limits, Optional.of(endpoint)));
        expected.mostLost().ifPresent(this::lost);
        if (expected.neverTwoLeaders()) {
            twoLeaders();
        }
        expected.phases().forEach(this::phase);
        return checks;
    }

    private void found(ExpectedIncident expected) {
        String what = expected.kind().map(Enum::name).orElse("an incident")
                + expected.cluster().map(cluster -> " of " + cluster).orElse("");
        add(
                what,
                "at " + incident.startedAt().truncatedTo(ChronoUnit.MILLIS),
                Verdict.PASS,
                incident.cause().evidence());
    }

    private void cause(ExpectedIncident expected) {
        if (expected.causes().isEmpty()) {
            return;
        }
        CauseCode code = incident.cause().code();
        boolean isKnown = code != CauseCode.UNKNOWN && incident.cause().confidence() >= SURE;
        boolean fits = expected.causes().contains(code);
        add(
                "cause " + expected.causes().stream().map(Enum::name).sorted().collect(Collectors.joining(" or ")),
                code + ": " + incident.cause().explanation(),
                fits ? Verdict.PASS : isKnown ? Verdict.FAIL : Verdict.UNKNOWN,
                incident.cause().evidence());
    }

    private void leader(String expected, String name, Optional<String> found) {
        add(
                expected,
                found.orElse("not known"),
                found.map(leader -> Verdict.of(leader.equals(name))).orElse(Verdict.UNKNOWN),
                List.of());
    }

    private void clients(Limits limits, Optional<String> endpoint) {
        ClientsGate clients = new ClientsGate(report, incident, endpoint);
        String where = endpoint.map(name -> " at " + name).orElse("");
        limits.outage().ifPresent(most -> {
            ClientsGate.Found found = clients.outage(most);
            add("outage" + where + " at most " + Amounts.told(most), found.words(), found.verdict(), List.of());
        });
        limits.failedRequests().ifPresent(most -> {
            ClientsGate.Found found = clients.failed(most);
            add("at most " + most + " requests failed" + where, found.words(), found.verdict(), List.of());
        });
    }

    private void lost(long most) {
        String expected = "at most " + Amounts.bytes(most) + " of WAL lost";
        if (incident.dataLoss().isEmpty()) {
            add(expected, "no line tells", Verdict.UNKNOWN, List.of());
            return;
        }
        DataLoss loss = incident.dataLoss().get();
        boolean isWithin = loss.atMost().filter(bytes -> bytes <= most).isPresent();
        String found = loss.isExact()
                ? Amounts.bytes(loss.atLeast())
                : "at least " + Amounts.bytes(loss.atLeast())
                        + loss.atMost()
                                .map(bytes -> ", at most " + Amounts.bytes(bytes))
                                .orElse(", how much is not bounded");
        add(
                expected,
                found,
                loss.atLeast() > most ? Verdict.FAIL : isWithin ? Verdict.PASS : Verdict.UNKNOWN,
                loss.evidence());
    }

    private void twoLeaders() {
        List<DualLeaders> all = incident.dualLeaders();
        Verdict verdict = all.stream()
                .map(its -> switch (its.verdict()) {
                    case PROVEN -> Verdict.FAIL;
                    case POSSIBLE -> Verdict.UNKNOWN;
                    case EXCLUDED -> Verdict.PASS;
                })
                .reduce(Verdict::and)
                .orElse(Verdict.UNKNOWN);
        String found = all.stream()
                .map(its -> its.verdict() + ", " + String.join(" and ", its.members()) + " from " + its.from() + " to "
                        + its.to())
                .collect(Collectors.joining("; "));
        add(
                "never two leaders",
                found.isEmpty() ? "no line tells" : found,
                verdict,
                all.stream().flatMap(its -> its.evidence().stream()).toList());
    }

    private void phase(PhaseName name, Duration most) {
        String expected = name + " at most " + Amounts.told(most);
        Optional<Phase> found = incident.phases().stream()
                .filter(phase ->
                        phase.name().compareTo(name) <= 0 && phase.through().compareTo(name) >= 0)
                .findFirst();
        if (found.isEmpty()) {
            add(expected, "not known", Verdict.UNKNOWN, List.of());
            return;
        }
        Phase phase = found.get();
        boolean isBound = phase.upperBound() || phase.name() != phase.through();
        boolean isWithin = phase.duration().compareTo(most) <= 0;
        String span = phase.name() == phase.through() ? "" : phase.name() + " to " + phase.through() + " ";
        add(
                expected,
                span + (isBound ? "at most " : "") + Amounts.told(phase.duration()),
                isWithin ? Verdict.PASS : isBound ? Verdict.UNKNOWN : Verdict.FAIL,
                List.of());
    }

    private void add(String expected, String found, Verdict verdict, List<Integer> evidence) {
        checks.add(new Check(subject, expected, found, verdict, proof(incident, evidence)));
    }

    /** The first lines that {@code evidence} points to. */
    static List<Check.Proof> proof(Incident incident, List<Integer> evidence) {
        return evidence.stream()
                .distinct()
                .limit(MOST_PROOF)
                .map(incident.events()::get)
                .map(step -> new Check.Proof(step.text(), step.origin()))
                .toList();
    }
}
