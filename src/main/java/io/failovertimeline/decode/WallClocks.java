package io.failovertimeline.decode;

import io.failovertimeline.model.Origin;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares, by the clock on the wall, the local times of a source with times in its text that have an offset. A psql session
 * shown beside a log was recorded minutes before or after it; where both show the same time of day, they are in one zone.
 */
final class WallClocks {

    private static final Duration CLOSE = Duration.ofMinutes(15);

    /** In a longer span a time in UTC may come close to local ones by chance. */
    private static final Duration SHORT_SPAN = Duration.ofMinutes(44);

    /** Times kept for each offset, the earliest. */
    private static final int KEPT = 10_000;

    /** A leap year, to compare times without a year. */
    private static final int ANY_YEAR = 2000;

    private final TreeSet<LocalDateTime> dated = new TreeSet<>();
    private final TreeSet<LocalDateTime> yearless = new TreeSet<>();
    private final Map<ZoneOffset, TreeMap<LocalDateTime, Origin>> quoted = new HashMap<>();

    void local(WrittenTime time) {
        if (time.year().isPresent()) {
            time.wall().ifPresent(wall -> widen(dated, wall));
        } else {
            time.wallIn(ANY_YEAR).ifPresent(wall -> widen(yearless, wall));
        }
    }

    void quoted(WrittenTime time, Origin origin) {
        time.wall().ifPresent(wall -> time.offset().ifPresent(offset -> {
            TreeMap<LocalDateTime, Origin> times = quoted.computeIfAbsent(offset, unused -> new TreeMap<>());
            times.merge(wall, origin, (one, other) -> one.compareTo(other) <= 0 ? one : other);
            if (times.size() > KEPT) {
                times.pollLastEntry();
            }
        }));
    }

    private static void widen(SortedSet<LocalDateTime> ends, LocalDateTime wall) {
        if (ends.size() == 2 && wall.isAfter(ends.first()) && wall.isBefore(ends.last())) {
            return;
        }
        ends.add(wall);
        if (ends.size() > 2) {
            LocalDateTime first = ends.first();
            LocalDateTime last = ends.last();
            ends.clear();
            ends.add(first);
            ends.add(last);
        }
    }

    /** The one offset of all times that are close to the local ones; empty if there are none, or several offsets. */
    Optional<ZoneClue> commonOffset() {
        TreeSet<ZoneClue> close = new TreeSet<>();
        TreeSet<ZoneOffset> offsets = new TreeSet<>();
        quoted.forEach((offset, times) -> times.forEach((wall, origin) -> {
            if (isClose(dated, wall, offset) || isClose(yearless, wall.withYear(ANY_YEAR), offset)) {
                offsets.add(offset);
                close.add(new ZoneClue(ZoneClue.Kind.QUOTED, offset, Optional.empty(), List.of(), origin));
            }
        }));
        return offsets.size() == 1 ? Optional.of(close.first()) : Optional.empty();
    }

    private static boolean isClose(SortedSet<LocalDateTime> ends, LocalDateTime wall, ZoneOffset offset) {
        if (ends.isEmpty()) {
            return false;
        }
        boolean isTelling = !offset.equals(ZoneOffset.UTC)
                || Duration.between(ends.first(), ends.last()).compareTo(SHORT_SPAN) < 0;
        return isTelling
                && !wall.isBefore(ends.first().minus(CLOSE))
                && !wall.isAfter(ends.last().plus(CLOSE));
    }
}
