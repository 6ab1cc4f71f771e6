package io.failovertimeline.decode.state;

import java.util.List;
import java.util.Optional;
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
        return FieldLines.read(lines, line -> line.startsWith("- "), YamlList::field);
    }

    private static Optional<FieldLines.Field> field(String line) {
        Matcher field = FIELD.matcher(line);
        if (!field.matches()) {
            return Optional.empty();
        }
        String value = Optional.ofNullable(field.group(2)).orElse("");
        return Optional.of(new FieldLines.Field(Columns.name(field.group(1)), unquoted(value)));
    }

    private static String unquoted(String value) {
        String text = value.strip();
        boolean quoted = text.length() > 1
                && "'\"".indexOf(text.charAt(0)) >= 0
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
