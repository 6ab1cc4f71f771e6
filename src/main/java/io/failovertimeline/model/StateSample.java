package io.failovertimeline.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a cluster stood by what a state command printed. It has no time of its own, so it proves nothing of when.
 *
 * @param cluster the Patroni scope
 * @param kind which command
 * @param host where it was run, or whose state it is; empty if unknown
 * @param takenAt when it was run, by a line above it; empty if none tells
 * @param rows what was printed, by column or key in lower case, words joined by underscores; empty cells are left out
 * @param origin its first line
 */
public record StateSample(
        String cluster,
        StateKind kind,
        Optional<String> host,
        Optional<Instant> takenAt,
        List<SortedMap<String, String>> rows,
        Origin origin) {

    public StateSample {
        rows = rows.stream()
                .map(row -> Collections.unmodifiableSortedMap(new TreeMap<>(row)))
                .toList();
    }
}
