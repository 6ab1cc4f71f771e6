package io.failovertimeline.gate;

import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was measured over a set of runs: of each incident, and how many there were in each run. What is known only as a bound is left out.
 *
 * @param runs how many
 * @param values in ascending order: milliseconds of durations, else counts
 */
public record Figures(int runs, SortedMap<Figure, List<Long>> values) {

    public Figures {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** All that {@code reports} measure; their order does not matter. */
    public static Figures of(List<Report> reports) {
        SortedMap<Figure, List<Long>> values = new TreeMap<>();
        for (Report report : reports) {
            Map<IncidentKind, Long> counts = new EnumMap<>(IncidentKind.class);
            for (Incident incident : report.findings().incidents()) {
                counts.merge(incident.kind(), 1L, Long::sum);
                measured(incident)
                        .forEach((figure, value) -> values.computeIfAbsent(figure, unused -> new ArrayList<>())
                                .add(value));
            }
            counts.forEach((kind, count) -> values.computeIfAbsent(
                            figure(kind, Figure.Measure.INCIDENTS), unused -> new ArrayList<>())
                    .add(count));
        }
        values.values().forEach(Collections::sort);
        return new Figures(reports.size(), values);
    }

    private static Map<Figure, Long> measured(Incident incident) {
        Map<Figure, Long> measured = new TreeMap<>();
        incident.serviceRestoredAt()
                .or(incident::databaseReadyAt)
                .ifPresent(end ->
                        measured.put(figure(incident.kind(), Figure.Measure.WHOLE), millis(incident.startedAt(), end)));
        for (Phase phase : incident.phases()) {
            if (phase.name() == phase.through() && !phase.upperBound()) {
                measured.put(
                        new Figure(incident.kind(), Figure.Measure.PHASE, Optional.of(phase.name()), ""),
                        phase.duration().toMillis());
            }
        }
        for (ClientImpact impact : incident.clientImpact()) {
            String where = impact.endpoint() + " (" + impact.generator() + ")";
            if (impact.servedAgainAt().isPresent()) {
                measured.put(
                        at(incident, Figure.Measure.OUTAGE, where),
                        impact.outage().toMillis());
            }
            measured.put(at(incident, Figure.Measure.FAILED_REQUESTS, where), impact.failedRequests());
        }
        return measured;
    }

    private static Figure figure(IncidentKind kind, Figure.Measure measure) {
        return new Figure(kind, measure, Optional.<PhaseName>empty(), "");
    }

    private static Figure at(Incident incident, Figure.Measure measure, String where) {
        return new Figure(incident.kind(), measure, Optional.empty(), where);
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    /** The figures of this and of {@code other}, in their order. */
    public SortedSet<Figure> with(Figures other) {
        SortedSet<Figure> all = new TreeSet<>(values.keySet());
        all.addAll(other.values.keySet());
        return all;
    }

    /** The smallest, the one in the middle and the largest of a figure; empty if it was never measured. */
    public Optional<Spread> spread(Figure figure) {
        List<Long> measured = values.getOrDefault(figure, List.of());
        return measured.isEmpty()
                ? Optional.empty()
                : Optional.of(new Spread(
                        measured.size(),
                        measured.get(0),
                        measured.get((measured.size() - 1) / 2),
                        measured.get(measured.size() - 1)));
    }

    /**
     * How a figure is spread.
     *
     * @param count how often it was measured
     * @param least the smallest
     * @param median the one in the middle, of two the smaller
     * @param most the largest
     */
    public record Spread(int count, long least, long median, long most) {}
}
