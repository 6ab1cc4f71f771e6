package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** So long a head may be. */
    private static final int LONGEST_HEAD = 120;

    private PatroniText() {}

    /** {@code  INFO: text} behind {@code time}, or what {@code log.format} makes of it. */
    static Optional<OwnLine> behind(WrittenTime time, Cursor cursor) {
        int start = cursor.at();
        Optional<OwnLine> usual = usual(time, cursor);
        if (usual.isPresent()) {
            return usual;
        }
        cursor.take(' ');
        Optional<OwnLine> formatted =
                offset(time, cursor).flatMap(zoned -> formatted(cursor.rest().stripLeading(), Optional.of(zoned)));
        cursor.moveTo(start);
        return formatted;
    }

    /** {@code INFO: text}, {@code [INFO] text} and what else {@code log.format} gives without a time. */
    static Optional<OwnLine> untimed(String text) {
        return withLogger(text).or(() -> formatted(text, Optional.empty()));
    }

    private static Optional<OwnLine> formatted(String text, Optional<WrittenTime> time) {
        Matcher head = HEAD.matcher(text).region(0, Math.min(LONGEST_HEAD, text.length()));
        return head.lookingAt()
                ? Stream.of("level", "dashed", "bare")
                        .flatMap(group -> Optional.ofNullable(head.group(group)).stream())
                        .findFirst()
                        .map(level -> new OwnLine(
                                "patroni", time, Component.PATRONI, Severities.of(level), text.substring(head.end())))
                : Optional.empty();
    }

    private static Optional<OwnLine> usual(WrittenTime time, Cursor cursor) {
        int start = cursor.at();
        if (cursor.take(' ')) {
            Optional<WrittenTime> zoned = offset(time, cursor);
            for (String level : LEVELS) {
                if (cursor.take(level)) {
                    if (isHead(time, cursor)) {
                        return Optional.of(
                                new OwnLine("patroni", zoned, Component.PATRONI, Severities.of(level), cursor.rest()));
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
                return Optional.of(new OwnLine(
                        "patroni", Optional.empty(), Component.PATRONI, Severities.of(level), text.substring(end + 1)));
            }
        }
        return Optional.empty();
    }
}
