package io.failovertimeline.model;

import java.time.Duration;

/**
 * A clock that is proven to be off. All times of its host were moved by {@link #offset()} before the story was told.
 *
 * @param cluster in whose evidence it was found; the offset is against the clocks of this cluster that agree with each other
 * @param host whose clock; for load results, the generator
 * @param offset how much later than those clocks it writes; negative if it is behind
 * @param atLeast the least that is possible
 * @param atMost the most that is possible
 */
public record ClockOffset(String cluster, String host, Duration offset, Duration atLeast, Duration atMost) {

    /** How far {@link #offset()} may be wrong, in either direction. */
    public Duration plusMinus() {
        Duration below = offset.minus(atLeast);
        Duration above = atMost.minus(offset);
        return below.compareTo(above) >= 0 ? below : above;
    }
}
