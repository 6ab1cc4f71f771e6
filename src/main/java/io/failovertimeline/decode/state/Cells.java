package io.failovertimeline.decode.state;

import io.failovertimeline.decode.state.StateDump.Row;
import io.failovertimeline.model.Lsn;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Cells as fields of a row. */
final class Cells {

    private static final Pattern BRANCH = Pattern.compile("\\+ +");
    private static final Pattern POSITION = Pattern.compile("\\d{1,19}");

    private Cells() {}

    static Row row(int line, List<String> names, List<String> cells) {
        TreeMap<String, String> fields = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            put(fields, names.get(i), cells.get(i));
        }
        return new Row(line, fields);
    }

    /** Sets what a cell says, an empty one nothing; a decimal WAL position also as PostgreSQL writes it. */
    static void put(SortedMap<String, String> fields, String name, String cell) {
        String text = cell.strip();
        if (text.isEmpty() || name.isEmpty()) {
            return;
        }
        boolean inTree = name.equals("member") && text.startsWith("+ "); // patronictl topology
        fields.put(name, inTree ? BRANCH.matcher(text).replaceFirst("") : text);
        boolean isPosition = name.endsWith("lsn") || name.endsWith("location") || name.equals("optime");
        if (isPosition && POSITION.matcher(text).matches()) {
            fields.put(name + "_hex", new Lsn(Long.parseUnsignedLong(text)).toString());
        }
    }
}
