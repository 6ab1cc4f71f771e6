package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.util.Optional;

/**
 * What a program wrote by itself, in its own format.
 *
 * @param format such as {@code patroni} or {@code postgresql}
 * @param time the program's own time; empty if it writes none
 * @param component whose words they are
 * @param message the text without time and logger; with PostgreSQL's severity in front
 */
record OwnLine(String format, Optional<WrittenTime> time, Component component, String message) {}
