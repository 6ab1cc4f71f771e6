package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;

/**
 * That a time is not the one that was written, since the writer's clock was off.
 *
 * @param writtenAt the time as it was written
 * @param plusMinus how far the corrected time may be wrong, in either direction
 */
public record ClockCorrection(Instant writtenAt, Duration plusMinus) {

    /** This, of a time that {@code first} had corrected already. */
    public ClockCorrection after(ClockCorrection first) {
        return new ClockCorrection(first.writtenAt, plusMinus.plus(first.plusMinus));
    }
}
