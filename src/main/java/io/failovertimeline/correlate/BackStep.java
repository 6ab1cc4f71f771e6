package io.failovertimeline.correlate;

import io.failovertimeline.model.ClockStep;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Component;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A clock that was put back: lines of one program in one source whose times go back, and all that shows the same step. */
final class BackStep implements HostStep {

    /** The finest unit that a step is told in. */
    private static final Duration A_BIT = Duration.ofMillis(1);

    /** Lines of one program are in order but for this. */
    private static final Duration JITTER = Duration.ofMillis(100);

    /** Who starts says so within this time. */
    static final Duration SETTLING = Duration.ofSeconds(3);

    private final NavigableMap<Sequence, LineOrder.Jump> jumps = new TreeMap<>();
    /** What has lines both above and below, though none that go back. */
    private final Set<Sequence> straddling = new TreeSet<>();

    private boolean isAcrossStart;

    /** Whether {@code jump} may be a sign of this step: one that another precision or source shows. */
    boolean mayBe(LineOrder.Jump jump) {
        return !jumps.containsKey(Sequence.of(jump.after().event())) && all().allMatch(known -> known.overlaps(jump));
    }

    void add(LineOrder.Jump jump) {
        jumps.put(Sequence.of(jump.after().event()), jump);
    }

    /** Looks where the step is among {@code lines} of {@code sequence}. */
    void look(Sequence sequence, List<Entry> lines) {
        List<Entry> inOrder = lines.stream().sorted(LineOrder.BY_PLACE).toList();
        List<LineOrder.Jump> back =
                LineOrder.jumps(inOrder, JITTER).stream().filter(this::mayBe).toList();
        if (back.size() == 1) {
            add(back.get(0));
        }
        isAcrossStart |= Optional.ofNullable(jumps.get(sequence)).stream()
                .flatMap(jump -> inOrder.stream().filter(entry -> isSoonBelow(entry, jump)))
                .anyMatch(Signs::ofStart);
        // Where each unit's lines were gathered one after the other, their places tell nothing of the others'.
        firstAfter(sequence.place())
                .filter(first -> LineOrder.position(inOrder.get(0)) < first
                        && LineOrder.position(inOrder.get(inOrder.size() - 1)) >= first)
                .ifPresent(first -> straddling.add(sequence));
    }

    private static boolean isSoonBelow(Entry entry, LineOrder.Jump jump) {
        return LineOrder.position(entry) >= LineOrder.position(jump.after())
                && entry.at().isBefore(jump.after().at().plus(SETTLING));
    }

    private Optional<Long> firstAfter(Sequence.Place place) {
        return jumps.entrySet().stream()
                .filter(known -> known.getKey().place().equals(place))
                .map(known -> LineOrder.position(known.getValue().after()))
                .min(Comparator.naturalOrder());
    }

    @Override
    public Side sideOf(ClusterEvent event) {
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

    @Override
    public ClockStep.Direction direction() {
        return ClockStep.Direction.BACK;
    }

    /** The least that puts the lines of each precision in order. */
    @Override
    public Duration by() {
        return all().map(LineOrder.Jump::back)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plus(A_BIT);
    }

    /** Patroni makes no long pauses between its lines, nor do others between theirs who write to the same place. */
    @Override
    public Duration atMost() {
        Duration most = all().filter(jump -> jump.after().from(Component.PATRONI))
                .map(jump -> jump.back()
                        .plus(Runs.LONGEST_PAUSE.multipliedBy(jump.distance()))
                        .plus(jump.precision().unit()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return most.compareTo(by()) > 0 ? most : by();
    }

    /** How long it takes to start anew is not known, as Patroni's pauses are. */
    @Override
    public boolean allows(Duration size) {
        return size.compareTo(by()) >= 0 && (size.compareTo(atMost()) <= 0 || isAcrossStart);
    }

    @Override
    public Entry before() {
        return proof().before();
    }

    @Override
    public Entry after() {
        return proof().after();
    }

    private LineOrder.Jump proof() {
        return all().min(Comparator.comparing(LineOrder.Jump::precision)
                        .thenComparing(LineOrder.Jump::distance)
                        .thenComparing(jump -> jump.after().event()))
                .orElseThrow();
    }
}
