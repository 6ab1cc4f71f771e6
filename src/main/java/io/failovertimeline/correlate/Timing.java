package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How the times of one cluster's evidence are read.
 *
 * @param steps where clocks were put back or forward
 * @param chronicle the events, those of each host on one scale
 * @param clocks which of these scales are off
 */
record Timing(ClockSteps steps, Chronicle chronicle, Clocks clocks) {

    /** More steps than these have no explanation but one that is sought for too long. */
    private static final int MOST_SUPPOSED = 8;

    /** Captures of one time end within this time of each other. */
    private static final Duration ONE_CAPTURE = Duration.ofMinutes(1);

    /** What is written. */
    record Written(
            String cluster, Collection<ClusterEvent> events, Collection<ErrorWindow> windows, List<LoadSeries> load) {

        private Timing read(ClockSteps steps) {
            Chronicle chronicle = new Chronicle(events, steps);
            return new Timing(steps, chronicle, Clocks.of(cluster, chronicle, windows, load));
        }
    }

    /** What was written, as it reads with these times. */
    record Reading(Timing timing, ClusterAnalysis analysis) {

        private List<Incident> disturbances() {
            return analysis.incidents().stream()
                    .filter(incident -> incident.kind() != IncidentKind.CLIENT_ERRORS)
                    .toList();
        }

        /** Whether no other reading explains all lines by fewer incidents: somebody took the lock over from another, once at most. */
        private boolean isSimplest() {
            List<Incident> all = disturbances();
            return all.size() <= 1 && all.stream().allMatch(Reading::isTakeover);
        }

        private static boolean isTakeover(Incident incident) {
            return incident.lockAcquiredAt().isPresent()
                    && incident.oldLeader().isPresent()
                    && incident.newLeader().isPresent()
                    && !incident.oldLeader().equals(incident.newLeader());
        }
    }

    /**
     * How well a reading fits together.
     *
     * @param incidents how much has to have happened
     * @param alone how many lines their host wrote long before or after all that others did
     * @param disagreeing how many clocks are off
     * @param overlap how long hosts wrote at the same time
     */
    private record Fit(Reading reading, int incidents, long alone, int disagreeing, Duration overlap) {

        private static final Comparator<Fit> BETTER = Comparator.comparingInt(Fit::incidents)
                .thenComparing(Fit::alone)
                .thenComparing(Fit::disagreeing)
                .thenComparing(Comparator.comparing(Fit::overlap).reversed());

        static Fit of(Reading reading) {
            Chronicle chronicle = reading.timing.chronicle;
            Map<String, Span> byHost = new HashMap<>();
            chronicle.stream().forEach(entry -> entry.event()
                    .host()
                    .ifPresent(host -> byHost.merge(host, Span.at(entry.at()), Span::with)));
            Duration overlap = byHost.keySet().stream()
                    .map(host -> others(host, byHost)
                            .map(byHost.getOrDefault(host, Span.NONE)::overlap)
                            .orElse(Duration.ZERO))
                    .reduce(Duration.ZERO, Duration::plus);
            long alone = chronicle.stream()
                    .filter(entry -> entry.event()
                            .host()
                            .flatMap(host -> others(host, byHost))
                            .filter(span -> span.isFarFrom(entry.at()))
                            .isPresent())
                    .count();
            return new Fit(reading, reading.disturbances().size(), alone, reading.timing.clocks.disagreeing(), overlap);
        }

        private static Optional<Span> others(String host, Map<String, Span> byHost) {
            return byHost.entrySet().stream()
                    .filter(other -> !other.getKey().equals(host))
                    .map(Map.Entry::getValue)
                    .reduce(Span::with);
        }

        ClockSteps steps() {
            return reading.timing.steps;
        }

        boolean isBetterThan(Fit other) {
            return BETTER.compare(this, other) < 0;
        }
    }

    /**
     * Of a host whose clock was put back, its times before are moved, for what puts a clock back is most often what knows the time; but
     * its times after, if that fits the other hosts better. A step that no line proves is taken for one if fewer incidents
     * explain all lines then.
     *
     * @param analysis what is told with such times
     */
    static Reading best(Written written, Function<Timing, ClusterAnalysis> analysis) {
        Function<ClockSteps, Reading> read = steps -> {
            Timing timing = written.read(steps);
            return new Reading(timing, analysis.apply(timing));
        };
        ClockSteps proven = ClockSteps.of(written.cluster(), written.events());
        Reading asWritten = read.apply(proven);
        if (proven.hosts().isEmpty() && (proven.supposing().isEmpty() || asWritten.isSimplest())) {
            return asWritten;
        }
        Fit best = Fit.of(asWritten);
        for (String host : proven.hosts()) {
            Fit other = Fit.of(read.apply(best.steps().movingAfter(host)));
            best = other.isBetterThan(best) ? other : best;
        }
        for (int i = 0; i < MOST_SUPPOSED && !best.reading.isSimplest(); i++) {
            Fit known = best;
            Optional<Fit> simpler = Stream.concat(best.steps().supposing().stream(), best.steps().resized().stream())
                    .map(others -> Fit.of(read.apply(others)))
                    .filter(fit -> fit.incidents < known.incidents && fit.alone <= known.alone)
                    .min(Fit.BETTER);
            if (simpler.isEmpty()) {
                break;
            }
            best = simpler.get();
        }
        return best.reading;
    }

    private record Span(Instant from, Instant to) {
        static final Span NONE = new Span(Instant.MAX, Instant.MIN);

        static Span at(Instant at) {
            return new Span(at, at);
        }

        Span with(Span other) {
            return new Span(from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
        }

        boolean isFarFrom(Instant at) {
            return at.isBefore(from.minus(ONE_CAPTURE)) || at.isAfter(to.plus(ONE_CAPTURE));
        }

        Duration overlap(Span other) {
            Instant begin = from.isAfter(other.from) ? from : other.from;
            Instant end = to.isBefore(other.to) ? to : other.to;
            return begin.isBefore(end) ? Duration.between(begin, end) : Duration.ZERO;
        }
    }
}
