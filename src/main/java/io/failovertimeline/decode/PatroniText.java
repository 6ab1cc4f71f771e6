package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.util.List;
import java.util.Optional;

/**
 * Patroni's text forms. Under systemd one record may stand there twice, as {@code INFO:patroni.ha:Lock owner: …} and as
 * {@code 2023-12-10 16:19:54,580 INFO: Lock owner: …}: both give the same message.
 */
final class PatroniText {

    private static final List<String> LEVELS = List.of("INFO", "WARNING", "ERROR", "CRITICAL", "DEBUG");

    private PatroniText() {}

    /** {@code  INFO: text} behind {@code time}. */
    static Optional<OwnLine> behind(WrittenTime time, Cursor cursor) {
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
        if (cursor.peek() != '+' && cursor.peek() != '-') {
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
