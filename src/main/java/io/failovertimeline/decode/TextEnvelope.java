package io.failovertimeline.decode;

import io.failovertimeline.model.Writer;
import java.util.Optional;

/**
 * Reads the text forms of journald, syslog and container runtimes. The shape after the time is
 * {@code <host> <identifier>[<pid>]: <message>}; formats differ in the time.
 *
 * <p>journald's {@code short} and a traditional syslog file look the same from the tenth of a month on; both are then called
 * {@code journald-short}.
 */
final class TextEnvelope {

    /** journald's text without a time on the wall. */
    static final String MONOTONIC = "journald-short-monotonic";

    /** Traditional forwarding cuts name and process id, {@code patroni[626]:}, here. */
    private static final int LONGEST_TAG = 32;

    private TextEnvelope() {}

    /** The envelope that {@code text} begins with; empty if it begins with none. */
    static Optional<Envelope> read(String text) {
        Cursor cursor = new Cursor(text, 0);
        char first = cursor.peek();
        if (first == '<') {
            return prioritized(cursor);
        }
        if (first == '[') {
            return monotonic(cursor);
        }
        return Cursor.isDigit(first)
                ? digits(text, cursor)
                : Character.isLetter(first) ? letters(text, cursor) : Optional.empty();
    }

    /** {@code <30>}: the facility, 3, times eight, and the severity, 6; then a record of syslog. */
    private static Optional<Envelope> prioritized(Cursor cursor) {
        cursor.take('<');
        int priority = Cursor.isDigit(cursor.peek()) ? 0 : -1;
        for (int digits = 0; Cursor.isDigit(cursor.peek()) && digits < 3; digits++) {
            priority = priority * 10 + cursor.number(1);
        }
        if (!cursor.take('>') || priority < 0) {
            return Optional.empty();
        }
        Optional<Envelope> record = cursor.take("1 ") ? rfc5424(cursor) : rfc3164(cursor);
        int severity = priority & 7;
        return record.map(envelope -> envelope.of(Severities.ofNumber(severity)));
    }

    private static Optional<Envelope> rfc3164(Cursor cursor) {
        Optional<WrittenTime> time = TimeText.monthAndDay(cursor).or(() -> TimeText.dated(cursor));
        return time.filter(present -> cursor.take(' ')).flatMap(present -> {
            int behindTime = cursor.at();
            Optional<Envelope> local = tagged(cursor, "syslog", time, Optional.empty(), true);
            if (local.isPresent()) {
                return local;
            }
            cursor.moveTo(behindTime);
            return addressed(cursor, "syslog", time, true);
        });
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
        Writer writer = new Writer(unlessNil(program), Optional.empty(), ProcessId.of(pid));
        return Optional.of(Envelope.text("syslog", time, unlessNil(host), writer, SyslogText.asSent(cursor.rest())));
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

    private static Optional<Envelope> letters(String text, Cursor cursor) {
        if (TimeText.weekday(cursor)) {
            Optional<WrittenTime> time = TimeText.dated(cursor)
                    .filter(present -> cursor.take(' '))
                    .flatMap(present -> ZoneText.word(cursor).map(present::inZone))
                    .filter(present -> cursor.take(' '));
            return time.flatMap(present -> cursor.peek() == '['
                    ? JournalVerbose.behind(present, text)
                    : addressed(cursor, "journald-short-full", time, false));
        }
        boolean blankBeforeDay = cursor.peek(3) == ' ' && cursor.peek(4) == ' ';
        Optional<WrittenTime> time = TimeText.monthAndDay(cursor).filter(present -> cursor.take(' '));
        return time.flatMap(present -> addressed(
                cursor,
                present.fractionDigits() > 0 ? "journald-short-precise" : blankBeforeDay ? "syslog" : "journald-short",
                time,
                false));
    }

    /**
     * {@code [98694.000446] db1 patroni[626]: text}, seconds since the host was started; of {@code short-delta} with those since the
     * line above, {@code [98694.000446 <    0.000123 >]}.
     */
    private static Optional<Envelope> monotonic(Cursor cursor) {
        cursor.take('[');
        cursor.blanks();
        int start = cursor.at();
        while (Cursor.isDigit(cursor.peek())) {
            cursor.number(1);
        }
        boolean isTime = cursor.at() > start && cursor.take('.') && cursor.number(6) >= 0;
        while (isTime && (Cursor.isDigit(cursor.peek()) || " <.*>".indexOf(cursor.peek()) >= 0)) {
            cursor.moveTo(cursor.at() + 1);
        }
        return isTime && cursor.take("] ") ? addressed(cursor, MONOTONIC, Optional.empty(), false) : Optional.empty();
    }

    private static Optional<Envelope> digits(String text, Cursor cursor) {
        if (cursor.peek(10) == '.') {
            Optional<WrittenTime> time = TimeText.epoch(cursor).filter(present -> cursor.take(' '));
            return time.flatMap(present -> addressed(cursor, "journald-short-unix", time, false));
        }
        if (cursor.peek(10) != 'T') {
            return framed(text, cursor);
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
        Optional<Envelope> addressed = addressed(cursor, isoFormat(time.get(), colonInOffset), time, false);
        if (addressed.isPresent()) {
            return addressed;
        }
        cursor.moveTo(message);
        return Optional.of(contained(cursor, time));
    }

    /** {@code 123 <30>1 …}: over TCP, syslog's records have their length in front. */
    private static Optional<Envelope> framed(String text, Cursor cursor) {
        for (int digits = 0; Cursor.isDigit(cursor.peek()) && digits < 7; digits++) {
            cursor.number(1);
        }
        return cursor.take(' ') && cursor.peek() == '<' ? prioritized(new Cursor(text, cursor.at())) : Optional.empty();
    }

    private static String isoFormat(WrittenTime time, boolean colonInOffset) {
        if (time.fractionDigits() == 0) {
            return "journald-short-iso";
        }
        return colonInOffset ? "syslog" : "journald-short-iso-precise";
    }

    /** {@code stdout F text} as container runtimes write it, or only the text, as {@code docker logs -t} does. */
    private static Envelope contained(Cursor cursor, Optional<WrittenTime> time) {
        String stream = cursor.take("stdout ") ? "stdout" : cursor.take("stderr ") ? "stderr" : "";
        if (stream.isEmpty()) {
            return Envelope.text(Reading.CONTAINER, time, Optional.empty(), Writer.UNKNOWN, cursor.rest());
        }
        boolean goesOn = cursor.take("P ");
        if (!goesOn) {
            cursor.take("F ");
        }
        return Envelope.text(Reading.CONTAINER, time, Optional.empty(), Writer.UNKNOWN, cursor.rest())
                .holding(new Part(Optional.of(stream), goesOn));
    }

    /** What a container runtime's line holds; empty if {@code text} is none. */
    static Optional<String> contained(String text) {
        return text.isEmpty() || !Cursor.isDigit(text.charAt(0))
                ? Optional.empty()
                : read(text)
                        .filter(envelope -> envelope.format().equals(Reading.CONTAINER))
                        .flatMap(Envelope::message);
    }

    private static Optional<Envelope> addressed(
            Cursor cursor, String format, Optional<WrittenTime> time, boolean mayBeCut) {
        int start = cursor.at();
        Optional<String> host = Optional.of(cursor.word());
        if (host.get().endsWith("]:")) {
            host = Optional.empty(); // a local syslog socket carries no host
            cursor.moveTo(start);
        } else if (!cursor.take(' ') || !isHost(host.get())) {
            return Optional.empty();
        }
        return tagged(cursor, format, time, host, mayBeCut);
    }

    /** {@code patroni[626]: text}; where traditional forwarding cut the tag, the colon is missing. */
    private static Optional<Envelope> tagged(
            Cursor cursor, String format, Optional<WrittenTime> time, Optional<String> host, boolean mayBeCut) {
        String tag = cursor.word();
        boolean isWhole = tag.length() >= 2 && tag.endsWith(":");
        if (!isWhole && !(mayBeCut && tag.length() == LONGEST_TAG)) {
            return Optional.empty();
        }
        int bracket = tag.indexOf('[');
        String program = tag.substring(0, bracket > 0 ? bracket : tag.length() - (isWhole ? 1 : 0));
        boolean isUnit = program.endsWith(".service") || program.endsWith(".scope");
        cursor.take(' ');
        Writer writer = new Writer(
                isUnit ? Optional.empty() : Optional.of(program),
                isUnit ? Optional.of(program) : Optional.empty(),
                ProcessId.inBrackets(tag, 0, tag.length()));
        return Optional.of(Envelope.text(format, time, host, writer, SyslogText.asSent(cursor.rest())));
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
