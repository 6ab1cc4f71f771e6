package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL's {@code csvlog}. A message with line breaks ends, here, with its first line: the rest are continuations.
 */
final class PostgresCsv {

    private static final int PID = 3;
    private static final int SEVERITY = 11;
    private static final int MESSAGE = 13;

    private PostgresCsv() {}

    /** The row {@code text} whose first field, before {@code from}, is {@code time}; empty if it is no row of a csvlog. */
    static Optional<OwnLine> behind(WrittenTime time, String text, int from) {
        List<String> fields = fields(text, from + 1);
        if (fields.size() <= MESSAGE - 1 || !PostgresText.isSeverity(fields.get(SEVERITY - 1))) {
            return Optional.empty();
        }
        String severity = PostgresText.inEnglish(fields.get(SEVERITY - 1));
        return Optional.of(new OwnLine(
                "postgresql-csv",
                Optional.of(time),
                ProcessId.of(fields.get(PID - 1)),
                Component.POSTGRESQL,
                PostgresText.severity(severity),
                severity + ":  " + fields.get(MESSAGE - 1)));
    }

    /** The fields up to the message; the last one may lack its closing quote. */
    private static List<String> fields(String text, int from) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = from; i < text.length() && fields.size() < MESSAGE; i++) {
            char character = text.charAt(i);
            if (character == '"') {
                boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (doubled) {
                    field.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (character == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(character);
            }
        }
        if (fields.size() < MESSAGE) {
            fields.add(field.toString());
        }
        return fields;
    }
}
