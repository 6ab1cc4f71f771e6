package io.failovertimeline.correlate;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What all bounds together say of any two clocks. Bounds add up along a chain of clocks, so the tightest is a shortest path; a chain
 * back to the same clock that is shorter than nothing is a contradiction, and the less sure of the bounds in it is left out.
 */
final class ClockBounds {

    private final NavigableSet<Clock> clocks = new TreeSet<>();
    private final Map<Between, Limit> limits = new HashMap<>();

    private record Between(Clock earlier, Clock later) {}

    /**
     * The tightest limit of a difference.
     *
     * @param most the difference is at most this
     * @param usual how much of that is usually not used up
     */
    record Limit(Duration most, Duration usual) {
        Limit plus(Limit other) {
            return new Limit(most.plus(other.most), usual.plus(other.usual));
        }

        boolean isTighterThan(Limit other) {
            int difference = most.compareTo(other.most);
            return difference < 0 || (difference == 0 && usual.compareTo(other.usual) < 0);
        }
    }

    ClockBounds(Collection<ClockBound> bounds) {
        new TreeSet<>(bounds).forEach(this::add);
    }

    /** All clocks that a bound is known of. */
    NavigableSet<Clock> clocks() {
        return clocks;
    }

    /** The most that {@code later} can be ahead of {@code earlier}; empty if nothing limits it. */
    Optional<Limit> limit(Clock earlier, Clock later) {
        return earlier.equals(later)
                ? Optional.of(new Limit(Duration.ZERO, Duration.ZERO))
                : Optional.ofNullable(limits.get(new Between(earlier, later)));
    }

    private void add(ClockBound bound) {
        Limit limit = new Limit(bound.most(), bound.proof().usual());
        boolean contradicts = limit(bound.later(), bound.earlier())
                .filter(back -> back.plus(limit).most().isNegative())
                .isPresent();
        boolean saysMore = limit(bound.earlier(), bound.later())
                .filter(known -> !limit.isTighterThan(known))
                .isEmpty();
        clocks.add(bound.earlier());
        clocks.add(bound.later());
        if (contradicts || !saysMore) {
            return;
        }
        for (Clock from : clocks) {
            for (Clock to : clocks) {
                limit(from, bound.earlier())
                        .map(limit::plus)
                        .flatMap(there -> limit(bound.later(), to).map(there::plus))
                        .filter(path -> limit(from, to).map(path::isTighterThan).orElse(true))
                        .ifPresent(path -> limits.put(new Between(from, to), path));
            }
        }
    }
}
