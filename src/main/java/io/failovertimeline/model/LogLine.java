package io.failovertimeline.model;

import java.util.Optional;

/**
 * One log record without its envelope.
 *
 * @param stamp when it was written; empty where the line has no time at all (a shell transcript)
 * @param host who wrote it, as the envelope or the file's name tells; empty if neither does
 * @param component whose words they are
 * @param message the text, without time, severity or program
 * @param origin where it stands
 */
public record LogLine(
        Optional<Stamp> stamp, Optional<String> host, Component component, String message, Origin origin) {}
