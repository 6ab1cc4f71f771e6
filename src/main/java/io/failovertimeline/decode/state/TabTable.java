package io.failovertimeline.decode.state;

import java.util.List;
import java.util.Optional;

/** A table of {@code patronictl -f tsv}. */
final class TabTable implements DumpFormat {

    @Override
    public boolean begins(String line) {
        return line.indexOf('\t') > 0 && Grid.under(cells(line)).isPresent();
    }

    @Override
    public Extent extent(String first) {
        return line -> line.indexOf('\t') >= 0;
    }

    @Override
    public List<String> head(List<String> lines) {
        return List.copyOf(lines.subList(0, 1));
    }

    @Override
    public Optional<StateDump> read(List<String> lines) {
        return Grid.under(cells(lines.get(0))).map(table -> {
            for (int i = 1; i < lines.size(); i++) {
                table.add(i, cells(lines.get(i)));
            }
            return StateDump.of(table.kind(), table.rows());
        });
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1));
    }
}
