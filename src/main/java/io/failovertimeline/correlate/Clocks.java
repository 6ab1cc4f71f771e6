package io.failovertimeline.correlate;

import io.failovertimeline.correlate.ClockBounds.Limit;
import io.failovertimeline.model.ClockCorrection;
import io.failovertimeline.model.ClockOffset;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.ErrorWindow;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which clocks of a cluster are proven to be off, and by how much. The largest set of clocks that may agree with each other is taken as
 * right; others are off if no offset of zero fits all that is known to have come before or after something else. A clock whose offset has no limit
 * on one side is left as it is.
 */
final class Clocks {

    /** What is proven of an offset must reach this: hosts in step are some milliseconds apart, and stamps are no finer. */
    private static final Duration LEAST = Duration.ofMillis(100);

    /** Of the sets of clocks that agree, no more than this are tried: all, with up to a dozen clocks. */
    private static final int MOST_TRIED = 4_096;

    private final NavigableMap<Clock, ClockOffset> offsets = new TreeMap<>();
    private final ClockBounds bounds;
    private int disagreeing;

    private Clocks(ClockBounds bounds) {
        this.bounds = bounds;
    }

    /** What the lines of {@code written} and the outages in {@code windows} tell of the clocks. */
    static Clocks of(String cluster, Chronicle written, Collection<ErrorWindow> windows, List<LoadSeries> load) {
        List<HostView> views = CausalPairs.views(written);
        List<ClockBound> pairs = new ArrayList<>(CausalPairs.bounds(views));
        pairs.addAll(ClientPairs.bounds(views, new ClockBounds(pairs), Outage.of(windows, load)));
        Clocks clocks = new Clocks(new ClockBounds(pairs));
        NavigableSet<Clock> right = clocks.right(newestLeader(views));
        clocks.disagreeing = clocks.bounds.clocks().size() - right.size();
        clocks.compare(cluster, right);
        return clocks;
    }

    /** The host that most hosts saw take over last; times can't tell who was last, since each is of another clock. */
    private static Optional<Clock> newestLeader(List<HostView> views) {
        Map<String, Long> seen = views.stream()
                .flatMap(view ->
                        view.changes().stream().map(HostView.Change::to).reduce((earlier, later) -> later).stream())
                .collect(Collectors.groupingBy(leader -> leader, TreeMap::new, Collectors.counting()));
        return seen.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .flatMap(leader -> views.stream()
                        .filter(view -> view.isOf(leader.getKey()))
                        .findFirst())
                .map(HostView::clock);
    }

    /** The clocks that are off, by name. */
    List<ClockOffset> offsets() {
        return List.copyOf(offsets.values());
    }

    /** How many clocks can't agree with those that are taken as right. */
    int disagreeing() {
        return disagreeing;
    }

    /** {@code event} at the time at which it was, as far as is known. */
    ClusterEvent corrected(ClusterEvent event) {
        return offset(Clock.of(event))
                .map(offset -> event.stampedAt(event.at().minus(offset.offset())))
                .orElse(event);
    }

    /** How {@link #corrected} changed the time of {@code event}; empty if it did not. */
    Optional<ClockCorrection> correction(ClusterEvent event) {
        return offset(Clock.of(event)).map(offset -> new ClockCorrection(event.at(), offset.plusMinus()));
    }

    /** {@code window} at the time at which it was, as far as is known. */
    ErrorWindow corrected(ErrorWindow window) {
        return offset(Optional.of(Clock.of(window)))
                .map(ClockOffset::offset)
                .map(window::earlierBy)
                .orElse(window);
    }

    /** How far the clock of {@code generator} is ahead, as far as is known. */
    Duration ahead(String generator) {
        return offset(Optional.of(Clock.ofGenerator(generator)))
                .map(ClockOffset::offset)
                .orElse(Duration.ZERO);
    }

    private Optional<ClockOffset> offset(Optional<Clock> clock) {
        return clock.map(offsets::get);
    }

    /** The set with most hosts that agree; of several, with most load generators, then with the newest leader's, then by name. */
    private NavigableSet<Clock> right(Optional<Clock> newestLeader) {
        Comparator<NavigableSet<Clock>> better = Comparator.<NavigableSet<Clock>>comparingLong(clocks -> clocks.stream()
                        .filter(clock -> clock.kind() == Clock.Kind.LOGS)
                        .count())
                .thenComparingInt(NavigableSet::size)
                .thenComparing(clocks -> newestLeader.filter(clocks::contains).isPresent())
                .thenComparing(NavigableSet::toString, Comparator.reverseOrder());
        List<NavigableSet<Clock>> sets = List.of(new TreeSet<>());
        for (Clock clock : bounds.clocks()) {
            List<NavigableSet<Clock>> larger = sets.stream()
                    .filter(set -> set.stream().allMatch(other -> agree(clock, other)))
                    .map(set -> with(set, clock))
                    .toList();
            sets = Stream.concat(larger.stream(), sets.stream())
                    .sorted(better.reversed())
                    .limit(MOST_TRIED)
                    .toList();
        }
        return sets.get(0);
    }

    /** Each other clock is held against the one of the right clocks that tells most of it. */
    private void compare(String cluster, NavigableSet<Clock> right) {
        for (Clock clock : bounds.clocks()) {
            if (!right.contains(clock)) {
                right.stream()
                        .filter(other -> !agree(clock, other))
                        .flatMap(other -> offset(cluster, clock, other).stream())
                        .min(Comparator.comparing(offset -> offset.atMost().minus(offset.atLeast())))
                        .ifPresent(offset -> offsets.put(clock, offset));
            }
        }
    }

    private Optional<ClockOffset> offset(String cluster, Clock clock, Clock other) {
        return bounds.limit(clock, other)
                .flatMap(behind -> bounds.limit(other, clock).map(ahead -> offset(cluster, clock, behind, ahead)));
    }

    /** Within its limits, an offset is sought where both are used up as much as they usually are. */
    private static ClockOffset offset(String cluster, Clock clock, Limit behind, Limit ahead) {
        Duration atLeast = behind.most().negated().minusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
        Duration atMost = ahead.most().plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
        double share = (double) behind.usual().toNanos()
                / (behind.usual().toNanos() + ahead.usual().toNanos());
        Duration within = Duration.ofMillis(Math.round(atMost.minus(atLeast).toMillis() * share));
        return new ClockOffset(cluster, clock.name(), atLeast.plus(within), atLeast, atMost);
    }

    private static NavigableSet<Clock> with(NavigableSet<Clock> clocks, Clock clock) {
        NavigableSet<Clock> larger = new TreeSet<>(clocks);
        larger.add(clock);
        return larger;
    }

    private boolean agree(Clock a, Clock b) {
        return mayBeZero(bounds.limit(a, b)) && mayBeZero(bounds.limit(b, a));
    }

    private static boolean mayBeZero(Optional<Limit> limit) {
        return limit.map(Limit::most)
                .filter(most -> most.compareTo(LEAST.negated()) < 0)
                .isEmpty();
    }
}
