package io.failovertimeline.alert;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How urgent an alert is, the most urgent first. */
public enum AlertSeverity {
    /** Somebody is to be woken. */
    CRITICAL,
    /** Somebody is to look at it by day. */
    WARNING,
    /** Worth knowing. */
    INFO;

    /** As it is written in settings, labels and messages: {@code critical}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What {@code label} names; empty if nothing. */
    public static Optional<AlertSeverity> of(String label) {
        return Stream.of(values())
                .filter(severity -> severity.label().equals(label))
                .findFirst();
    }

    /** Whether this is as urgent as {@code other} or more so. */
    public boolean isAtLeast(AlertSeverity other) {
        return compareTo(other) <= 0;
    }
}
