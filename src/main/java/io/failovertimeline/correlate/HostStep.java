package io.failovertimeline.correlate;

import io.failovertimeline.model.ClockStep;
import io.failovertimeline.model.ClusterEvent;
import java.time.Duration;

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

    /** Of the lines that prove it, the last before it. */
    Entry before();

    /** Of the lines that prove it, the first after it. */
    Entry after();

    /** The same with the lines that prove it. */
    default ClockStep told(String cluster, String host, ClockStep.Side moved) {
        return new ClockStep(
                cluster,
                host,
                direction(),
                by(),
                atMost(),
                moved,
                before().at(),
                before().event().origin(),
                after().at(),
                after().event().origin());
    }

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
