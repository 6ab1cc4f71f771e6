package io.failovertimeline.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of an incident's story.
 *
 * @param at when
 * @param precision how much later it may have been
 * @param type what it proves
 * @param member the member that wrote it or whom it is about; empty if unknown
 * @param text the message as it was written
 * @param origin where it stands
 * @param correction that its writer's clock was off, and {@code at} is not what was written; empty if it is
 */
public record Step(
        Instant at,
        Precision precision,
        EventKind type,
        Optional<String> member,
        String text,
        Origin origin,
        Optional<ClockCorrection> correction) {

    /** A line whose time is as it was written. */
    public Step(Instant at, Precision precision, EventKind type, Optional<String> member, String text, Origin origin) {
        this(at, precision, type, member, text, origin, Optional.empty());
    }
}
