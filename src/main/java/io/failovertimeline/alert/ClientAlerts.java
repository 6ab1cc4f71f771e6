package io.failovertimeline.alert;

import io.failovertimeline.correlate.IncidentId;
import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Tells of clients that fail while no incident explains it, or none yet. */
final class ClientAlerts {

    /** Windows so near to each other are one story. */
    private static final Duration TOGETHER = Duration.ofSeconds(15);

    private final String cluster;
    private final Findings findings;
    private final ClusterRules rules;
    private final AlertRules all;

    ClientAlerts(String cluster, Findings findings, ClusterRules rules, AlertRules all) {
        this.cluster = cluster;
        this.findings = findings;
        this.rules = rules;
        this.all = all;
    }

    List<Alert> all() {
        List<Alert> alerts = new ArrayList<>();
        List<ErrorWindow> story = new ArrayList<>();
        Instant until = Instant.MIN;
        for (ErrorWindow window : unexplained()) {
            if (!story.isEmpty() && window.from().isAfter(until.plus(TOGETHER))) {
                alert(story).ifPresent(alerts::add);
                story.clear();
                until = Instant.MIN;
            }
            story.add(window);
            until = end(window).isAfter(until) ? end(window) : until;
        }
        if (!story.isEmpty()) {
            alert(story).ifPresent(alerts::add);
        }
        return alerts;
    }

    private List<ErrorWindow> unexplained() {
        return findings.windowsOf("").stream()
                .filter(window -> window.cluster().equals(cluster) && window.kind() == WindowKind.OUTAGE)
                .sorted(Comparator.comparing(ErrorWindow::from)
                        .thenComparing(ErrorWindow::generator)
                        .thenComparing(ErrorWindow::endpoint))
                .toList();
    }

    private Optional<Alert> alert(List<ErrorWindow> story) {
        List<ClientImpact> impacts = story.stream()
                .map(window -> new ClientImpact(
                        window.generator(),
                        window.endpoint(),
                        window.from(),
                        window.to(),
                        window.servedAgain(),
                        window.requests(),
                        window.failedRequests(),
                        window.outage()))
                .toList();
        Instant from = story.get(0).from();
        Instant last = story.stream()
                .map(ClientAlerts::end)
                .max(Comparator.naturalOrder())
                .orElse(from);
        // as incidents of the leadership are named: often this is one before its logs say so
        String id = IncidentId.of(cluster, from);
        return Impact.of(impacts, rules.outageBudget())
                .map(impact -> new Alert(
                        AlertKind.OUTAGE_OVER_BUDGET,
                        rules.severity(AlertKind.OUTAGE_OVER_BUDGET),
                        cluster,
                        "",
                        new Episode(id, false, from, impact.until(), last),
                        List.of(),
                        impact.since(),
                        impact.until(),
                        "Clients of " + cluster + " fail for longer than "
                                + IncidentAlerts.seconds(rules.outageBudget()) + ": " + impact.endpoints() + ".",
                        "",
                        Optional.empty(),
                        Optional.of(Impact.told(impacts)),
                        List.of(),
                        all.link(cluster, id)));
    }

    private static Instant end(ErrorWindow window) {
        return window.servedAgain().orElse(window.to());
    }
}
