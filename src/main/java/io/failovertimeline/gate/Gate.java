package io.failovertimeline.gate;

import io.failovertimeline.gate.Expectations.ExpectedIncident;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Report;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds a report against expectations. */
public final class Gate {

    private static final String RUN = "the whole run";

    private final Report report;
    private final List<Check> checks = new ArrayList<>();

    private Gate(Report report) {
        this.report = report;
    }

    /**
     * What became of {@code expectations}.
     *
     * @param name theirs, as a rule of their file
     */
    public static GateResult of(String name, Expectations expectations, Report report) {
        Gate gate = new Gate(report);
        gate.check(expectations);
        return new GateResult(name, gate.checks);
    }

    private void check(Expectations expectations) {
        List<Incident> left = new ArrayList<>(report.findings().incidents());
        for (ExpectedIncident expected : expectations.incidents()) {
            Optional<Incident> found = left.stream()
                    .filter(incident -> expected.kind()
                            .filter(kind -> kind != incident.kind())
                            .isEmpty())
                    .filter(incident -> expected.cluster()
                            .filter(cluster -> !cluster.equals(incident.cluster()))
                            .isEmpty())
                    .findFirst();
            found.ifPresentOrElse(
                    incident -> {
                        left.remove(incident);
                        checks.addAll(new IncidentGate(report, incident).checks(expected));
                    },
                    () -> missing(expected));
        }
        if (!expectations.allowOthers()) {
            others(left, expectations.incidents().isEmpty());
        }
        expectations.failedElsewhere().ifPresent(this::failedElsewhere);
    }

    private void missing(ExpectedIncident expected) {
        String what = expected.kind().map(Enum::name).orElse("an incident")
                + expected.cluster().map(cluster -> " of " + cluster).orElse("");
        String found = report.findings().incidents().stream()
                .map(incident -> incident.kind() + " of " + incident.cluster())
                .collect(Collectors.joining(", "));
        checks.add(new Check(
                RUN,
                what,
                isBlind() ? "no host was seen" : found.isEmpty() ? "no incident" : "only " + found,
                isBlind() ? Verdict.UNKNOWN : Verdict.FAIL,
                List.of()));
    }

    private void others(List<Incident> left, boolean isNone) {
        String expected = isNone ? "no incident" : "no other incident";
        if (left.isEmpty()) {
            checks.add(new Check(
                    RUN,
                    expected,
                    isBlind() ? "no host was seen" : "none",
                    isBlind() ? Verdict.UNKNOWN : Verdict.PASS,
                    List.of()));
        }
        left.forEach(incident -> checks.add(new Check(
                RUN,
                expected,
                incident.kind() + " of " + incident.cluster() + " at "
                        + incident.startedAt().truncatedTo(ChronoUnit.MILLIS),
                Verdict.FAIL,
                IncidentGate.proof(incident, incident.cause().evidence()))));
    }

    private void failedElsewhere(long most) {
        long failed = report.findings().windowsOf("").stream()
                .mapToLong(ErrorWindow::failedRequests)
                .sum();
        boolean hasLoad = !report.endpoints().isEmpty();
        checks.add(new Check(
                RUN,
                "at most " + most + " failed outside of incidents",
                hasLoad ? failed + " failed" : "no load results",
                hasLoad ? Verdict.of(failed <= most) : Verdict.UNKNOWN,
                List.of()));
    }

    /** Whether there is nothing to tell from that nothing happened. */
    private boolean isBlind() {
        return report.coverage().isEmpty() && report.findings().incidents().isEmpty();
    }
}
