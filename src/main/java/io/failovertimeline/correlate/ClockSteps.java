package io.failovertimeline.correlate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.failovertimeline.model.ClockCorrection;
import io.failovertimeline.model.ClockStep;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where clocks of hosts were put back or forward while they wrote, as an NTP daemon does, and the times of such hosts on one scale: that
 * of its lines before or after. How long the host was silent across the step is not known, so neither is how far it went; times are
 * moved by the least that puts all lines in order, and by no more than leaves the pauses that Patroni makes.
 */
final class ClockSteps {

    private final String cluster;
    private final NavigableMap<String, List<HostStep>> byHost;
    private final NavigableMap<String, List<HostStep>> supposed;
    private final Map<String, List<Entry>> written;
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

    private ClockSteps(
            String cluster,
            NavigableMap<String, List<HostStep>> byHost,
            NavigableMap<String, List<HostStep>> supposed,
            Map<String, List<Entry>> written,
            NavigableSet<String> movedAfter) {
        this.written = written;
        this.cluster = cluster;
        this.byHost = byHost;
        this.supposed = supposed;
        this.movedAfter = movedAfter;
    }

    /** What the order of {@code events}, those of {@code cluster} as they were written, tells. */
    static ClockSteps of(String cluster, Collection<ClusterEvent> events) {
        List<ClusterEvent> logged =
                events.stream().filter(ClusterEvent::fromItsLogs).toList();
        Members members = new Members(logged);
        NavigableMap<String, List<Entry>> written = new TreeMap<>();
        logged.forEach(
                event -> event.host().ifPresent(host -> written.computeIfAbsent(host, newHost -> new ArrayList<>())
                        .add(Entry.of(event, members, Optional.empty()))));
        NavigableMap<String, List<HostStep>> proven = new TreeMap<>();
        NavigableMap<String, List<HostStep>> supposed = new TreeMap<>();
        written.forEach((host, entries) -> {
            List<HostStep> sure = new ArrayList<>(back(entries, LineOrder::steps));
            List<HostStep> unsure = new ArrayList<>();
            if (sure.isEmpty()) {
                back(entries, LineOrder::doubtful)
                        .forEach(step -> (step instanceof NamedStep ? sure : unsure).add(step));
            }
            if (!sure.isEmpty()) {
                proven.put(host, sure);
            }
            Leap.among(entries.stream()
                            .sorted(Comparator.comparing(Entry::event))
                            .toList())
                    .stream()
                    .filter(leap -> othersWentOn(leap, host, written))
                    .forEach(leap -> unsure.add(named(leap, entries)));
            if (!unsure.isEmpty()) {
                supposed.put(host, unsure);
            }
        });
        return new ClockSteps(cluster, proven, supposed, written, new TreeSet<>());
    }

    /** Whether another host's Patroni tells of the time of the silence, in which it would have seen that the host was gone. */
    private static boolean othersWentOn(Leap leap, String host, Map<String, List<Entry>> written) {
        return written.entrySet().stream()
                .filter(other -> !other.getKey().equals(host))
                .flatMap(other -> other.getValue().stream())
                .anyMatch(entry -> entry.from(Component.PATRONI)
                        && entry.at().isAfter(leap.before().at())
                        && entry.at().isBefore(leap.after().at()));
    }

    /** Patroni's lines show that there was a step; where it is among those of others, they show themselves. */
    private static List<HostStep> back(List<Entry> ofHost, Function<LineOrder, List<LineOrder.Jump>> shown) {
        List<BackStep> steps = new ArrayList<>();
        ofHost.stream()
                .filter(entry -> entry.from(Component.PATRONI))
                .collect(groupingBy(entry -> Sequence.Place.of(entry.event()), TreeMap::new, toList()))
                .forEach((place, lines) -> shown.apply(new LineOrder(lines))
                        .forEach(jump -> stepOf(jump, steps).add(jump)));
        if (!steps.isEmpty()) {
            ofHost.stream()
                    .collect(groupingBy(entry -> Sequence.of(entry.event()), TreeMap::new, toList()))
                    .forEach((sequence, lines) -> steps.forEach(step -> step.look(sequence, lines)));
        }
        return steps.stream().map(step -> named(step, ofHost)).toList();
    }

    private static HostStep named(HostStep step, List<Entry> ofHost) {
        return NamedStep.of(step, ofHost).orElse(step);
    }

    /** The step that {@code jump} is a sign of: one that another precision or source shows, or a new one. */
    private static BackStep stepOf(LineOrder.Jump jump, List<BackStep> steps) {
        return steps.stream().filter(step -> step.mayBe(jump)).findFirst().orElseGet(() -> {
            BackStep step = new BackStep();
            steps.add(step);
            return step;
        });
    }

    /** The hosts whose clocks were put back or forward. */
    Set<String> hosts() {
        return byHost.keySet();
    }

    /** The same, with the times of {@code host} on the scale of those before its first step. */
    ClockSteps movingAfter(String host) {
        NavigableSet<String> moved = new TreeSet<>(movedAfter);
        moved.add(host);
        return new ClockSteps(cluster, byHost, supposed, written, moved);
    }

    /** The same with one more step each, that nothing proves but what it explains. */
    List<ClockSteps> supposing() {
        List<ClockSteps> more = new ArrayList<>();
        supposed.forEach((host, steps) -> steps.forEach(step -> {
            ClockSteps with = with(host, step);
            more.add(with);
            if (!movedAfter.contains(host)) {
                more.add(with.movingAfter(host));
            }
        }));
        return more.stream()
                .flatMap(steps -> Stream.concat(Stream.of(steps), steps.resized().stream()))
                .toList();
    }

    /** The same with the size of one step each as it would let hosts that were last heard at the same time end together. */
    List<ClockSteps> resized() {
        List<ClockSteps> others = new ArrayList<>();
        byHost.forEach((host, steps) -> steps.forEach(step -> sizes(host, step).forEach(size -> {
            NavigableMap<String, List<HostStep>> resized = new TreeMap<>(byHost);
            resized.put(
                    host,
                    steps.stream()
                            .map(known -> known == step ? new SizedStep(step, size) : known)
                            .toList());
            others.add(new ClockSteps(cluster, resized, supposed, written, movedAfter));
        })));
        return others;
    }

    private List<Duration> sizes(String host, HostStep step) {
        if (step instanceof JudgedStep) {
            return List.of();
        }
        Optional<Instant> own = written.getOrDefault(host, List.of()).stream()
                .map(entry -> step.sideOf(entry.event()) == HostStep.Side.AFTER
                        ? entry.at().plus(step.shift())
                        : entry.at())
                .max(Comparator.naturalOrder());
        Optional<Instant> others = written.entrySet().stream()
                .filter(other -> !other.getKey().equals(host))
                .flatMap(other -> other.getValue().stream())
                .map(Entry::at)
                .max(Comparator.naturalOrder());
        return own
                .flatMap(end -> others.map(othersEnd -> Duration.between(end, othersEnd)))
                .map(later -> step.direction() == ClockStep.Direction.BACK ? later : later.negated())
                .map(step.by()::plus)
                .filter(step::allows)
                .stream()
                .toList();
    }

    private ClockSteps with(String host, HostStep step) {
        NavigableMap<String, List<HostStep>> more = new TreeMap<>(byHost);
        List<HostStep> ofHost = new ArrayList<>(byHost.getOrDefault(host, List.of()));
        ofHost.add(step);
        more.put(host, ofHost);
        NavigableMap<String, List<HostStep>> fewer = new TreeMap<>(supposed);
        fewer.computeIfPresent(
                host,
                (name, steps) -> steps.stream().filter(other -> other != step).toList());
        return new ClockSteps(cluster, more, fewer, written, movedAfter);
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

    /** {@code events}, as they would have been stamped had their hosts' clocks made no step. */
    List<Scaled> onOneScale(Collection<ClusterEvent> events) {
        Set<Origin> turns = events.stream()
                .filter(event -> event.isAtTurn() && isStepped(event))
                .map(ClusterEvent::origin)
                .collect(Collectors.toSet());
        return events.stream()
                .filter(event ->
                        isStepped(event) ? event.isAtTurn() || !turns.contains(event.origin()) : !event.isAtTurn())
                .map(event -> onOneScale(event.counting()))
                .toList();
    }

    private boolean isStepped(ClusterEvent event) {
        return event.host().filter(byHost::containsKey).isPresent();
    }

    /** {@code event}, as it would have been stamped had its host's clock made no step. */
    private Scaled onOneScale(ClusterEvent event) {
        Optional<String> host = event.host().filter(byHost::containsKey);
        if (host.isEmpty()) {
            return Scaled.asWritten(event);
        }
        boolean movesAfter = movedAfter.contains(host.get());
        Duration by = Duration.ZERO;
        Duration error = Duration.ZERO;
        boolean isMoved = false;
        for (HostStep step : byHost.getOrDefault(host.get(), List.of())) {
            HostStep.Side side = step.sideOf(event);
            if (side == HostStep.Side.UNKNOWN) {
                error = error.plus(step.atMost());
                isMoved = true;
            } else if ((side == HostStep.Side.AFTER) == movesAfter) {
                by = by.plus(step.shift());
                error = error.plus(step.error());
                isMoved = true;
            }
        }
        return isMoved
                ? new Scaled(
                        event.stampedAt(event.at().plus(movesAfter ? by : by.negated())),
                        Optional.of(new ClockCorrection(event.at(), error)))
                : Scaled.asWritten(event);
    }
}
