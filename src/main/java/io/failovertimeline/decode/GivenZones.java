package io.failovertimeline.decode;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The user's word on the zones of local times, against which nothing counts.
 *
 * @param general for all that no other names; empty if the input is to tell
 * @param byName for a host, by its name, or for a source, by its path or a glob that matches it: {@code *} stands for any
 *     characters, {@code ?} for one
 */
public record GivenZones(Optional<ZoneId> general, SortedMap<String, ZoneId> byName) {

    /** Nothing is given: the input is to tell. */
    public static final GivenZones NONE = new GivenZones(Optional.empty(), new TreeMap<>());

    /** {@code zone} for all. */
    public static GivenZones of(ZoneId zone) {
        return new GivenZones(Optional.of(zone), new TreeMap<>());
    }

    /**
     * Reads {@code Europe/Moscow}, for all, and {@code db1=+03:00}, for a host or a source.
     *
     * @throws IllegalArgumentException if some are no zones, or two contradict each other; the message names each
     */
    public static GivenZones parse(Collection<String> texts) {
        List<String> problems = new ArrayList<>();
        TreeMap<String, ZoneId> byName = new TreeMap<>();
        for (String text : texts) {
            int end = text.lastIndexOf('=');
            String name = end < 0 ? "" : text.substring(0, end).strip();
            if (end == 0) {
                problems.add("'" + text + "' names no host before its =");
                continue;
            }
            zone(text.substring(end + 1).strip(), problems).ifPresent(zone -> {
                ZoneId other = byName.put(name, zone);
                if (other != null && !other.equals(zone)) {
                    problems.add((name.isEmpty() ? "" : name + " has ") + "two zones, " + other + " and " + zone);
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Optional<ZoneId> general = Optional.ofNullable(byName.remove(""));
        return new GivenZones(general, byName);
    }

    private static Optional<ZoneId> zone(String text, List<String> problems) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException unknown) {
            problems.add("'" + text + "' is no zone; give a region such as Europe/Moscow or an offset such as +03:00");
            return Optional.empty();
        }
    }

    /** The name by which a zone is given for the source at {@code path}; of several that match, the longest. */
    Optional<String> nameFor(String path) {
        return SourceGlob.of(byName.keySet(), path);
    }

    /** The zone given for the source at {@code path}. */
    public Optional<ZoneId> ofSource(String path) {
        return nameFor(path).flatMap(name -> Optional.ofNullable(byName.get(name)));
    }
}
