package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.util.Optional;
import java.util.Set;

/**
 * PostgreSQL's stderr and syslog form, whatever {@code log_line_prefix} says: the prefix ends where the first severity begins.
 * The message keeps its severity, {@code LOG:  received fast shutdown request}.
 */
final class PostgresText {

    /** Beyond this no prefix reaches; a severity further on is quoted text. */
    private static final int LONGEST_PREFIX = 400;

    private static final Set<String> SEVERITIES = Set.of(
            "DEBUG1",
            "DEBUG2",
            "DEBUG3",
            "DEBUG4",
            "DEBUG5",
            "LOG",
            "INFO",
            "NOTICE",
            "WARNING",
            "ERROR",
            "FATAL",
            "PANIC",
            "DETAIL",
            "HINT",
            "QUERY",
            "CONTEXT",
            "LOCATION",
            "BACKTRACE",
            "STATEMENT",
            // lc_messages ru and de
            "СООБЩЕНИЕ",
            "ОШИБКА",
            "ВАЖНО",
            "ПАНИКА",
            "ПРЕДУПРЕЖДЕНИЕ",
            "ПОДРОБНОСТИ",
            "ПОДСКАЗКА",
            "КОНТЕКСТ",
            "ОПЕРАТОР",
            "FEHLER",
            "WARNUNG",
            "PANIK",
            "TIPP",
            "ZUSAMMENHANG",
            "ANWEISUNG");

    private PostgresText() {}

    /** Whether {@code word} is a severity, or the heading of a line that belongs to one. */
    static boolean isSeverity(String word) {
        return SEVERITIES.contains(word);
    }

    /** The severity and text somewhere in {@code text} from {@code from} on; {@code time} stands before. */
    static Optional<OwnLine> behind(Optional<WrittenTime> time, String text, int from) {
        int last = Math.min(text.length(), from + LONGEST_PREFIX);
        for (int colon = text.indexOf(':', from); colon >= 0 && colon < last; colon = text.indexOf(':', colon + 1)) {
            int start = colon;
            while (start > from && isSeverityLetter(text.charAt(start - 1))) {
                start--;
            }
            String severity = text.substring(start, colon);
            if (SEVERITIES.contains(severity) && text.startsWith(" ", colon + 1)) {
                // one blank is enough where a prefix makes it PostgreSQL's; two are its mark without
                if (text.startsWith("  ", colon + 1) || hasPrefix(text, from, start)) {
                    String message =
                            severity + ":  " + text.substring(colon + 1).strip();
                    return Optional.of(new OwnLine("postgresql", time, Component.POSTGRESQL, message));
                }
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean hasPrefix(String text, int from, int to) {
        return !text.substring(from, to).isBlank();
    }

    private static boolean isSeverityLetter(char character) {
        return (character >= 'A' && character <= 'Z')
                || (character >= 'А' && character <= 'Я')
                || Cursor.isDigit(character);
    }
}
