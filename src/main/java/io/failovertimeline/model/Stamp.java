package io.failovertimeline.model;

import java.time.Instant;

/**
 * When a line was written.
 *
 * @param at the earliest instant that the stamp allows
 * @param precision how much later it may have been
 * @param clock whose clock said so
 */
public record Stamp(Instant at, Precision precision, Clock clock) {

    /** The clocks a record can carry, the best first. */
    public enum Clock {
        /** The program's own time inside its message. */
        APPLICATION,
        /** The time at which the sender handed the line to its logger. */
        SOURCE,
        /** The time at which journald, syslog or a shipper received it. */
        RECEPTION
    }
}
