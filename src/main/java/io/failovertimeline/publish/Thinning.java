package io.failovertimeline.publish;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Seconds of one plot, so few that they can be drawn: of every span of time those with the fewest and the most requests, the most failures,
 * and the slowest request. Each is a second as it was; nothing is averaged. A second without requests may be among them.
 *
 * @param kept in their order
 * @param everySeconds length of the spans
 * @param everySecondsNear length of the spans that are of more interest
 */
record Thinning(List<LoadSecond> kept, long everySeconds, long everySecondsNear) {

    static final int MOST_PLOTS = 40;

    private static final long LONGEST = 604_800;

    private static final List<Long> LENGTHS =
            List.of(1L, 5L, 10L, 30L, 60L, 300L, 900L, 3_600L, 14_400L, 86_400L, LONGEST);

    /** At most about {@code points} of {@code seconds}, which are in order; empty if they are no more than that. */
    static Optional<Thinning> of(List<LoadSecond> seconds, Predicate<LoadSecond> isNear, int points) {
        if (seconds.size() <= points) {
            return Optional.empty();
        }
        List<LoadSecond> all = withPauses(seconds);
        Optional<Thinning> allNear = LENGTHS.stream()
                .map(far -> new Thinning(kept(all, isNear, 1, far), far, 1))
                .filter(thinning -> thinning.kept.size() <= points)
                .findFirst();
        return allNear.or(() -> LENGTHS.stream()
                .map(length -> new Thinning(kept(all, isNear, length, length), length, length))
                .filter(thinning -> thinning.kept.size() <= points || thinning.everySeconds == LONGEST)
                .findFirst());
    }

    private static List<LoadSecond> withPauses(List<LoadSecond> seconds) {
        List<LoadSecond> all = new ArrayList<>();
        for (LoadSecond second : seconds) {
            if (!all.isEmpty()) {
                Instant next = all.get(all.size() - 1).second().plusSeconds(1);
                if (next.isBefore(second.second())) {
                    all.add(new LoadSecond(
                            second.plot(),
                            next,
                            0,
                            0,
                            Collections.emptySortedMap(),
                            Optional.empty(),
                            Optional.empty(),
                            0));
                }
            }
            all.add(second);
        }
        return all;
    }

    private static List<LoadSecond> kept(List<LoadSecond> all, Predicate<LoadSecond> isNear, long near, long far) {
        TreeMap<Long, List<LoadSecond>> spans = new TreeMap<>();
        for (LoadSecond second : all) {
            long at = second.second().getEpochSecond();
            long length = isNear.test(second) ? near : far;
            // What is near and what is not may be in spans that begin at the same second.
            long span = Math.floorDiv(at, length) * length * 2 + (length == near ? 0 : 1);
            spans.computeIfAbsent(span, none -> new ArrayList<>()).add(second);
        }
        List<LoadSecond> kept = new ArrayList<>();
        spans.values().forEach(span -> kept.addAll(extremes(span)));
        kept.sort(Comparator.comparing(LoadSecond::second));
        return kept;
    }

    private static NavigableSet<LoadSecond> extremes(List<LoadSecond> span) {
        NavigableSet<LoadSecond> extremes = new TreeSet<>(Comparator.comparing(LoadSecond::second));
        extremes.add(Collections.min(span, Comparator.comparing(LoadSecond::requests)));
        extremes.add(Collections.max(span, Comparator.comparing(LoadSecond::requests)));
        extremes.add(Collections.max(span, Comparator.comparing(LoadSecond::failed)));
        extremes.add(Collections.max(span, Comparator.comparing(LoadSecond::slowest)));
        return extremes;
    }
}
