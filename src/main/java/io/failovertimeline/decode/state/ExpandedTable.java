package io.failovertimeline.decode.state;

import io.failovertimeline.decode.state.StateDump.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows of psql's {@code \x}: {@code -[ RECORD 1 ]---}, then {@code name | value} a line. */
final class ExpandedTable implements DumpFormat {

    private static final Pattern RECORD = Pattern.compile("\\s*-\\[ RECORD \\d+ \\].*");
    private static final Pattern FIELD = Pattern.compile("\\s*([a-z_][a-z0-9_]*) *\\|(.*)");

    @Override
    public boolean begins(String line) {
        return RECORD.matcher(line).matches();
    }

    @Override
    public Extent extent(String first) {
        return line -> RECORD.matcher(line).matches() || FIELD.matcher(line).matches();
    }

    @Override
    public Optional<StateDump> read(List<String> lines) {
        List<Row> rows = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        TreeMap<String, String> fields = new TreeMap<>();
        int begin = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (RECORD.matcher(lines.get(i)).matches()) {
                if (i > 0) {
                    rows.add(new Row(begin, fields));
                }
                fields.clear();
                begin = i;
            }
            Matcher field = FIELD.matcher(lines.get(i));
            if (field.matches()) {
                names.add(field.group(1));
                Cells.put(fields, field.group(1), field.group(2));
            }
        }
        rows.add(new Row(begin, fields));
        return Columns.kind(names).map(kind -> StateDump.of(kind, rows));
    }
}
