package io.failovertimeline.decode.state;

import io.failovertimeline.decode.state.StateDump.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Rows of which each field has a line of its own. */
final class FieldLines {

    /**
     * A field as its line has it.
     *
     * @param name in lower case, words joined by underscores
     */
    record Field(String name, String value) {}

    private FieldLines() {}

    /**
     * The dump in {@code lines}; empty if the names of its fields are those of none.
     *
     * @param beginsRow whether a line, other than the first, begins a row
     * @param field what a line says; empty if it holds no field
     */
    static Optional<StateDump> read(
            List<String> lines, Predicate<String> beginsRow, Function<String, Optional<Field>> field) {
        List<Row> rows = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        TreeMap<String, String> fields = new TreeMap<>();
        int begin = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0 && beginsRow.test(lines.get(i))) {
                rows.add(new Row(begin, fields));
                fields.clear();
                begin = i;
            }
            field.apply(lines.get(i)).ifPresent(found -> {
                names.add(found.name());
                Cells.put(fields, found.name(), found.value());
            });
        }
        rows.add(new Row(begin, fields));
        return Columns.kind(names).map(kind -> StateDump.of(kind, rows));
    }
}
