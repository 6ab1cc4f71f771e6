package io.failovertimeline.decode.state;

import java.util.List;
import java.util.Optional;
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
        return FieldLines.read(lines, this::begins, ExpandedTable::field);
    }

    private static Optional<FieldLines.Field> field(String line) {
        Matcher field = FIELD.matcher(line);
        return field.matches() ? Optional.of(new FieldLines.Field(field.group(1), field.group(2))) : Optional.empty();
    }
}
