package io.failovertimeline.gate;

import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.EndpointSummary;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the clients of one endpoint, or of all, felt of an incident. Generators that ran at once are not added up: each has to keep
 * within the limit.
 */
final class ClientsGate {

    /**
     * What was found.
     *
     * @param verdict whether it is within the limit
     * @param words what it is, or why that can't be told
     */
    record Found(Verdict verdict, String words) {}

    private final Report report;
    private final Incident incident;
    private final Optional<String> endpoint;
    private final List<ClientImpact> impacts;

    ClientsGate(Report report, Incident incident, Optional<String> endpoint) {
        this.report = report;
        this.incident = incident;
        this.endpoint = endpoint;
        impacts = incident.clientImpact().stream()
                .filter(impact -> isMeant(impact.endpoint()))
                .toList();
    }

    private boolean isMeant(String name) {
        return endpoint.filter(only -> !only.equals(name)).isEmpty();
    }

    Found outage(Duration most) {
        return impacts.stream()
                .sorted(Comparator.comparing(ClientImpact::outage).reversed())
                .map(impact -> outage(impact, most))
                .reduce((a, b) -> b.verdict().compareTo(a.verdict()) > 0 ? b : a)
                .orElseGet(this::untouched);
    }

    private Found outage(ClientImpact impact, Duration most) {
        Duration blur = precision(impact).unit();
        boolean isOpen = impact.servedAgainAt().isEmpty();
        boolean isOver = impact.outage().minus(blur).compareTo(most) > 0;
        boolean isWithin = !isOpen && impact.outage().plus(blur).compareTo(most) <= 0;
        String words = (isOpen ? "at least " : "")
                + Amounts.told(impact.outage())
                + (blur.compareTo(Duration.ofMillis(1)) > 0 ? " ± " + Amounts.told(blur) : "")
                + " at " + impact.endpoint() + " (" + impact.generator() + ")"
                + (isOpen ? ", not seen served again" : "");
        return new Found(isOver ? Verdict.FAIL : isWithin ? Verdict.PASS : Verdict.UNKNOWN, words);
    }

    /** How finely its begin and end are known. */
    private Precision precision(ClientImpact impact) {
        return report.findings().windowsOf(incident.id()).stream()
                .filter(window -> window.generator().equals(impact.generator())
                        && window.endpoint().equals(impact.endpoint()))
                .map(ErrorWindow::precision)
                .reduce(Precision.MILLIS, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }

    Found failed(long most) {
        return impacts.stream()
                .map(ClientImpact::generator)
                .distinct()
                .map(generator -> impacts.stream()
                        .filter(impact -> impact.generator().equals(generator))
                        .mapToLong(ClientImpact::failedRequests)
                        .sum())
                .max(Comparator.naturalOrder())
                .map(failed -> new Found(Verdict.of(failed <= most), failed + " failed"))
                .orElseGet(this::untouched);
    }

    /** No request failed: it matters whether any was sent from the incident's begin to its end. */
    private Found untouched() {
        boolean isCovered = report.endpoints().stream()
                .filter(summary -> summary.cluster().equals(incident.cluster()) && isMeant(summary.endpoint()))
                .anyMatch(this::covers);
        return isCovered
                ? new Found(Verdict.PASS, "no request failed")
                : new Found(Verdict.UNKNOWN, "no requests were seen throughout it");
    }

    private boolean covers(EndpointSummary summary) {
        return !summary.firstAt().isAfter(incident.startedAt())
                && !summary.lastAt().isBefore(end());
    }

    private Instant end() {
        return incident.phases().stream()
                .filter(phase -> phase.through() != PhaseName.REJOIN)
                .map(Phase::to)
                .max(Comparator.naturalOrder())
                .orElse(incident.startedAt());
    }
}
