package io.failovertimeline.correlate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.failovertimeline.model.ClockCorrection;
import io.failovertimeline.model.ClockStep;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where clocks of hosts were put back while they wrote, as an NTP daemon does, and the times of such hosts on one scale: that of its
 * lines before or after. How long the host was silent across the step is not known, so neither is how far it went; times are moved by
 * the least that puts all lines in order.
 */
final class ClockSteps {

    /** The finest unit that a step is told in. */
    private static final Duration A_BIT = Duration.ofMillis(1);

    /** Lines of one program are in order but for this. */
    private static final Duration JITTER = Duration.ofMillis(100);

    private final String cluster;
    private final NavigableMap<String, List<Step>> byHost;
    private final NavigableSet<String> movedAfter;

    /**
     * An event on its host's one scale.
     *
     * @param event at the time on that scale
     * @param correction that this is not the time that was written, or may not be that of the scale; empty if it is both
     */
    record Scaled(ClusterEvent event, Optional<ClockCorrection> correction) {
        static Scaled asWritten(ClusterEvent event) {
            return new Scaled(event, Optional.empty());
        }
    }

    private record Place(Origin.Medium medium, String source) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::medium).thenComparing(Place::source);

        static Place of(ClusterEvent event) {
            return new Place(event.origin().medium(), event.origin().source());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** What one program wrote to one place in one precision. */
    private record Sequence(Place place, String program, Precision precision) implements Comparable<Sequence> {
        private static final Comparator<Sequence> ORDER = Comparator.comparing(Sequence::place)
                .thenComparing(Sequence::program)
                .thenComparing(Sequence::precision);

        static Sequence of(ClusterEvent event) {
            String rule = event.rule();
            return new Sequence(Place.of(event), rule.substring(0, rule.indexOf('.') + 1), event.precision());
        }

        static Sequence of(LineOrder.Jump jump) {
            return of(jump.after().event());
        }

        @Override
        public int compareTo(Sequence other) {
            return ORDER.compare(this, other);
        }
    }

    private ClockSteps(String cluster, NavigableMap<String, List<Step>> byHost, NavigableSet<String> movedAfter) {
        this.cluster = cluster;
        this.byHost = byHost;
        this.movedAfter = movedAfter;
    }

    /** What the order of {@code events}, those of {@code cluster} as they were written, tells. */
    static ClockSteps of(String cluster, Collection<ClusterEvent> events) {
        List<ClusterEvent> logged =
                events.stream().filter(event -> !event.fromState()).toList();
        Members members = new Members(logged);
        NavigableMap<String, List<Entry>> written = new TreeMap<>();
        logged.forEach(
                event -> event.host().ifPresent(host -> written.computeIfAbsent(host, newHost -> new ArrayList<>())
                        .add(Entry.of(event, members, Optional.empty()))));
        NavigableMap<String, List<Step>> steps = new TreeMap<>();
        written.forEach((host, entries) -> {
            List<Step> ofHost = steps(entries);
            if (!ofHost.isEmpty()) {
                steps.put(host, ofHost);
            }
        });
        return new ClockSteps(cluster, steps, new TreeSet<>());
    }

    /** Patroni's lines prove that there was a step; where it is among those of others, they show themselves. */
    private static List<Step> steps(List<Entry> ofHost) {
        List<Step> steps = new ArrayList<>();
        ofHost.stream()
                .filter(entry -> entry.from(Component.PATRONI))
                .collect(groupingBy(entry -> Place.of(entry.event()), TreeMap::new, toList()))
                .forEach((place, lines) -> new LineOrder(lines).steps().forEach(jump -> stepOf(jump, steps)
                        .add(jump)));
        if (!steps.isEmpty()) {
            ofHost.stream()
                    .collect(groupingBy(entry -> Sequence.of(entry.event()), TreeMap::new, toList()))
                    .forEach((sequence, lines) -> steps.forEach(step -> step.look(sequence, lines)));
        }
        return steps;
    }

    /** The step that {@code jump} is a sign of: one that another precision or source shows, or a new one. */
    private static Step stepOf(LineOrder.Jump jump, List<Step> steps) {
        return steps.stream().filter(step -> step.mayBe(jump)).findFirst().orElseGet(() -> {
            Step step = new Step();
            steps.add(step);
            return step;
        });
    }

    /** The hosts whose clocks were put back. */
    Set<String> hosts() {
        return byHost.keySet();
    }

    /** The same, with the times of {@code host} on the scale of those before its first step. */
    ClockSteps movingAfter(String host) {
        NavigableSet<String> moved = new TreeSet<>(movedAfter);
        moved.add(host);
        return new ClockSteps(cluster, byHost, moved);
    }

    /** In order of their hosts' new times. */
    List<ClockStep> found() {
        List<ClockStep> found = new ArrayList<>();
        byHost.forEach((host, steps) -> steps.forEach(step -> found.add(step.told(cluster, host, moved(host)))));
        found.sort(Comparator.comparing(ClockStep::after)
                .thenComparing(ClockStep::host)
                .thenComparing(ClockStep::firstAfter));
        return found;
    }

    private ClockStep.Side moved(String host) {
        return movedAfter.contains(host) ? ClockStep.Side.AFTER : ClockStep.Side.BEFORE;
    }

    /** {@code event}, as it would have been stamped had its host's clock not been put back. */
    Scaled onOneScale(ClusterEvent event) {
        Optional<String> host = event.host().filter(byHost::containsKey);
        if (host.isEmpty()) {
            return Scaled.asWritten(event);
        }
        boolean movesAfter = movedAfter.contains(host.get());
        Duration by = Duration.ZERO;
        Duration error = Duration.ZERO;
        for (Step step : byHost.getOrDefault(host.get(), List.of())) {
            Side side = step.sideOf(event);
            if (side == Side.UNKNOWN) {
                error = error.plus(step.atMost());
            } else if ((side == Side.AFTER) == movesAfter) {
                by = by.plus(step.by());
                error = error.plus(step.atMost().minus(step.by()));
            }
        }
        return error.isZero()
                ? Scaled.asWritten(event)
                : new Scaled(
                        event.stampedAt(event.at().plus(movesAfter ? by : by.negated())),
                        Optional.of(new ClockCorrection(event.at(), error)));
    }

    private enum Side {
        BEFORE,
        AFTER,
        /** Of a time that the clock showed twice, in a source that does not tell. */
        UNKNOWN
    }

    /** One step of one host's clock, by all that shows it. */
    private static final class Step {
        private final NavigableMap<Sequence, LineOrder.Jump> jumps = new TreeMap<>();
        /** What has lines both above and below, though none that go back. */
        private final Set<Sequence> straddling = new TreeSet<>();

        boolean mayBe(LineOrder.Jump jump) {
            return !jumps.containsKey(Sequence.of(jump)) && all().allMatch(known -> known.overlaps(jump));
        }

        void add(LineOrder.Jump jump) {
            jumps.put(Sequence.of(jump), jump);
        }

        /** Looks where the step is among {@code lines} of {@code sequence}. */
        void look(Sequence sequence, List<Entry> lines) {
            List<Entry> inOrder = lines.stream().sorted(LineOrder.BY_PLACE).toList();
            List<LineOrder.Jump> back = LineOrder.jumps(inOrder, JITTER).stream()
                    .filter(this::mayBe)
                    .toList();
            if (back.size() == 1) {
                add(back.get(0));
            }
            // Where each unit's lines were gathered one after the other, their places tell nothing of the others'.
            firstAfter(sequence.place())
                    .filter(first -> LineOrder.position(inOrder.get(0)) < first
                            && LineOrder.position(inOrder.get(inOrder.size() - 1)) >= first)
                    .ifPresent(first -> straddling.add(sequence));
        }

        private Optional<Long> firstAfter(Place place) {
            return jumps.entrySet().stream()
                    .filter(known -> known.getKey().place().equals(place))
                    .map(known -> LineOrder.position(known.getValue().after()))
                    .min(Comparator.naturalOrder());
        }

        Side sideOf(ClusterEvent event) {
            Sequence sequence = Sequence.of(event);
            Optional<Long> firstAfter = Optional.ofNullable(jumps.get(sequence))
                    .map(jump -> LineOrder.position(jump.after()))
                    .or(() -> straddling.contains(sequence) ? firstAfter(sequence.place()) : Optional.empty());
            if (firstAfter.isPresent()) {
                return event.origin().position() < firstAfter.get() ? Side.BEFORE : Side.AFTER;
            }
            Instant shownAgainFrom = all().map(jump -> jump.after().at())
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            Instant shownAgainTo = all().map(jump -> jump.before().at())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            return event.at().isBefore(shownAgainFrom)
                    ? Side.BEFORE
                    : event.at().isAfter(shownAgainTo) ? Side.AFTER : Side.UNKNOWN;
        }

        private Stream<LineOrder.Jump> all() {
            return jumps.values().stream();
        }

        /** The least that puts the lines of each precision in order. */
        Duration by() {
            return all().map(LineOrder.Jump::back)
                    .max(Comparator.naturalOrder())
                    .orElseThrow()
                    .plus(A_BIT);
        }

        /** Patroni makes no long pauses between its lines, nor do others between theirs who write to the same place. */
        Duration atMost() {
            Duration most = all().filter(jump -> jump.after().from(Component.PATRONI))
                    .map(jump -> jump.back()
                            .plus(Runs.LONGEST_PAUSE.multipliedBy(jump.distance()))
                            .plus(jump.precision().unit()))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            return most.compareTo(by()) > 0 ? most : by();
        }

        ClockStep told(String cluster, String host, ClockStep.Side moved) {
            LineOrder.Jump proof = all().min(Comparator.comparing(LineOrder.Jump::precision)
                            .thenComparing(LineOrder.Jump::distance)
                            .thenComparing(jump -> jump.after().event()))
                    .orElseThrow();
            return new ClockStep(
                    cluster,
                    host,
                    by(),
                    atMost(),
                    moved,
                    proof.before().at(),
                    proof.before().event().origin(),
                    proof.after().at(),
                    proof.after().event().origin());
        }
    }
}
