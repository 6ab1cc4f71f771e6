package io.failovertimeline.decode.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Patroni's history as the DCS and {@code GET /history} have it: {@code [[1,55002496,"reason","time","new leader"],…]}. */
final class History {

    private static final List<String> NAMES = List.of("tl", "lsn", "reason", "timestamp", "new_leader");

    private History() {}

    /** The entries under the names of patronictl's columns; empty if {@code json} is no history. */
    static Optional<List<SortedMap<String, String>>> of(JsonNode json) {
        List<SortedMap<String, String>> entries = new ArrayList<>();
        for (JsonNode entry : json) {
            if (!entry.path(0).isIntegralNumber() || !entry.path(1).isIntegralNumber()) {
                return Optional.empty();
            }
            TreeMap<String, String> fields = new TreeMap<>();
            for (int i = 0; i < Math.min(entry.size(), NAMES.size()); i++) {
                Cells.put(fields, NAMES.get(i), entry.path(i).asText(""));
            }
            entries.add(fields);
        }
        return json.isArray() ? Optional.of(entries) : Optional.empty();
    }
}
