package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL's {@code csvlog}. A row whose text has line breaks goes on in the lines below: {@link #isUnfinished} tells.
 *
 * @see <a href="https://www.postgresql.org/docs/current/runtime-config-logging.html">Using CSV-Format Log Output</a>
 */
final class PostgresCsv {

    static final String FORMAT = "postgresql-csv";

    private static final int PID = 4;
    private static final int SEVERITY = 12;
    private static final int MESSAGE = 14;
    private static final int DETAIL = 15;
    private static final int HINT = 16;
    private static final int INTERNAL_QUERY = 17;
    private static final int CONTEXT = 19;
    private static final int STATEMENT = 20;
    private static final int LOCATION = 22;

    private PostgresCsv() {}

    /** The row {@code text} whose first field is {@code time}; empty if it is no row of a csvlog. */
    static Optional<OwnLine> row(WrittenTime time, String text) {
        List<String> fields = fields(text);
        return message(fields).map(message -> {
            String severity = PostgresText.inEnglish(fields.get(SEVERITY - 1));
            return new OwnLine(
                    FORMAT,
                    Optional.of(time),
                    ProcessId.of(fields.get(PID - 1)),
                    Component.POSTGRESQL,
                    PostgresText.severity(severity),
                    message);
        });
    }

    /** The message of the row {@code text} with all of its parts; empty if it is no row of a csvlog. */
    static Optional<String> message(String text) {
        return message(fields(text));
    }

    private static Optional<String> message(List<String> fields) {
        if (fields.size() < MESSAGE || !PostgresText.isSeverity(fields.get(SEVERITY - 1))) {
            return Optional.empty();
        }
        return Optional.of(
                new PostgresMessage(PostgresText.inEnglish(fields.get(SEVERITY - 1)), fields.get(MESSAGE - 1))
                        .with("DETAIL", field(fields, DETAIL))
                        .with("HINT", field(fields, HINT))
                        .with("QUERY", field(fields, INTERNAL_QUERY))
                        .with("CONTEXT", field(fields, CONTEXT))
                        .with("LOCATION", field(fields, LOCATION))
                        .with("STATEMENT", field(fields, STATEMENT))
                        .text());
    }

    private static String field(List<String> fields, int number) {
        return fields.size() < number ? "" : fields.get(number - 1);
    }

    /** Whether the row's last field has a quote that is still to be closed. */
    static boolean isUnfinished(String row) {
        return row.chars().filter(character -> character == '"').count() % 2 == 1;
    }

    /** The fields up to the last that matters; the last one may lack its closing quote. */
    private static List<String> fields(String text) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length() && fields.size() < LOCATION; i++) {
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
        if (fields.size() < LOCATION) {
            fields.add(field.toString());
        }
        return fields;
    }
}
