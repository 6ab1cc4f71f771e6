package io.failovertimeline.decode.state;

import io.failovertimeline.model.StateKind;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a state command printed, read by its header.
 *
 * @param kind which command
 * @param cluster the scope that it names; empty if it names none or several
 * @param rows in the order in which they were printed
 */
public record StateDump(StateKind kind, Optional<String> cluster, List<Row> rows) {

    public StateDump {
        rows = List.copyOf(rows);
    }

    /**
     * One line of a table, one object of a list, one key of the DCS.
     *
     * @param line which line of the dump it begins on, from 0
     * @param fields by column in lower case, words joined by underscores; empty cells are left out
     */
    public record Row(int line, SortedMap<String, String> fields) {

        public Row {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }

        /** The cell of a column; empty if it is, or there is no such column. */
        public Optional<String> field(String name) {
            return Optional.ofNullable(fields.get(name));
        }
    }

    /** The dump with the cluster that its rows name, if that is one. */
    static StateDump of(StateKind kind, List<Row> rows) {
        List<String> clusters = rows.stream()
                .flatMap(row -> row.field("cluster").stream())
                .distinct()
                .toList();
        return new StateDump(kind, clusters.size() == 1 ? Optional.of(clusters.get(0)) : Optional.empty(), rows);
    }
}
