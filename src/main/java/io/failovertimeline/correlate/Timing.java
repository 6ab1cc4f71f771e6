package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.ErrorWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How the times of one cluster's evidence are read.
 *
 * @param steps where clocks were put back
 * @param chronicle the events, those of each host on one scale
 * @param clocks which of these scales are off
 * @param overlap how long each host whose clock was put back wrote while others did
 */
record Timing(ClockSteps steps, Chronicle chronicle, Clocks clocks, Duration overlap) {

    /** The one with more clocks that agree is better; of two, the one in which hosts wrote at the same time for longer. */
    private static final Comparator<Timing> BETTER = Comparator.<Timing>comparingInt(
                    timing -> -timing.clocks().disagreeing())
            .thenComparing(Timing::overlap);

    /**
     * Of a host whose clock was put back, its times before are moved, for what puts a clock back is most often what knows the time; but
     * its times after, if that fits the other hosts better.
     */
    static Timing of(
            String cluster, Collection<ClusterEvent> events, Collection<ErrorWindow> windows, List<LoadSeries> load) {
        ClockSteps steps = ClockSteps.of(cluster, events);
        Timing best = with(cluster, steps, events, windows, load);
        for (String host : steps.hosts()) {
            Timing other = with(cluster, best.steps.movingAfter(host), events, windows, load);
            best = BETTER.compare(other, best) > 0 ? other : best;
        }
        return best;
    }

    private static Timing with(
            String cluster,
            ClockSteps steps,
            Collection<ClusterEvent> events,
            Collection<ErrorWindow> windows,
            List<LoadSeries> load) {
        Chronicle chronicle = new Chronicle(events, steps);
        Duration overlap =
                steps.hosts().stream().map(host -> overlapOf(host, chronicle)).reduce(Duration.ZERO, Duration::plus);
        return new Timing(steps, chronicle, Clocks.of(cluster, chronicle, windows, load), overlap);
    }

    private static Duration overlapOf(String host, Chronicle chronicle) {
        Span own = new Span();
        Span others = new Span();
        chronicle.stream()
                .forEach(entry ->
                        entry.event().host().ifPresent(writer -> (writer.equals(host) ? own : others).add(entry.at())));
        return own.overlap(others);
    }

    private static final class Span {
        private Instant from = Instant.MAX;
        private Instant to = Instant.MIN;

        void add(Instant at) {
            from = at.isBefore(from) ? at : from;
            to = at.isAfter(to) ? at : to;
        }

        Duration overlap(Span other) {
            Instant begin = from.isAfter(other.from) ? from : other.from;
            Instant end = to.isBefore(other.to) ? to : other.to;
            return begin.isBefore(end) ? Duration.between(begin, end) : Duration.ZERO;
        }
    }
}
