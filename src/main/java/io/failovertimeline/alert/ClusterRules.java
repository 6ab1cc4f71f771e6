package io.failovertimeline.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * From when on one cluster's findings are worth an alert.
 *
 * @param outageBudget how long clients of one endpoint may fail; default 10 s
 * @param candidateWait how long candidates may refuse while nobody leads; default 10 s
 * @param redundancyAfter how long a member may be away; default 30 s
 * @param silentAfter how long a host that wrote regularly may write nothing; default 60 s
 * @param settle how long what has happened is shown, by the time of the cluster's own lines; default 30 s
 * @param lossBytes so many bytes of WAL may be lost; default 0
 * @param severities those that are not the usual ones
 * @param silences what nobody is told of, and when
 */
public record ClusterRules(
        Duration outageBudget,
        Duration candidateWait,
        Duration redundancyAfter,
        Duration silentAfter,
        Duration settle,
        long lossBytes,
        Map<AlertKind, AlertSeverity> severities,
        List<Silence> silences) {

    /** All defaults. */
    public static final ClusterRules USUAL = new ClusterRules(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            0,
            Map.of(),
            List.of());

    public ClusterRules {
        severities = Map.copyOf(severities);
        silences = List.copyOf(silences);
    }

    /** How urgent {@code kind} is here. */
    public AlertSeverity severity(AlertKind kind) {
        return severities.getOrDefault(kind, kind.usualSeverity());
    }

    /** Whether nobody is to be told of {@code alert}, as it stands at {@code now}. */
    public boolean silence(Alert alert, Instant now) {
        return silences.stream().anyMatch(silence -> silence.covers(alert, now));
    }
}
