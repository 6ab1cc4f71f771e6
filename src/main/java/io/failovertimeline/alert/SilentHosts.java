package io.failovertimeline.alert;

import io.failovertimeline.model.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds hosts that wrote heartbeats regularly and now write nothing, although no incident took them away. */
final class SilentHosts {

    private final String cluster;
    private final Instant listening;
    private final ClusterRules rules;

    /** Silent up to {@code listening}. */
    SilentHosts(String cluster, Instant listening, ClusterRules rules) {
        this.cluster = cluster;
        this.listening = listening;
        this.rules = rules;
    }

    List<Alert> of(List<Heard> hosts, List<Incident> incidents) {
        return hosts.stream()
                .filter(heard -> heard.isSilent(listening, rules.silentAfter()))
                .filter(heard -> incidents.stream().noneMatch(incident -> takesAway(heard, incident)))
                .map(this::alert)
                .toList();
    }

    private static boolean takesAway(Heard heard, Incident incident) {
        return incident.oldLeader()
                        .or(incident::member)
                        .filter(heard.host()::equals)
                        .isPresent()
                && incident.rejoinedAt()
                        .map(back -> !back.isBefore(heard.last().at()))
                        .orElse(true);
    }

    private Alert alert(Heard heard) {
        String host = heard.host();
        Instant last = heard.last().at();
        Instant due = last.plus(rules.silentAfter());
        return new Alert(
                AlertKind.SOURCE_SILENT,
                rules.severity(AlertKind.SOURCE_SILENT),
                cluster,
                host,
                new Episode(cluster + "-silent-" + host + "-" + last, false, last, Optional.empty(), due),
                List.of(host),
                due,
                Optional.empty(),
                "No line of " + host + " has come for more than " + IncidentAlerts.seconds(rules.silentAfter())
                        + ": what happens there can't be told.",
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(new Proof(
                        last,
                        Optional.of(PlainText.line(host)),
                        PlainText.line(heard.last().text()),
                        PlainText.line(heard.last().origin().toString()))),
                Optional.empty());
    }
}
