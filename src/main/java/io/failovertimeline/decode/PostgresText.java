package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Severity;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's stderr and syslog form, whatever {@code log_line_prefix} says: the prefix ends where the first severity begins.
 * The message keeps its severity, {@code LOG:  received fast shutdown request}; one in another language is told in English,
 * its text stays as it is.
 */
final class PostgresText {

    /** Beyond this no prefix reaches; a severity further on is quoted text. */
    private static final int LONGEST_PREFIX = 400;

    private static final int LONGEST_HEADING = 16;

    /** What a {@code log_line_prefix} has instead of a name under a key: a process, a count, a session, a transaction, an address. */
    private static final String UNNAMED =
            "(?:[\\[(]?\\d+(?:-\\d+)?[\\])]?|\\[?[0-9a-f]+\\.[0-9a-f]+\\]?|\\d+/\\d+|[0-9A-Z]{5}"
                    + "|\\[local\\]|[\\d.]+\\(\\d+\\)|(?:\\[unknown\\]|[\\w.-]*)@(?:\\[unknown\\]|[\\w.-]*))";

    /** {@code [1234]: [5-1] user=app,db=weather,app=psql,client=10.0.0.9 }; what a client reports has a word and a colon before. */
    private static final Pattern UNTIMED_PREFIX =
            Pattern.compile("(?:" + UNNAMED + "[ :,|-]+)*+(?:\\w+=(?:(?!: ).)*(?<=[ >|,]))?");

    /** By {@code syslog_sequence_numbers}: not the first part of a message, in front of the blank or tab that it begins with. */
    private static final Pattern FURTHER_PART = Pattern.compile("\\[\\d{1,20}-(?!1\\])\\d{1,9}\\] (?=[ \t])");

    /** Where a line says what it is: {@code severity} in English, begun at {@code start}, with {@code colon} behind. */
    private record Heading(int start, int colon, String severity) {}

    private PostgresText() {}

    /**
     * What {@code word}, in English, is for syslog, as PostgreSQL itself maps them: an ERROR ends one statement, a FATAL one
     * session, a PANIC all. Empty for the heading of a line that belongs to another, and for words that are no severity.
     *
     * @see <a href="https://www.postgresql.org/docs/current/runtime-config-logging.html">Message severity levels</a>
     */
    static Optional<Severity> severity(String word) {
        return switch (word) {
            case "DEBUG", "DEBUG1", "DEBUG2", "DEBUG3", "DEBUG4", "DEBUG5" -> Optional.of(Severity.DEBUG);
            case "LOG", "INFO" -> Optional.of(Severity.INFO);
            case "NOTICE", "WARNING" -> Optional.of(Severity.NOTICE);
            case "ERROR" -> Optional.of(Severity.WARNING);
            case "FATAL" -> Optional.of(Severity.ERR);
            case "PANIC" -> Optional.of(Severity.CRIT);
            default -> Optional.empty();
        };
    }

    /** Whether {@code word} is a severity, or the heading of a line that belongs to one, in any language. */
    static boolean isSeverity(String word) {
        return PostgresWords.inEnglish(word).isPresent();
    }

    /** {@code severity} in English; as it stands if it is not known. */
    static String inEnglish(String severity) {
        return PostgresWords.inEnglish(severity).orElse(severity);
    }

    /** Whether {@code message} is a part of another, under a heading such as {@code DETAIL:}. */
    static boolean isSection(String message) {
        int colon = message.indexOf(':');
        return colon > 0
                && colon < LONGEST_HEADING
                && isSeverity(message.substring(0, colon))
                && severity(message.substring(0, colon)).isEmpty();
    }

    /**
     * What {@code message} adds to the one before, indented, if it is a further part of one that was split for syslog, {@code [7-3]
     * #011from x}; empty if it is none, or has a heading of its own.
     */
    static Optional<String> part(String message) {
        Matcher part = FURTHER_PART.matcher(message);
        if (!part.lookingAt()) {
            return Optional.empty();
        }
        String text = message.substring(part.end());
        boolean isHeaded = text.startsWith("\t")
                ? isSection(text.stripLeading())
                : heading(text, 0).isPresent();
        return isHeaded ? Optional.empty() : Optional.of(text);
    }

    /** The severity and text somewhere in {@code text} from {@code from} on; {@code time} stands before. */
    static Optional<OwnLine> behind(Optional<WrittenTime> time, String text, int from) {
        return heading(text, from).map(heading -> line(time, heading, text, from));
    }

    /** A line in the stream of PostgreSQL's parent, with nothing before its severity or what a prefix without a time can give. */
    static Optional<OwnLine> untimed(String text) {
        return heading(text, 0)
                .filter(heading -> text.substring(0, heading.start()).isBlank() || hasPrefix(text, heading))
                .map(heading -> line(Optional.empty(), heading, text, 0));
    }

    /** The same in a stream that nobody is known to write: what clients print of a server's messages has no prefix and is never LOG. */
    static Optional<OwnLine> untimedOfServer(String text) {
        return heading(text, 0)
                .filter(heading -> hasPrefix(text, heading)
                        || (heading.start() == 0 && heading.severity().equals("LOG")))
                .map(heading -> line(Optional.empty(), heading, text, 0));
    }

    private static boolean hasPrefix(String text, Heading heading) {
        return heading.start() > 0
                && UNTIMED_PREFIX.matcher(text).region(0, heading.start()).matches();
    }

    private static Optional<Heading> heading(String text, int from) {
        int last = Math.min(text.length(), from + LONGEST_PREFIX);
        for (int colon = text.indexOf(':', from); colon >= 0 && colon < last; colon = text.indexOf(':', colon + 1)) {
            int end = endOfWord(text, from, colon);
            int start = startOfWord(text, from, end);
            Optional<String> severity = PostgresWords.inEnglish(text.substring(start, end));
            if (severity.isPresent() && text.startsWith(" ", colon + 1)) {
                return isMarked(text, from, start, end, colon)
                        ? Optional.of(new Heading(start, colon, severity.get()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static OwnLine line(Optional<WrittenTime> time, Heading heading, String text, int from) {
        // without a time, the first brackets are syslog's count of lines
        OptionalLong pid = time.isPresent() ? ProcessId.inBrackets(text, from, heading.start()) : OptionalLong.empty();
        String severity = heading.severity();
        String message = severity + ":  " + text.substring(heading.colon() + 1).strip();
        return new OwnLine("postgresql", time, pid, Component.POSTGRESQL, severity(severity), message);
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
