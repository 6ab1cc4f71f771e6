package io.failovertimeline.model;

import java.util.Optional;

/**
 * One log record without its envelope.
 *
 * @param stamp when it was written; empty where the line has no time at all (a shell transcript)
 * @param host who wrote it, as the envelope or the file's name tells; empty if neither does
 * @param writer which process of that host wrote it
 * @param subjectUnit the unit that systemd says something about, journald's {@code UNIT}; empty where no field names it
 * @param component whose words they are
 * @param severity the program's own, else the envelope's; empty if neither tells
 * @param message the text, without time, severity or program; PostgreSQL's keeps its severity
 * @param origin where it stands
 */
public record LogLine(
        Optional<Stamp> stamp,
        Optional<String> host,
        Writer writer,
        Optional<String> subjectUnit,
        Component component,
        Optional<Severity> severity,
        String message,
        Origin origin) {}
