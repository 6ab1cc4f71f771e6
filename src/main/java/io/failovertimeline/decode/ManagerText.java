package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text forms of repmgr and of pg_auto_failover's keeper. Their messages stand without time and level. */
final class ManagerText {

    private static final List<String> REPMGR_LEVELS =
            List.of("DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRIT", "ALERT", "EMERG", "DETAIL", "HINT");

    /** {@code 17:49:19 14377 INFO  text}, with the place in the source where more is logged. */
    private static final Pattern AUTOCTL = Pattern.compile(
            "(?:[0-9]{2}:[0-9]{2}:[0-9]{2} )?(?<pid>[0-9]+) (?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL) +"
                    + "(?:[a-z_]+\\.c:[0-9]+:? )?(?<text>\\S.*)");

    private static final Pattern AUTOCTL_IN_FILE = Pattern.compile(
            " (?<pid>[0-9]+) (?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL) +[a-z_]+\\.c:[0-9]+: (?<text>\\S.*)");

    private ManagerText() {}

    /** {@code [2023-12-10 16:19:53] [NOTICE] text}, as repmgrd writes it to its file. */
    static Optional<OwnLine> repmgr(Cursor cursor) {
        if (!cursor.take('[')) {
            return Optional.empty();
        }
        Optional<WrittenTime> time = TimeText.dated(cursor);
        if (time.isEmpty() || !cursor.take("] [")) {
            return Optional.empty();
        }
        Optional<String> level = REPMGR_LEVELS.stream().filter(cursor::take).findFirst();
        return level.isPresent() && cursor.take("] ")
                ? Optional.of(
                        new OwnLine("repmgr", time, Component.REPMGR, level.flatMap(Severities::of), cursor.rest()))
                : Optional.empty();
    }

    /** {@code NOTICE: text}, as repmgr writes it at a terminal, or the text alone, as it sends it to syslog. */
    static OwnLine repmgr(String message) {
        Cursor cursor = new Cursor(message, 0);
        Optional<String> level = REPMGR_LEVELS.stream().filter(cursor::take).findFirst();
        boolean isHeaded = level.isPresent() && cursor.take(": ");
        return new OwnLine(
                "repmgr",
                Optional.empty(),
                Component.REPMGR,
                level.filter(word -> isHeaded).flatMap(Severities::of),
                isHeaded ? cursor.rest() : message);
    }

    /** {@code  14377 INFO  fsm.c:493: text}, behind {@code time}. */
    static Optional<OwnLine> autoctl(WrittenTime time, Cursor cursor) {
        return autoctl(AUTOCTL_IN_FILE.matcher(cursor.rest()), Optional.of(time));
    }

    /** {@code 17:49:19 14377 INFO  text}: the day is what the envelope says. */
    static Optional<OwnLine> autoctl(String message) {
        return autoctl(AUTOCTL.matcher(message), Optional.empty());
    }

    private static Optional<OwnLine> autoctl(Matcher line, Optional<WrittenTime> time) {
        return line.matches()
                ? Optional.of(new OwnLine(
                        "pg_autoctl",
                        time,
                        ProcessId.of(line.group("pid")),
                        Component.PG_AUTO_FAILOVER,
                        Severities.of(line.group("level")),
                        line.group("text")))
                : Optional.empty();
    }
}
