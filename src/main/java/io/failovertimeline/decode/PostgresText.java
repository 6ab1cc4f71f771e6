package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.util.Optional;

/**
 * PostgreSQL's stderr and syslog form, whatever {@code log_line_prefix} says: the prefix ends where the first severity begins.
 * The message keeps its severity, {@code LOG:  received fast shutdown request}; one in another language is told in English,
 * its text stays as it is.
 */
final class PostgresText {

    /** Beyond this no prefix reaches; a severity further on is quoted text. */
    private static final int LONGEST_PREFIX = 400;

    private PostgresText() {}

    /** Whether {@code word} is a severity, or the heading of a line that belongs to one, in any language. */
    static boolean isSeverity(String word) {
        return PostgresWords.inEnglish(word).isPresent();
    }

    /** {@code severity} in English; as it stands if it is not known. */
    static String inEnglish(String severity) {
        return PostgresWords.inEnglish(severity).orElse(severity);
    }

    /** The severity and text somewhere in {@code text} from {@code from} on; {@code time} stands before. */
    static Optional<OwnLine> behind(Optional<WrittenTime> time, String text, int from) {
        int last = Math.min(text.length(), from + LONGEST_PREFIX);
        for (int colon = text.indexOf(':', from); colon >= 0 && colon < last; colon = text.indexOf(':', colon + 1)) {
            int end = endOfWord(text, from, colon);
            int start = startOfWord(text, from, end);
            Optional<String> severity = PostgresWords.inEnglish(text.substring(start, end));
            if (severity.isPresent() && text.startsWith(" ", colon + 1)) {
                if (isMarked(text, from, start, end, colon)) {
                    String message =
                            severity.get() + ":  " + text.substring(colon + 1).strip();
                    return Optional.of(new OwnLine("postgresql", time, Component.POSTGRESQL, message));
                }
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** One blank is enough where a prefix makes an English word PostgreSQL's; two are its mark without, and in any language. */
    private static boolean isMarked(String text, int from, int start, int end, int colon) {
        boolean hasPrefix = !text.substring(from, start).isBlank();
        return text.startsWith("  ", colon + 1) || (hasPrefix && PostgresWords.isEnglish(text.substring(start, end)));
    }

    /** French has a blank before its colons. */
    private static int endOfWord(String text, int from, int colon) {
        return colon > from && (text.charAt(colon - 1) == ' ' || text.charAt(colon - 1) == '\u00A0')
                ? colon - 1
                : colon;
    }

    private static int startOfWord(String text, int from, int end) {
        int start = end;
        while (start > from && Character.isLetterOrDigit(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }
}
