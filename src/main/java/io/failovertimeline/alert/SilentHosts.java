package io.failovertimeline.alert;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds hosts that wrote a heartbeat regularly and then nothing, although no incident took them away. */
final class SilentHosts {

    private final String cluster;
    private final Instant now;
    private final ClusterRules rules;

    SilentHosts(String cluster, Instant now, ClusterRules rules) {
        this.cluster = cluster;
        this.now = now;
        this.rules = rules;
    }

    List<Alert> of(Collection<? extends Evidence> evidence, List<Incident> incidents) {
        TreeMap<String, TreeSet<ClusterEvent>> byHost = new TreeMap<>();
        for (Evidence piece : evidence) {
            if (piece instanceof ClusterEvent event && !event.fromState()) {
                event.host().ifPresent(host -> byHost.computeIfAbsent(host, first -> new TreeSet<>())
                        .add(event));
            }
        }
        List<Alert> alerts = new ArrayList<>();
        byHost.forEach((host, events) -> silences(host, List.copyOf(events), incidents, alerts));
        return alerts;
    }

    private void silences(String host, List<ClusterEvent> events, List<Incident> incidents, List<Alert> alerts) {
        for (int i = 1; i < events.size(); i++) {
            ClusterEvent last = events.get(i);
            Optional<Instant> next =
                    i + 1 < events.size() ? Optional.of(events.get(i + 1).at()) : Optional.empty();
            Instant due = last.at().plus(rules.silentAfter());
            boolean silent = due.isBefore(next.orElse(now));
            if (silent && isRegular(events.get(i - 1), last) && !explained(host, last.at(), next, incidents)) {
                alerts.add(alert(host, last, due, next));
            }
        }
    }

    /** Two heartbeats in a row: the next was to be expected. */
    private boolean isRegular(ClusterEvent before, ClusterEvent last) {
        return before.proves(EventKind.HEARTBEAT)
                && last.proves(EventKind.HEARTBEAT)
                && Duration.between(before.at(), last.at()).compareTo(rules.silentAfter()) <= 0;
    }

    private boolean explained(String host, Instant from, Optional<Instant> to, List<Incident> incidents) {
        return incidents.stream()
                .filter(incident -> incident.oldLeader()
                        .or(incident::member)
                        .filter(host::equals)
                        .isPresent())
                .anyMatch(incident -> !incident.startedAt().isAfter(to.orElse(now))
                        && incident.rejoinedAt()
                                .map(back -> !back.isBefore(from))
                                .orElse(true));
    }

    private Alert alert(String host, ClusterEvent last, Instant due, Optional<Instant> next) {
        String id = cluster + "-silent-" + host + "-" + last.at();
        return new Alert(
                AlertKind.SOURCE_SILENT,
                rules.severity(AlertKind.SOURCE_SILENT),
                cluster,
                host,
                new Episode(id, false, last.at(), Optional.empty(), next.orElse(due)),
                List.of(host),
                due,
                next,
                "No line of " + host + " came for more than " + IncidentAlerts.seconds(rules.silentAfter())
                        + ": what happens there can't be told.",
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(new Proof(
                        last.at(),
                        Optional.of(PlainText.line(host)),
                        PlainText.line(last.text()),
                        PlainText.line(last.origin().toString()))),
                Optional.empty());
    }
}
