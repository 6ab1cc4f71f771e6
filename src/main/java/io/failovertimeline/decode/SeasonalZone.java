package io.failovertimeline.decode;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the zone of a clock that was put forward or back within the input. */
final class SeasonalZone {

    /** Names that say no more than the two offsets and when they change. */
    private static final List<String> PLAIN = List.of("WET", "CET", "EET", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT");

    private SeasonalZone() {}

    /**
     * A region whose clocks show these offsets at these instants.
     *
     * @return empty if there is none, or if regions fit that do not change at the same instants between the first and the last
     */
    static Optional<ZoneId> showing(NavigableMap<Instant, ZoneOffset> offsets) {
        Map<List<ZoneOffsetTransition>, List<String>> fitting = new HashMap<>();
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneRules rules = ZoneId.of(id).getRules();
            if (offsets.entrySet().stream()
                    .allMatch(shown -> rules.getOffset(shown.getKey()).equals(shown.getValue()))) {
                fitting.computeIfAbsent(
                                changes(rules, offsets.firstKey(), offsets.lastKey()), unused -> new ArrayList<>())
                        .add(id);
            }
        }
        return fitting.size() == 1
                ? fitting.values().iterator().next().stream()
                        .min(Comparator.comparing((String id) -> !PLAIN.contains(id))
                                .thenComparing(Comparator.naturalOrder()))
                        .map(ZoneId::of)
                : Optional.empty();
    }

    private static List<ZoneOffsetTransition> changes(ZoneRules rules, Instant from, Instant to) {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(from);
        while (next != null && !next.getInstant().isAfter(to)) {
            changes.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        return changes;
    }

    /** {@code clues} by the instants they tell of; of clues that contradict each other at one, the surer counts. */
    static NavigableMap<Instant, ZoneOffset> offsets(List<ZoneClue> clues) {
        TreeMap<Instant, ZoneOffset> offsets = new TreeMap<>();
        clues.stream().sorted().forEach(clue -> clue.moments().forEach(at -> offsets.putIfAbsent(at, clue.offset())));
        return offsets;
    }
}
