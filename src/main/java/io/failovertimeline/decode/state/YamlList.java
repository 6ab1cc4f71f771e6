package io.failovertimeline.decode.state;

import io.failovertimeline.decode.state.StateDump.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list of {@code patronictl -f yaml}: plain values one level deep; what is nested in them is left out. */
final class YamlList implements DumpFormat {

    private static final Pattern FIRST = Pattern.compile("- (?:Cluster|Group|Host|LSN|Member|TL): .*");
    private static final Pattern FIELD = Pattern.compile("[- ] ([A-Z][A-Za-z ]*):(?: +(.*))?");

    @Override
    public boolean begins(String line) {
        return FIRST.matcher(line).matches();
    }

    @Override
    public Extent extent(String first) {
        return line -> FIRST.matcher(line).matches() || line.startsWith("  ");
    }

    @Override
    public Optional<StateDump> read(List<String> lines) {
        List<Row> rows = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        TreeMap<String, String> fields = new TreeMap<>();
        int begin = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0 && lines.get(i).startsWith("- ")) {
                rows.add(new Row(begin, fields));
                fields.clear();
                begin = i;
            }
            Matcher field = FIELD.matcher(lines.get(i));
            if (field.matches()) {
                String name = Columns.name(field.group(1));
                names.add(name);
                Cells.put(
                        fields,
                        name,
                        unquoted(Optional.ofNullable(field.group(2)).orElse("")));
            }
        }
        rows.add(new Row(begin, fields));
        return Columns.kind(names).map(kind -> StateDump.of(kind, rows));
    }

    private static String unquoted(String value) {
        String text = value.strip();
        boolean quoted = text.length() > 1
                && "'\"".indexOf(text.charAt(0)) >= 0
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
