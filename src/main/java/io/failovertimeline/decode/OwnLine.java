package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Severity;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a program wrote by itself, in its own format.
 *
 * @param format such as {@code patroni} or {@code postgresql}
 * @param time the program's own time; empty if it writes none
 * @param pid the process id that the program writes; empty if it writes none
 * @param component whose words they are
 * @param severity by the program's own level; empty if it writes none
 * @param message the text without time and logger; with PostgreSQL's severity in front
 */
record OwnLine(
        String format,
        Optional<WrittenTime> time,
        OptionalLong pid,
        Component component,
        Optional<Severity> severity,
        String message) {

    /** A line without a process id. */
    OwnLine(
            String format,
            Optional<WrittenTime> time,
            Component component,
            Optional<Severity> severity,
            String message) {
        this(format, time, OptionalLong.empty(), component, severity, message);
    }
}
