package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;

/**
 * That a host's clock was put back or forward while it wrote. Back: of two lines of one program in one source the lower one has the
 * earlier time, and what they say can't have happened in the order of their times. Forward: by its times the host was silent for long,
 * and what other hosts say can't have happened meanwhile. Times on one side of the step were moved onto the scale of those on the other.
 *
 * @param cluster in whose evidence it was found
 * @param host whose clock
 * @param direction which way
 * @param by how far at the least; positive
 * @param atMost how far at the most, if its Patroni made no longer pause than it usually does
 * @param moved which times were moved
 * @param before the time of the last line before the step, as it was written
 * @param lastBefore where that line stands
 * @param after the time of the first line after the step
 * @param firstAfter where that line stands
 */
public record ClockStep(
        String cluster,
        String host,
        Direction direction,
        Duration by,
        Duration atMost,
        Side moved,
        Instant before,
        Origin lastBefore,
        Instant after,
        Origin firstAfter) {

    /** Which way a clock is put. */
    public enum Direction {
        BACK,
        FORWARD
    }

    /** What a step divides. */
    public enum Side {
        BEFORE,
        AFTER
    }

    /** How much further than {@link #by()} it may have been. */
    public Duration plusMinus() {
        return atMost.minus(by);
    }
}
