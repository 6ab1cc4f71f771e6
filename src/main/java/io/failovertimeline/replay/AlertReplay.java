package io.failovertimeline.replay;

import io.failovertimeline.alert.Alert;
import io.failovertimeline.alert.AlertFeed;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.alert.Alerts;
import io.failovertimeline.alert.Witnesses;
import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.LoadBucket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which alerts would have fired, and when: the evidence is given to the correlator second by second, as it would have become
 * known. Only the time around what is found in the end is gone through so closely.
 */
public final class AlertReplay {

    private static final Duration AROUND = Duration.ofMinutes(2);

    private final AlertRules rules;

    /**
     * A change of an alert.
     *
     * @param at when the evidence for it was there
     * @param sinceFault how long after the fault or first symptom that was, as it is known in the end; empty for an alert that
     *     belongs to no incident
     * @param record what would have been sent
     * @param silenced whether it would not have been sent, because the settings say so
     */
    public record Told(Instant at, Optional<Duration> sinceFault, AlertRecord record, boolean silenced) {}

    /** Alerts by {@code rules}. */
    public AlertReplay(AlertRules rules) {
        this.rules = rules;
    }

    /** Every change of every alert, in order of time. */
    public List<Told> of(Collection<Evidence> evidence) {
        SortedMap<String, List<Evidence>> byCluster = new TreeMap<>();
        evidence.forEach(piece -> byCluster
                .computeIfAbsent(piece.cluster(), first -> new ArrayList<>())
                .add(piece));
        List<Told> told = new ArrayList<>();
        byCluster.forEach((cluster, pieces) -> told.addAll(of(cluster, pieces)));
        told.sort(Comparator.comparing(Told::at));
        return told;
    }

    private List<Told> of(String cluster, List<Evidence> pieces) {
        List<Evidence> timeless = new ArrayList<>();
        TreeMap<Instant, List<Evidence>> bySecond = new TreeMap<>();
        for (Evidence piece : pieces) {
            Alerts.knownAt(piece)
                    .ifPresentOrElse(
                            at -> bySecond.computeIfAbsent(
                                            at.truncatedTo(ChronoUnit.SECONDS), first -> new ArrayList<>())
                                    .add(piece),
                            () -> timeless.add(piece));
        }
        // Of a run of heartbeats only the ends are kept: who is silent can be told at the end alone.
        Witnesses everybody = Witnesses.of(pieces);
        Findings whole = Correlator.findings(pieces);
        NavigableSet<Instant> moments = moments(whole);
        Telling aloud = new Telling(false);
        Telling silenced = new Telling(true);
        List<Evidence> known = new ArrayList<>(timeless);
        Optional<Findings> standing = Optional.empty();
        for (var second : bySecond.entrySet()) {
            known.addAll(second.getValue());
            boolean last = second.getKey().equals(bySecond.lastKey());
            if (last || isNear(second.getKey(), moments)) {
                Instant now = Alerts.latest(second.getValue()).orElse(second.getKey());
                Findings findings = last
                        ? whole
                        : standing.filter(its -> isOver(its) && isCalm(second.getValue()))
                                .orElseGet(() -> Correlator.findings(known));
                standing = Optional.of(findings);
                Witnesses witnesses = last ? everybody : new Witnesses(List.of(), everybody.clients());
                Map<Boolean, List<Alert>> alerts = Alerts.of(cluster, witnesses, findings, now, now, rules).stream()
                        .collect(Collectors.partitioningBy(
                                alert -> rules.of(cluster).silence(alert, now)));
                aloud.tell(alerts.getOrDefault(false, List.of()), now);
                silenced.tell(alerts.getOrDefault(true, List.of()), now);
            } else {
                standing = Optional.empty();
            }
        }
        return Stream.concat(aloud.told(), silenced.told()).toList();
    }

    /** What is told one after the other, or would be were it not silenced. */
    private static final class Telling {

        private final boolean isSilenced;
        private final SortedMap<String, AlertRecord> last = new TreeMap<>();
        private final List<Told> changes = new ArrayList<>();

        Telling(boolean isSilenced) {
            this.isSilenced = isSilenced;
        }

        void tell(List<Alert> alerts, Instant now) {
            for (AlertRecord change : AlertFeed.changes(last.values(), alerts, now)) {
                last.put(change.fingerprint(), change);
                // What outlasts its silence is told aloud from then on.
                if (!isSilenced || change.status() != AlertRecord.Status.WITHDRAWN) {
                    changes.add(new Told(now, Optional.empty(), change, isSilenced));
                }
            }
        }

        Stream<Told> told() {
            return changes.stream().map(one -> new Told(one.at(), sinceFault(one), one.record(), isSilenced));
        }

        private Optional<Duration> sinceFault(Told told) {
            return last.values().stream()
                    .filter(record -> record.group().equals(told.record().group()))
                    .filter(record -> record.incident().isPresent() && record.status() != AlertRecord.Status.WITHDRAWN)
                    .map(AlertRecord::since)
                    .min(Comparator.naturalOrder())
                    .map(fault -> Duration.between(fault, told.at()));
        }
    }

    private NavigableSet<Instant> moments(Findings findings) {
        NavigableSet<Instant> moments = new TreeSet<>();
        findings.incidents().forEach(incident -> {
            moments.add(incident.startedAt());
            incident.events().forEach(step -> moments.add(step.at()));
            incident.serviceRestoredAt().ifPresent(moments::add);
        });
        findings.errorWindows().forEach(window -> {
            moments.add(window.from());
            moments.add(window.to());
        });
        findings.nearMisses().forEach(miss -> moments.add(miss.at()));
        return moments;
    }

    /** Whether all that is found is over, so that nothing but something new changes what there is to alert of. */
    private static boolean isOver(Findings findings) {
        return findings.incidents().stream().allMatch(incident -> incident.state() == Incident.State.CLOSED)
                && findings.errorWindows().stream()
                        .allMatch(window -> window.servedAgain().isPresent());
    }

    /** Whether these are nothing but requests that were served. */
    private static boolean isCalm(List<Evidence> pieces) {
        return pieces.stream().allMatch(piece -> piece instanceof LoadBucket bucket && bucket.failed() == 0);
    }

    private static boolean isNear(Instant second, NavigableSet<Instant> moments) {
        Instant before = moments.floor(second.plus(AROUND));
        return before != null && !before.isBefore(second.minus(AROUND));
    }
}
