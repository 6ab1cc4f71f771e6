package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;

/** How fine a clock stamped a record. The true instant lies in {@code [at, at + unit)}. */
public enum Precision {
    NANOS(Duration.ofNanos(1)),
    MICROS(Duration.ofNanos(1_000)),
    MILLIS(Duration.ofMillis(1)),
    SECONDS(Duration.ofSeconds(1)),
    /** Of counts that a load generator writes every few seconds. */
    TEN_SECONDS(Duration.ofSeconds(10)),
    /** Of counts that a load generator writes more rarely. */
    MINUTES(Duration.ofMinutes(1)),
    /** A local time of the hour that a change to winter time repeats: the true instant may also be an hour later. */
    REPEATED_HOUR(Duration.ofHours(1).plusSeconds(1));

    private final Duration unit;

    Precision(Duration unit) {
        this.unit = unit;
    }

    /** Whether the second is all that is known, or not even that. */
    public boolean isCoarse() {
        return compareTo(SECONDS) >= 0;
    }

    /** The width of the interval in which the true instant lies. */
    public Duration unit() {
        return unit;
    }

    /** The first instant that is certainly later than a record stamped {@code at}. */
    public Instant endOf(Instant at) {
        return at.plus(unit);
    }

    /** The precision of a stamp written with {@code digits} digits after the second's point. */
    public static Precision ofFractionDigits(int digits) {
        if (digits == 0) {
            return SECONDS;
        }
        return digits <= 3 ? MILLIS : digits <= 6 ? MICROS : NANOS;
    }
}
