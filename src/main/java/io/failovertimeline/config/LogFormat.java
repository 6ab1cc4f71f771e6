package io.failovertimeline.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How what runs until it is stopped writes its own log to standard error. */
public enum LogFormat {
    /** Lines for people. */
    TEXT,
    /** An object a line, for what collects logs. */
    JSON;

    /** The one called {@code name}, {@code text} or {@code json}; empty if there is none. */
    static Optional<LogFormat> of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
