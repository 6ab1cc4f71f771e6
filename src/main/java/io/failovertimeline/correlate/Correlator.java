package io.failovertimeline.correlate;

import io.failovertimeline.model.ClockOffset;
import io.failovertimeline.model.ClockStep;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.NearMiss;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells what a set of evidence means. */
public final class Correlator {

    private Correlator() {}

    /** All that {@code evidence} tells; the same for any order of it. */
    public static Findings findings(Collection<Evidence> evidence) {
        EvidenceSet gathered = new EvidenceSet();
        evidence.forEach(gathered::add);
        return findings(gathered);
    }

    /** All that the evidence gathered tells. */
    public static Findings findings(EvidenceSet gathered) {
        return findingsOf(gathered.all());
    }

    private static Findings findingsOf(Collection<Evidence> evidence) {
        SortedMap<String, Gathered> byCluster = new TreeMap<>();
        for (Evidence piece : evidence) {
            byCluster
                    .computeIfAbsent(piece.cluster(), cluster -> new Gathered())
                    .add(piece);
        }
        List<Incident> incidents = new ArrayList<>();
        List<ErrorWindow> windows = new ArrayList<>();
        Map<ErrorWindow, String> incidentOf = new java.util.HashMap<>();
        List<NearMiss> nearMisses = new ArrayList<>();
        List<ClockOffset> offsets = new ArrayList<>();
        List<ClockStep> clockSteps = new ArrayList<>();
        List<Told> told = List.copyOf(byCluster.entrySet()).parallelStream()
                .map(entry -> Told.of(entry.getKey(), entry.getValue()))
                .toList();
        for (Told its : told) {
            offsets.addAll(its.timing().clocks().offsets());
            clockSteps.addAll(its.timing().steps().found());
            incidents.addAll(its.incidents());
            windows.addAll(its.analysis().windows());
            windows.addAll(its.waits());
            incidentOf.putAll(its.clients().incidentOf());
            nearMisses.addAll(its.analysis().nearMisses());
        }
        incidents.sort(Comparator.comparing(Incident::startedAt).thenComparing(Incident::id));
        windows.sort(ErrorWindows.ORDER);
        nearMisses.sort(Comparator.comparing(NearMiss::at)
                .thenComparing(NearMiss::cluster)
                .thenComparing(NearMiss::member)
                .thenComparing(NearMiss::what));
        List<String> ids = windows.stream()
                .map(window -> incidentOf.getOrDefault(window, ""))
                .toList();
        return new Findings(incidents, windows, ids, nearMisses, offsets, clockSteps);
    }

    /** What is told of one cluster, apart from all others. */
    private record Told(
            ClusterAnalysis analysis,
            Timing timing,
            List<ErrorWindow> waits,
            ClientAccounts clients,
            List<Incident> incidents) {

        private static Told of(String cluster, Gathered gathered) {
            List<LoadSeries> load = LoadSeries.of(gathered.buckets);
            List<ErrorWindow> asWritten = ErrorWindows.in(load);
            Timing.Reading reading = Timing.best(
                    new Timing.Written(cluster, gathered.events, asWritten, load),
                    timing -> analysis(cluster, gathered, asWritten, timing));
            Clocks clocks = reading.timing().clocks();
            ClusterAnalysis analysis = reading.analysis();
            List<ErrorWindow> waits =
                    Waits.in(load, asWritten).stream().map(clocks::corrected).toList();
            ClientAccounts clients =
                    new ClientAccounts(load, clocks, analysis.windows(), waits, analysis.incidentOfWindow());
            return new Told(analysis, reading.timing(), waits, clients, clients.told(analysis.incidents()));
        }

        private static ClusterAnalysis analysis(
                String cluster, Gathered gathered, List<ErrorWindow> asWritten, Timing timing) {
            Clocks clocks = timing.clocks();
            return new ClusterAnalysis(
                    cluster,
                    timing.chronicle().on(clocks),
                    gathered.marks,
                    gathered.settings,
                    asWritten.stream().map(clocks::corrected).toList());
        }
    }

    private static final class Gathered {
        private final List<ClusterEvent> events = new ArrayList<>();
        private final List<Mark> marks = new ArrayList<>();
        private final List<ClusterSettings> settings = new ArrayList<>();
        private final List<LoadBucket> buckets = new ArrayList<>();

        private void add(Evidence piece) {
            piece.match(events::add, marks::add, settings::add, buckets::add);
        }
    }
}
