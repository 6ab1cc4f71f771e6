package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Severity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * PostgreSQL's stderr and syslog form, whatever {@code log_line_prefix} says: the prefix ends where the first severity begins.
 * The message keeps its severity, {@code LOG:  received fast shutdown request}.
 */
final class PostgresText {

    /** Beyond this no prefix reaches; a severity further on is quoted text. */
    private static final int LONGEST_PREFIX = 400;

    /**
     * What each is for syslog, as PostgreSQL itself maps them: an ERROR ends one statement, a FATAL one session, a PANIC all. A
     * heading of a line that belongs to another has none.
     *
     * @see <a href="https://www.postgresql.org/docs/current/runtime-config-logging.html">Message severity levels</a>
     */
    private static final Map<String, Optional<Severity>> SEVERITIES = severities();

    private PostgresText() {}

    private static Map<String, Optional<Severity>> severities() {
        Map<String, Optional<Severity>> words = new HashMap<>();
        put(words, Optional.of(Severity.DEBUG), "DEBUG1", "DEBUG2", "DEBUG3", "DEBUG4", "DEBUG5");
        put(words, Optional.of(Severity.INFO), "LOG", "INFO", "СООБЩЕНИЕ");
        put(words, Optional.of(Severity.NOTICE), "NOTICE", "WARNING", "ПРЕДУПРЕЖДЕНИЕ", "WARNUNG");
        put(words, Optional.of(Severity.WARNING), "ERROR", "ОШИБКА", "FEHLER");
        put(words, Optional.of(Severity.ERR), "FATAL", "ВАЖНО");
        put(words, Optional.of(Severity.CRIT), "PANIC", "ПАНИКА", "PANIK");
        put(words, Optional.empty(), "DETAIL", "HINT", "QUERY", "CONTEXT", "LOCATION", "BACKTRACE", "STATEMENT");
        put(words, Optional.empty(), "ПОДРОБНОСТИ", "ПОДСКАЗКА", "КОНТЕКСТ", "ОПЕРАТОР");
        put(words, Optional.empty(), "TIPP", "ZUSAMMENHANG", "ANWEISUNG");
        return Map.copyOf(words);
    }

    private static void put(Map<String, Optional<Severity>> words, Optional<Severity> severity, String... names) {
        for (String name : names) {
            words.put(name, severity);
        }
    }

    /** What {@code word} is for syslog; empty for a heading, and for words that are no severity. */
    static Optional<Severity> severity(String word) {
        return SEVERITIES.getOrDefault(word, Optional.empty());
    }

    /** Whether {@code word} is a severity, or the heading of a line that belongs to one. */
    static boolean isSeverity(String word) {
        return SEVERITIES.containsKey(word);
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
            if (SEVERITIES.containsKey(severity) && text.startsWith(" ", colon + 1)) {
                // one blank is enough where a prefix makes it PostgreSQL's; two are its mark without
                if (text.startsWith("  ", colon + 1) || hasPrefix(text, from, start)) {
                    String message =
                            severity + ":  " + text.substring(colon + 1).strip();
                    // without a time, the first brackets are syslog's count of lines
                    OptionalLong pid =
                            time.isPresent() ? ProcessId.inBrackets(text, from, start) : OptionalLong.empty();
                    return Optional.of(
                            new OwnLine("postgresql", time, pid, Component.POSTGRESQL, severity(severity), message));
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
