package io.failovertimeline.alert;

import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Tells what of the findings somebody is to be told of. */
public final class Alerts {

    private static final Comparator<Alert> ORDER = Comparator.comparing(Alert::startsAt)
            .thenComparing(Alert::kind)
            .thenComparing(alert -> alert.episode().id())
            .thenComparing(Alert::part);

    private Alerts() {}

    /**
     * The alerts of one cluster as they stand, those that are to be silenced too; the same for any order of what they are told from.
     *
     * @param witnesses who tells of {@code cluster}
     * @param findings what the correlator makes of it
     * @param now the latest instant of which is known what happened, or did not happen
     * @param listening up to when lines would have been heard, had there been any
     */
    public static List<Alert> of(
            String cluster, Witnesses witnesses, Findings findings, Instant now, Instant listening, AlertRules rules) {
        ClusterRules its = rules.of(cluster);
        List<Incident> incidents = findings.incidents().stream()
                .filter(incident -> incident.cluster().equals(cluster))
                .toList();
        List<Alert> alerts = new ArrayList<>();
        for (Incident incident : incidents) {
            alerts.addAll(new IncidentAlerts(incident, now, listening, witnesses.clients(), its, rules).all());
        }
        alerts.addAll(new ClientAlerts(cluster, findings, its, rules).all());
        alerts.addAll(new NearMissAlerts(cluster, now, its).of(findings.nearMisses()));
        alerts.addAll(new SilentHosts(cluster, listening, its).of(witnesses.hosts(), incidents));
        return alerts.stream().sorted(ORDER).toList();
    }

    /** The latest instant that evidence of one cluster tells of; empty if none of it has a time. */
    public static Optional<Instant> latest(Collection<? extends Evidence> evidence) {
        TreeSet<Instant> latest = new TreeSet<>();
        for (Evidence piece : evidence) {
            knownAt(piece).ifPresent(latest::add);
            while (latest.size() > 1) {
                latest.pollFirst();
            }
        }
        return latest.stream().findFirst();
    }

    /** When a piece of evidence could be known at the earliest: a request is over before it is told of. Empty if it has no time. */
    public static Optional<Instant> knownAt(Evidence piece) {
        return piece.match(
                event -> Optional.of(event.at()),
                mark -> Optional.empty(),
                settings -> Optional.empty(),
                bucket -> Optional.of(bucket.lastFailureEnd()
                        .filter(end -> end.isAfter(bucket.second().plusSeconds(1)))
                        .orElse(bucket.second().plusSeconds(1))));
    }
}
