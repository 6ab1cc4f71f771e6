package io.failovertimeline.decode.load;

import io.failovertimeline.decode.SourceGlob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The user's word on load results.
 *
 * @param starts when the runs began whose files hold offsets only, by a path or a glob as in {@link SourceGlob}
 * @param endpoints names for endpoints
 */
public record GivenLoads(SortedMap<String, Timestamp> starts, EndpointPatterns endpoints) {

    /** Nothing is given. */
    public static final GivenLoads NONE = new GivenLoads(new TreeMap<>(), EndpointPatterns.NONE);

    /**
     * Reads {@code hey.csv=2023-12-10T13:19:54.575Z}.
     *
     * @throws IllegalArgumentException if some are no such pairs; the message names each
     */
    public static GivenLoads parse(Collection<String> starts, EndpointPatterns endpoints) {
        List<String> problems = new ArrayList<>();
        TreeMap<String, Timestamp> byName = new TreeMap<>();
        for (String text : starts) {
            int end = text.lastIndexOf('=');
            Optional<Timestamp> start =
                    Timestamp.rfc3339(text.substring(end + 1).strip());
            if (end <= 0) {
                problems.add("'" + text + "' names no file before a =");
            } else if (start.isEmpty()) {
                problems.add("'" + text.substring(end + 1) + "' is no time such as 2023-12-10T13:19:54.575Z");
            } else {
                byName.put(text.substring(0, end).strip(), start.get());
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new GivenLoads(byName, endpoints);
    }

    /** The name by which a start is given for the source at {@code path}. */
    public Optional<String> nameFor(String path) {
        return SourceGlob.of(starts.keySet(), path);
    }

    /** When the run in the source at {@code path} began. */
    public Optional<Timestamp> startOf(String path) {
        return nameFor(path).flatMap(name -> Optional.ofNullable(starts.get(name)));
    }
}
