package io.failovertimeline.decode.state;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A table of psql, aligned or, in a copy, with its blanks collapsed: names, a rule, rows, {@code (1 row)}. */
final class PsqlTable implements DumpFormat {

    private static final Pattern HEADER = Pattern.compile("[a-z0-9_ ?|]+");
    private static final Pattern RULE = Pattern.compile("\\s*-+(?:\\+-+)*\\s*");
    private static final Pattern COUNT = Pattern.compile("\\(\\d+ rows?\\)\\s*");
    private static final String IN_RECOVERY = "pg_is_in_recovery";

    @Override
    public boolean begins(String line) {
        return HEADER.matcher(line).matches()
                && (line.indexOf('|') >= 0 || line.strip().equals(IN_RECOVERY))
                && Columns.kind(Columns.names(cells(line))).isPresent();
    }

    @Override
    public Extent extent(String first) {
        boolean single = first.indexOf('|') < 0;
        return new Extent() {
            private boolean ended;
            private boolean ruled;

            @Override
            public boolean takes(String line) {
                boolean isRule = RULE.matcher(line).matches();
                boolean isCount = COUNT.matcher(line).matches();
                boolean isRow = single ? line.strip().matches("[tf]") : line.indexOf('|') >= 0;
                boolean belongs = !ended && (isRule ? !ruled : isRow || isCount);
                ruled |= isRule;
                ended = !belongs || isCount;
                return belongs;
            }
        };
    }

    @Override
    public List<String> head(List<String> lines) {
        return List.copyOf(lines.subList(0, Math.min(2, lines.size())));
    }

    /** Prose may have the words of a header; a rule or a count of rows below it has none. */
    @Override
    public Optional<StateDump> read(List<String> lines) {
        boolean isTable = lines.stream()
                .skip(1)
                .anyMatch(line ->
                        RULE.matcher(line).matches() || COUNT.matcher(line).matches());
        return isTable ? Grid.under(cells(lines.get(0))).map(table -> read(lines, table)) : Optional.empty();
    }

    private static StateDump read(List<String> lines, Grid table) {
        boolean goesOn = false;
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (RULE.matcher(line).matches() || COUNT.matcher(line).matches()) {
                continue;
            }
            List<String> cells =
                    cells(line).stream().map(PsqlTable::withoutBreak).toList();
            if (goesOn) {
                table.goOn(cells);
            } else {
                table.add(i, cells);
            }
            goesOn = cells(line).stream().anyMatch(cell -> !withoutBreak(cell).equals(cell));
        }
        return StateDump.of(table.kind(), table.rows());
    }

    /** Where a value holds a line feed, psql ends the cell with a plus and goes on below. */
    private static String withoutBreak(String cell) {
        return cell.endsWith("+") ? cell.substring(0, cell.length() - 1) : cell;
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\\|", -1));
    }
}
