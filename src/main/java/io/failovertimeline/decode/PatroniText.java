package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Patroni's text forms. Under systemd one record may stand there twice, as {@code INFO:patroni.ha:Lock owner: …} and as
 * {@code 2023-12-10 16:19:54,580 INFO: Lock owner: …}: both give the same message.
 */
final class PatroniText {

    static final List<String> LEVELS = List.of("INFO", "WARNING", "ERROR", "CRITICAL", "DEBUG");

    /** A logger's name as {@code log.format} may have it before or behind the level. */
    private static final String LOGGER = "[\\[(]?patroni[\\w.]*[\\])]?";

    private static final String LEVEL = "(?<level>INFO|WARNING|ERROR|CRITICAL|DEBUG)";

    /** Heads of other forms that {@code log.format} gives: {@code [INFO] patroni.ha: }, {@code - INFO - }, {@code INFO patroni.ha - }. */
    private static final Pattern HEAD = Pattern.compile("(?:[-|] )?(?:" + LOGGER + "(?: ?[-|:])? )?(?:\\[" + LEVEL
            + "\\]:?|" + LEVEL.replace("level", "dashed") + " ?(?=[-|:] )|" + LEVEL.replace("level", "bare") + "(?= "
            + LOGGER + "))(?: ?[-|:])?(?: " + LOGGER + " ?[-|:]?)? (?! )");

    /** What Python's logging can put beside the level: process, thread, place in the source, logger. */
    private static final String BESIDE =
            "(?:\\d{1,10}|\\[\\d{1,10}\\]|\\(\\d{1,10}\\)|\\[?(?:MainThread|Thread-\\d+(?: \\(\\w+\\))?)\\]?"
                    + "|\\[?\\w+\\.py:\\d+\\]?|" + LOGGER + ")";

    private static final String BETWEEN = "(?: ?[-|:,;] ?| )";

    /** {@code %(levelname)s}, in brackets or not, or as wide as {@code %(levelname)-8s}. */
    private static final String ANY_LEVEL = "(?:\\[" + LEVEL + " *\\]|" + LEVEL.replace("level", "bare")
            + "(?:(?<=INFO) {4}|(?<=ERROR|DEBUG) {3}|(?<=WARNING) )?)";

    /** What follows up to the words; a number is a process only where a mark stands behind it, and other programs' threads are no words. */
    private static final String UP_TO_WORDS =
            "(?:" + BETWEEN + "(?!\\d+ \\w)" + BESIDE + ")*(?: ?[-|:,;] |[,;|]| )(?![ \\[])";

    /** {@code  INFO }, {@code ,INFO,}, {@code  - 1234 - MainThread - INFO - } and the like, which other programs may write as well. */
    private static final Pattern PYTHONS =
            Pattern.compile(BETWEEN + "?(?:" + BESIDE + BETWEEN + ")*" + ANY_LEVEL + UP_TO_WORDS);

    private static final Pattern LEVEL_IN_FRONT = Pattern.compile(ANY_LEVEL + BETWEEN);
    private static final Pattern BEHIND_TIME = Pattern.compile(UP_TO_WORDS);

    /** So long a head may be. */
    private static final int LONGEST_HEAD = 120;

    private PatroniText() {}

    /**
     * {@code  INFO: text} behind {@code time}, or what {@code log.format} makes of it.
     *
     * @param sender whom an envelope names; empty if nothing does
     */
    static Optional<OwnLine> behind(WrittenTime time, Cursor cursor, Optional<Component> sender) {
        int start = cursor.at();
        boolean isPythons = mayBePythons(cursor, sender);
        Optional<OwnLine> usual = usual(time, cursor);
        if (usual.isPresent()) {
            return usual;
        }
        cursor.take(' ');
        Optional<OwnLine> formatted = offset(time, cursor)
                .flatMap(zoned -> formatted(cursor.rest().stripLeading(), Optional.of(zoned))
                        .or(() -> isPythons ? pythons(cursor.rest(), Optional.of(zoned)) : Optional.empty()));
        cursor.moveTo(start);
        return formatted;
    }

    /** {@code [2023-12-10 16:19:54,575] INFO: text} and {@code INFO 2023-12-10 16:19:54,575 text}: the time is not in front. */
    static Optional<OwnLine> around(String text, Optional<Component> sender) {
        Cursor cursor = new Cursor(text, 0);
        if (cursor.take('[') && Cursor.isDigit(cursor.peek())) {
            return TimeText.dated(cursor)
                    .filter(time -> mayBePythons(cursor, sender) && cursor.take(']'))
                    .flatMap(time ->
                            usual(time, cursor).or(() -> formatted(cursor.rest().stripLeading(), Optional.of(time))));
        }
        Matcher level = LEVEL_IN_FRONT.matcher(text);
        if (!level.lookingAt()) {
            return Optional.empty();
        }
        cursor.moveTo(level.end());
        boolean isBracketed = cursor.take('[');
        return TimeText.dated(cursor)
                .filter(time -> mayBePythons(cursor, sender) && (!isBracketed || cursor.take(']')))
                .flatMap(time -> {
                    String rest = cursor.rest();
                    Matcher words = BEHIND_TIME.matcher(rest);
                    return words.lookingAt()
                            ? Optional.of(line(Optional.of(time), level(level), rest.substring(words.end())))
                            : Optional.empty();
                });
    }

    /**
     * Whether what is written in the manner of any program in Python, behind a time where {@code cursor} is, is Patroni's: the envelope
     * says so, or names nobody else and the time is as Python writes it.
     */
    private static boolean mayBePythons(Cursor cursor, Optional<Component> sender) {
        Component named = sender.orElse(Component.POSTGRESQL); // under whose name both write in one container
        return named == Component.PATRONI || (named == Component.POSTGRESQL && cursor.peek(-4) == ',');
    }

    /** {@code INFO: text}, {@code [INFO] text} and what else {@code log.format} gives without a time. */
    static Optional<OwnLine> untimed(String text) {
        return withLogger(text).or(() -> formatted(text, Optional.empty()));
    }

    /** The same of a line that is known to be of Patroni's process: {@code INFO text} too. */
    static Optional<OwnLine> untimedOfPatroni(String text) {
        return untimed(text).or(() -> pythons(text, Optional.empty()));
    }

    private static Optional<OwnLine> formatted(String text, Optional<WrittenTime> time) {
        return headed(HEAD, text, time);
    }

    private static Optional<OwnLine> pythons(String text, Optional<WrittenTime> time) {
        return headed(PYTHONS, text, time);
    }

    private static Optional<OwnLine> headed(Pattern form, String text, Optional<WrittenTime> time) {
        Matcher head = form.matcher(text).region(0, Math.min(LONGEST_HEAD, text.length()));
        return head.lookingAt() ? Optional.of(line(time, level(head), text.substring(head.end()))) : Optional.empty();
    }

    private static String level(Matcher head) {
        return IntStream.rangeClosed(1, head.groupCount())
                .mapToObj(head::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static OwnLine line(Optional<WrittenTime> time, String level, String message) {
        return new OwnLine("patroni", time, Component.PATRONI, Severities.of(level), message);
    }

    private static Optional<OwnLine> usual(WrittenTime time, Cursor cursor) {
        int start = cursor.at();
        if (cursor.take(' ')) {
            Optional<WrittenTime> zoned = offset(time, cursor);
            for (String level : LEVELS) {
                if (cursor.take(level)) {
                    if (isHead(time, cursor)) {
                        return Optional.of(line(zoned, level, cursor.rest()));
                    }
                    break;
                }
            }
        }
        cursor.moveTo(start);
        return Optional.empty();
    }

    /** Takes what stands between level and words; of an exception logged without words journald takes off the blank. */
    private static boolean isHead(WrittenTime time, Cursor cursor) {
        if (cursor.take(": ")) {
            return cursor.peek() != ' ' || time.fractionDigits() == 3; // PostgreSQL puts two blanks behind its severity
        }
        return cursor.take(':') && cursor.atEnd();
    }

    /** {@code log.dateformat} may put an offset behind the time. */
    private static Optional<WrittenTime> offset(WrittenTime time, Cursor cursor) {
        if ((cursor.peek() != '+' && cursor.peek() != '-') || !Cursor.isDigit(cursor.peek(1))) {
            return Optional.of(time);
        }
        return ZoneText.word(cursor).map(zone -> {
            cursor.take(' ');
            return time.inZone(zone);
        });
    }

    /** {@code INFO:patroni.ha:text}, which has no time of its own. */
    static Optional<OwnLine> withLogger(String text) {
        Cursor cursor = new Cursor(text, 0);
        for (String level : LEVELS) {
            if (cursor.take(level)) {
                int end = text.indexOf(':', cursor.at() + 1);
                boolean isLogger = cursor.take(':') && cursor.peek() != ' ' && end > cursor.at();
                if (!isLogger || text.substring(cursor.at(), end).indexOf(' ') >= 0) {
                    return Optional.empty();
                }
                return Optional.of(line(Optional.empty(), level, text.substring(end + 1)));
            }
        }
        return Optional.empty();
    }
}
