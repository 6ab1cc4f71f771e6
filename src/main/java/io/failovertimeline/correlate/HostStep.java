package io.failovertimeline.correlate;

import io.failovertimeline.model.ClockStep;
import io.failovertimeline.model.ClusterEvent;
import java.time.Duration;
import java.time.Instant;

/** A step of one host's clock, be it proven or supposed. */
interface HostStep {

    /** On which side of the step an event is. */
    enum Side {
        BEFORE,
        AFTER,
        /** Of a time that the clock showed twice, in a source that does not tell. */
        UNKNOWN
    }

    ClockStep.Direction direction();

    Side sideOf(ClusterEvent event);

    /** How far at the least; positive. */
    Duration by();

    /** How far at the most. */
    Duration atMost();

    /** Whether it may have been as far as {@code size}. */
    default boolean allows(Duration size) {
        return size.compareTo(by()) >= 0 && size.compareTo(atMost()) <= 0;
    }

    /** The time of the first line that proves it, of those after it. */
    Instant firstAfter();

    /** The same with the lines that prove it. */
    ClockStep told(String cluster, String host, ClockStep.Side moved);

    /** How far it is taken to have been. */
    default Duration size() {
        return by();
    }

    /** What times after the step have to be moved by to be on the scale of those before. */
    default Duration shift() {
        return direction() == ClockStep.Direction.BACK ? size() : size().negated();
    }

    /** How far a time that was moved may still be wrong. */
    default Duration error() {
        Duration more = atMost().minus(size());
        Duration less = size().minus(by());
        return more.compareTo(less) > 0 ? more : less;
    }
}
