package io.failovertimeline.decode.state;

import io.failovertimeline.decode.state.StateDump.Row;
import io.failovertimeline.model.StateKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A header and rows of as many cells, being gathered. Rows of another width are left out. */
final class Grid {

    private final List<String> names;
    private final StateKind kind;
    private final List<Line> lines = new ArrayList<>();

    private record Line(int number, List<String> cells) {}

    private Grid(List<String> names, StateKind kind) {
        this.names = names;
        this.kind = kind;
    }

    /** An empty table with this header; empty if it is no known table's. */
    static Optional<Grid> under(List<String> header) {
        List<String> names = Columns.names(header);
        return Columns.kind(names).map(kind -> new Grid(names, kind));
    }

    StateKind kind() {
        return kind;
    }

    /** Takes a row. */
    void add(int number, List<String> cells) {
        if (cells.size() == names.size()) {
            lines.add(new Line(number, new ArrayList<>(cells)));
        }
    }

    /** Takes the rest of cells that take more than one line. */
    void goOn(List<String> cells) {
        if (!lines.isEmpty() && cells.size() == names.size()) {
            List<String> begun = lines.get(lines.size() - 1).cells();
            for (int i = 0; i < cells.size(); i++) {
                begun.set(i, (begun.get(i).strip() + " " + cells.get(i).strip()).strip());
            }
        }
    }

    List<Row> rows() {
        return lines.stream()
                .map(line -> Cells.row(line.number(), names, line.cells()))
                .toList();
    }
}
