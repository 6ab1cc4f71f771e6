package io.failovertimeline.decode;

import io.failovertimeline.model.Stamp;
import io.failovertimeline.model.Writer;
import java.util.Optional;

/**
 * Reads the one-line text forms of journald, syslog and container runtimes. The shape after the time is
 * {@code <host> <identifier>[<pid>]: <message>}; formats differ in the time.
 *
 * <p>journald's {@code short} and a traditional syslog file look the same from the tenth of a month on; both are then called
 * {@code journald-short}.
 */
final class TextEnvelope {

    private TextEnvelope() {}

    /** The envelope that {@code text} begins with; empty if it begins with none. */
    static Optional<Envelope> read(String text) {
        Cursor cursor = new Cursor(text, 0);
        char first = cursor.peek();
        if (first == '<') {
            int priority = priority(cursor);
            return priority < 0
                    ? Optional.empty()
                    : syslog(cursor).map(envelope -> envelope.of(Severities.ofNumber(priority & 7)));
        }
        return Cursor.isDigit(first) ? digits(cursor) : Cursor.isLetter(first) ? letters(cursor) : Optional.empty();
    }

    /** Takes {@code <30>}: the facility, 3, times eight, and the severity, 6; -1 if it is not there. */
    private static int priority(Cursor cursor) {
        cursor.take('<');
        int priority = Cursor.isDigit(cursor.peek()) ? 0 : -1;
        for (int digits = 0; Cursor.isDigit(cursor.peek()) && digits < 3; digits++) {
            priority = priority * 10 + cursor.number(1);
        }
        return cursor.take('>') ? priority : -1;
    }

    private static Optional<Envelope> syslog(Cursor cursor) {
        if (cursor.take("1 ")) {
            return rfc5424(cursor);
        }
        Optional<WrittenTime> time = TimeText.monthAndDay(cursor).or(() -> TimeText.dated(cursor));
        return time.filter(present -> cursor.take(' ')).flatMap(present -> addressed(cursor, "syslog", present));
    }

    /** {@code 2023-12-10T16:19:54+03:00 db1 patroni 626 - - text}, after the version. */
    private static Optional<Envelope> rfc5424(Cursor cursor) {
        Optional<WrittenTime> time = TimeText.dated(cursor);
        if ((time.isEmpty() && !cursor.take('-')) || !cursor.take(' ')) {
            return Optional.empty();
        }
        String host = cursor.word();
        cursor.take(' ');
        String program = cursor.word();
        cursor.take(' ');
        String pid = cursor.word();
        cursor.take(' ');
        cursor.word(); // message id
        if (!cursor.take(' ') || !structuredData(cursor)) {
            return Optional.empty();
        }
        cursor.take(' ');
        cursor.take('\uFEFF');
        return Optional.of(new Envelope(
                "syslog",
                time,
                Stamp.Clock.RECEPTION,
                unlessNil(host),
                new Writer(unlessNil(program), Optional.empty(), ProcessId.of(pid)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cursor.rest())));
    }

    private static boolean structuredData(Cursor cursor) {
        if (cursor.take('-')) {
            return true;
        }
        boolean quoted = false;
        if (cursor.peek() != '[') {
            return false;
        }
        while (!cursor.atEnd()) {
            char character = cursor.peek();
            cursor.moveTo(cursor.at() + (character == '\\' ? 2 : 1));
            quoted ^= character == '"';
            if (character == ']' && !quoted && cursor.peek() != '[') {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> unlessNil(String field) {
        return field.isEmpty() || field.equals("-") ? Optional.empty() : Optional.of(field);
    }

    private static Optional<Envelope> letters(Cursor cursor) {
        if (TimeText.weekday(cursor)) {
            return TimeText.dated(cursor)
                    .filter(time -> cursor.take(' '))
                    .flatMap(time -> ZoneText.word(cursor).map(time::inZone))
                    .filter(time -> cursor.take(' '))
                    .flatMap(time -> addressed(cursor, "journald-short-full", time));
        }
        boolean blankBeforeDay = cursor.peek(3) == ' ' && cursor.peek(4) == ' ';
        return TimeText.monthAndDay(cursor)
                .filter(time -> cursor.take(' '))
                .flatMap(time -> addressed(
                        cursor,
                        time.fractionDigits() > 0
                                ? "journald-short-precise"
                                : blankBeforeDay ? "syslog" : "journald-short",
                        time));
    }

    private static Optional<Envelope> digits(Cursor cursor) {
        if (cursor.peek(10) == '.') {
            return TimeText.epoch(cursor)
                    .filter(time -> cursor.take(' '))
                    .flatMap(time -> addressed(cursor, "journald-short-unix", time));
        }
        if (cursor.peek(10) != 'T') {
            return Optional.empty();
        }
        Optional<WrittenTime> time = TimeText.dated(cursor).filter(WrittenTime::isAbsolute);
        if (time.isEmpty()) {
            return Optional.empty();
        }
        boolean colonInOffset = cursor.peek(-3) == ':';
        if (!cursor.take(' ')) {
            return Optional.empty();
        }
        int message = cursor.at();
        Optional<Envelope> addressed = addressed(cursor, isoFormat(time.get(), colonInOffset), time.get());
        if (addressed.isPresent()) {
            return addressed;
        }
        cursor.moveTo(message);
        return Optional.of(contained(cursor, time.get()));
    }

    private static String isoFormat(WrittenTime time, boolean colonInOffset) {
        if (time.fractionDigits() == 0) {
            return "journald-short-iso";
        }
        return colonInOffset ? "syslog" : "journald-short-iso-precise";
    }

    /** {@code stdout F text} as container runtimes write it, or only the text, as {@code docker logs -t} does. */
    private static Envelope contained(Cursor cursor, WrittenTime time) {
        if (cursor.take("stdout ") || cursor.take("stderr ")) {
            if (!cursor.take("F ")) {
                cursor.take("P ");
            }
        }
        return new Envelope(
                Reading.CONTAINER,
                Optional.of(time),
                Stamp.Clock.RECEPTION,
                Optional.empty(),
                Writer.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.of(cursor.rest()));
    }

    private static Optional<Envelope> addressed(Cursor cursor, String format, WrittenTime time) {
        int start = cursor.at();
        Optional<String> host = Optional.of(cursor.word());
        if (host.get().endsWith("]:")) {
            host = Optional.empty(); // a local syslog socket carries no host
            cursor.moveTo(start);
        } else if (!cursor.take(' ') || !isHost(host.get())) {
            return Optional.empty();
        }
        String tag = cursor.word();
        if (tag.length() < 2 || !tag.endsWith(":")) {
            return Optional.empty();
        }
        int pid = tag.indexOf('[');
        String program = tag.substring(0, pid > 0 ? pid : tag.length() - 1);
        boolean isUnit = program.endsWith(".service") || program.endsWith(".scope");
        cursor.take(' ');
        return Optional.of(new Envelope(
                format,
                Optional.of(time),
                Stamp.Clock.RECEPTION,
                host,
                new Writer(
                        isUnit ? Optional.empty() : Optional.of(program),
                        isUnit ? Optional.of(program) : Optional.empty(),
                        ProcessId.inBrackets(tag, 0, tag.length())),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cursor.rest())));
    }

    private static boolean isHost(String word) {
        for (int i = 0; i < word.length(); i++) {
            char character = word.charAt(i);
            if (!Cursor.isLetter(character) && !Cursor.isDigit(character) && ".-_:".indexOf(character) < 0) {
                return false;
            }
        }
        return !word.isEmpty() && !word.endsWith(":");
    }
}
