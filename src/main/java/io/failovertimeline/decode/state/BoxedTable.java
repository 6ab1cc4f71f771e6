package io.failovertimeline.decode.state;

import io.failovertimeline.decode.state.StateDump.Row;
import io.failovertimeline.model.StateKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table in a frame of {@code +---+} and {@code | … |}, as patronictl, etcdctl and psql draw it, with blanks collapsed or not. */
final class BoxedTable implements DumpFormat {

    private static final Pattern TITLE = Pattern.compile("\\+ (?:Citus c|C)luster: (\\S+).*");
    private static final Pattern RULE = Pattern.compile("[-+|:= ]*-[-+|:= ]*");
    private static final Pattern FOOTER =
            Pattern.compile("\\s+(Maintenance mode|(?:Switchover|Failover) scheduled at|from|to): *(\\S.*)");

    @Override
    public boolean begins(String line) {
        String text = line.strip();
        return TITLE.matcher(text).matches()
                || text.startsWith("+--")
                || (text.startsWith("|")
                        && Columns.kind(Columns.names(cells(text))).isPresent());
    }

    @Override
    public Extent extent(String first) {
        return new Extent() {
            private boolean afterRule = isRule(first);
            private boolean isOfMembers = mayHaveFooters(first);

            @Override
            public boolean takes(String line) {
                boolean isRule = isRule(line);
                String text = line.strip();
                isOfMembers = isOfMembers || mayHaveFooters(line);
                boolean isFooter = isOfMembers && FOOTER.matcher(line).matches();
                boolean belongs = (text.startsWith("|") || text.startsWith("+") || isFooter)
                        && !TITLE.matcher(text).matches()
                        && !(isRule && afterRule);
                afterRule = isRule;
                return belongs;
            }
        };
    }

    /** Whether {@code line} is the title of patronictl's tables, or the header of its list, which stands alone before 2.0. */
    private static boolean mayHaveFooters(String line) {
        String text = line.strip();
        return text.startsWith("+ ")
                || (text.startsWith("|")
                        && Columns.kind(Columns.names(cells(text))).stream()
                                .anyMatch(StateKind.PATRONICTL_LIST::equals));
    }

    private static boolean isRule(String line) {
        return RULE.matcher(line).matches();
    }

    @Override
    public List<String> head(List<String> lines) {
        int header = 0;
        while (header < lines.size() && !lines.get(header).strip().startsWith("|")) {
            header++;
        }
        return List.copyOf(lines.subList(0, Math.min(header + 1, lines.size())));
    }

    @Override
    public Optional<StateDump> read(List<String> lines) {
        Optional<String> cluster = Optional.empty();
        Optional<Grid> table = Optional.empty();
        TreeMap<Integer, Row> footers = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Matcher title = TITLE.matcher(line);
            if (title.matches()) {
                cluster = Optional.of(title.group(1));
            } else if (line.startsWith("|") && !isRule(line)) {
                List<String> cells = cells(line);
                if (table.isEmpty()) {
                    table = Grid.under(cells);
                    if (table.isEmpty()) {
                        return Optional.empty();
                    }
                } else {
                    add(table.get(), i, cells);
                }
            } else {
                footer(lines.get(i), i).ifPresent(row -> footers.put(row.line(), row));
            }
        }
        Optional<String> named = cluster;
        return table.map(grid -> {
            List<Row> rows = new ArrayList<>(grid.rows());
            rows.addAll(footers.values());
            StateDump dump = StateDump.of(grid.kind(), rows);
            return new StateDump(dump.kind(), named.or(dump::cluster), rows);
        });
    }

    private static void add(Grid table, int line, List<String> cells) {
        // only patronictl breaks cells, and their first line is in the first column
        boolean goesOn = table.kind() == StateKind.PATRONICTL_LIST
                && cells.stream().limit(2).allMatch(String::isBlank);
        if (goesOn) {
            table.goOn(cells);
        } else {
            table.add(line, cells);
        }
    }

    private static Optional<Row> footer(String line, int number) {
        Matcher footer = FOOTER.matcher(line);
        if (!footer.matches()) {
            return Optional.empty();
        }
        TreeMap<String, String> fields = new TreeMap<>();
        Cells.put(fields, Columns.name(footer.group(1)), footer.group(2));
        return Optional.of(new Row(number, fields));
    }

    private static List<String> cells(String line) {
        String inside = line.substring(1);
        return List.of((inside.endsWith("|") ? inside.substring(0, inside.length() - 1) : inside).split("\\|", -1));
    }
}
