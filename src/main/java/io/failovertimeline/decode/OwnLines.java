package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Severity;
import java.util.Optional;
import java.util.Set;

/** Recognizes the text formats of the programs themselves by what stands behind their time. */
final class OwnLines {

    private static final Set<String> PGBOUNCER_LEVELS = Set.of("NOISE", "DEBUG", "LOG", "WARNING", "ERROR", "FATAL");

    /** Characters of {@code raft2026/11/22 18:16:01 }. */
    private static final int RAFT_STAMP = 24;

    private OwnLines() {}

    /**
     * A line that has its program's own time at its beginning; empty if it has not, or if nothing known stands behind the time.
     *
     * @param sender whom an envelope names; empty if nothing does
     */
    static Optional<OwnLine> timed(String text, Optional<Component> sender) {
        Cursor cursor = new Cursor(text, 0);
        Optional<OwnLine> around = PatroniText.around(text, sender);
        if (around.isPresent()) {
            return around;
        }
        if (cursor.peek() == '[') {
            return ManagerText.repmgr(cursor);
        }
        if (TimeText.weekday(cursor)) {
            return keepalived(cursor);
        }
        Optional<WrittenTime> time = TimeText.dated(cursor).or(() -> TimeText.epoch(cursor));
        return time.flatMap(written -> PatroniText.behind(written, cursor, sender)
                .or(() -> etcd(written, cursor))
                .or(() -> ManagerText.autoctl(written, cursor))
                .or(() -> zoned(written, text, cursor)));
    }

    /**
     * A line that its program writes into a file of its own only in this form, with something in front of its time: {@code < 2023-12-10
     * 16:19:54.575 MSK > LOG:  text}, {@code [2023-12-10 16:19:54 UTC] LOG:  text}, {@code raft2023/12/10 16:19:54 INFO: text}.
     */
    static Optional<OwnLine> ofFile(String text) {
        return raft(text)
                .map(line ->
                        new OwnLine(line.format(), raftTime(text), line.component(), line.severity(), line.message()))
                .or(() -> framed(text));
    }

    private static Optional<WrittenTime> raftTime(String text) {
        return TimeText.dated(
                new Cursor(text.substring("raft".length(), RAFT_STAMP).replace('/', '-'), 0));
    }

    private static Optional<OwnLine> framed(String text) {
        Cursor cursor = new Cursor(text, 0);
        boolean isOpen = cursor.take('<') || cursor.take('[') || cursor.take('(');
        cursor.blanks();
        return isOpen
                ? TimeText.dated(cursor)
                        .flatMap(time -> zoned(time, text, cursor))
                        .filter(line -> line.component() == Component.POSTGRESQL)
                : Optional.empty();
    }

    /** {@code  I | raft: text}; the package is etcd's logger and not part of the text. */
    private static Optional<OwnLine> etcd(WrittenTime time, Cursor cursor) {
        boolean isCapnslog = cursor.peek() == ' '
                && "CEWNIDT".indexOf(cursor.peek(1)) >= 0
                && cursor.peek(2) == ' '
                && cursor.peek(3) == '|'
                && cursor.peek(4) == ' ';
        if (!isCapnslog) {
            return Optional.empty();
        }
        Optional<Severity> severity = Severities.of(String.valueOf(cursor.peek(1)));
        cursor.moveTo(cursor.at() + 5);
        return Optional.of(
                new OwnLine("etcd", Optional.of(time), Component.ETCD, severity, withoutPackage(cursor.rest())));
    }

    /** {@code raft2026/11/22 18:16:01 INFO: text} of etcd's raft library, whatever shell it was started from. */
    private static Optional<OwnLine> raft(String message) {
        int colon = message.startsWith("raft2") ? message.indexOf(": ") : -1;
        return colon >= RAFT_STAMP && colon <= RAFT_STAMP + 5
                ? Optional.of(new OwnLine(
                        "etcd",
                        Optional.empty(),
                        Component.ETCD,
                        Severities.of(message.substring(RAFT_STAMP, colon)),
                        message))
                : Optional.empty();
    }

    private static String withoutPackage(String message) {
        int end = message.indexOf(": ");
        for (int i = 0; i < end; i++) {
            char character = message.charAt(i);
            if (!Cursor.isLetter(character) && !Cursor.isDigit(character) && "/_-.".indexOf(character) < 0) {
                return message;
            }
        }
        return end > 0 ? message.substring(end + 2) : message;
    }

    /** PostgreSQL and pgbouncer put a zone behind their time, mostly. */
    private static Optional<OwnLine> zoned(WrittenTime time, String text, Cursor cursor) {
        int behindTime = cursor.at();
        Optional<WrittenTime> zoned = Optional.empty();
        if (cursor.take(' ')) {
            zoned = ZoneText.word(cursor).map(time::inZone);
            boolean isSeverity =
                    cursor.peek() == ':' && PostgresText.isSeverity(text.substring(behindTime + 1, cursor.at()));
            if (isSeverity) {
                zoned = Optional.empty();
                cursor.moveTo(behindTime);
            }
        }
        WrittenTime written = zoned.orElse(time);
        if (cursor.peek() == ',') {
            return PostgresCsv.row(written, text);
        }
        int from = cursor.at();
        return pgbouncer(written, text, cursor).or(() -> PostgresText.behind(Optional.of(written), text, from));
    }

    /** {@code  [1234] WARNING text}: the level has no colon. */
    private static Optional<OwnLine> pgbouncer(WrittenTime time, String text, Cursor cursor) {
        cursor.blanks();
        boolean bracket = cursor.take('[');
        int pid = cursor.at();
        while (Cursor.isDigit(cursor.peek())) {
            cursor.number(1);
        }
        int pidEnd = cursor.at();
        if (pidEnd == pid || bracket != cursor.take(']') || !cursor.take(' ')) {
            return Optional.empty();
        }
        String level = cursor.word();
        return PGBOUNCER_LEVELS.contains(level) && cursor.take(' ')
                ? Optional.of(new OwnLine(
                        "pgbouncer",
                        Optional.of(time),
                        ProcessId.of(text, pid, pidEnd),
                        Component.PGBOUNCER,
                        Severities.of(level),
                        cursor.rest()))
                : Optional.empty();
    }

    /** {@code Dec 10 16:19:54 2023: (VI_1) Entering MASTER STATE}, behind the weekday. */
    private static Optional<OwnLine> keepalived(Cursor cursor) {
        return TimeText.monthAndDay(cursor).filter(time -> cursor.take(' ')).flatMap(time -> {
            int year = cursor.number(4);
            if (year < 0 || !cursor.take(": ")) {
                return Optional.empty();
            }
            return Optional.of(new OwnLine(
                    "keepalived",
                    Optional.of(time.inYear(year)),
                    Component.KEEPALIVED,
                    Optional.empty(),
                    cursor.rest()));
        });
    }

    /** The text of a message that came in an envelope, where {@code sender} is what its sender's name says; empty if it names none. */
    static Optional<OwnLine> enveloped(String message, Optional<Component> sender) {
        Optional<OwnLine> timed = timed(message, sender);
        if (timed.isPresent()) {
            return timed;
        }
        return switch (sender.orElse(Component.OTHER)) {
            case HAPROXY -> Optional.of(haproxy(message));
            // the session's line counter of PostgreSQL's syslog form stands before its prefix
            case POSTGRESQL ->
                PostgresText.part(message).isPresent()
                        ? Optional.empty()
                        : PostgresText.behind(Optional.empty(), message, 0);
            case PATRONI -> PatroniText.untimedOfPatroni(message).or(() -> PostgresText.untimed(message));
            case REPMGR -> Optional.of(ManagerText.repmgr(message));
            case PG_AUTO_FAILOVER -> ManagerText.autoctl(message).or(() -> PostgresText.untimed(message));
            default ->
                PatroniText.untimed(message)
                        .filter(line -> message.lastIndexOf(
                                        "patroni.",
                                        message.length() - line.message().length())
                                >= 0)
                        .or(() -> raft(message))
                        .or(() -> sender.isEmpty() ? PostgresText.untimedOfServer(message) : Optional.empty());
        };
    }

    /** HAProxy writes state changes twice: to syslog, and to its standard error as {@code [WARNING]  (37) : text}. */
    private static OwnLine haproxy(String message) {
        int end = message.startsWith("[") ? message.indexOf(") : ") : -1;
        int level = message.indexOf(']');
        boolean isCopy = level > 0 && level < end && end < 60;
        return new OwnLine(
                "haproxy",
                Optional.empty(),
                Component.HAPROXY,
                isCopy ? Severities.of(message.substring(1, level)) : Optional.empty(),
                isCopy ? message.substring(end + 4) : message);
    }
}
