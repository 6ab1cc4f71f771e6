package io.failovertimeline.alert;

import io.failovertimeline.model.NearMiss;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Tells of near misses once nothing has come of them; those of one kind and member that follow each other soon are one alert. */
final class NearMissAlerts {

    private static final int MOST_PROOFS = 3;

    private final String cluster;
    private final Instant now;
    private final ClusterRules rules;

    NearMissAlerts(String cluster, Instant now, ClusterRules rules) {
        this.cluster = cluster;
        this.now = now;
        this.rules = rules;
    }

    /** {@code all} are in order of time. */
    List<Alert> of(List<NearMiss> all) {
        TreeMap<String, List<NearMiss>> open = new TreeMap<>();
        List<Alert> alerts = new ArrayList<>();
        for (NearMiss miss : all) {
            if (miss.cluster().equals(cluster)) {
                List<NearMiss> run =
                        open.computeIfAbsent(miss.member() + " " + miss.what(), first -> new ArrayList<>());
                if (!run.isEmpty() && miss.at().isAfter(end(run))) {
                    alerts.add(alert(run));
                    run.clear();
                }
                run.add(miss);
            }
        }
        open.values().forEach(run -> alerts.add(alert(run)));
        // What still may become an incident is no near miss yet.
        return alerts.stream().filter(alert -> !alert.startsAt().isAfter(now)).toList();
    }

    private Instant end(List<NearMiss> run) {
        return run.get(run.size() - 1).at().plus(rules.settle());
    }

    private Alert alert(List<NearMiss> run) {
        NearMiss first = run.get(0);
        NearMiss last = run.get(run.size() - 1);
        String id = cluster + "-near-miss-" + first.at();
        return new Alert(
                AlertKind.NEAR_MISS,
                rules.severity(AlertKind.NEAR_MISS),
                cluster,
                first.member() + " " + first.what(),
                new Episode(id, false, first.at(), Optional.empty(), last.at()),
                first.member().isEmpty() ? List.of() : List.of(first.member()),
                first.at().plus(rules.settle()),
                Optional.of(end(run).plus(rules.settle())).filter(end -> !end.isAfter(now)),
                last.explanation() + (run.size() > 1 ? " " + run.size() + " times." : ""),
                first.what(),
                Optional.empty(),
                Optional.empty(),
                run.subList(Math.max(0, run.size() - MOST_PROOFS), run.size()).stream()
                        .map(miss -> new Proof(
                                miss.at(),
                                Optional.of(PlainText.line(miss.member())).filter(member -> !member.isEmpty()),
                                PlainText.line(miss.what()),
                                PlainText.line(miss.origin().toString())))
                        .toList(),
                Optional.empty());
    }
}
