package io.failovertimeline.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How long requests took that were served.
 *
 * @param requests how many of them tell their latency
 * @param median what half of them did not exceed
 * @param p99 what 99 of 100 did not exceed
 */
public record ServedLatency(long requests, Duration median, Duration p99) {

    /** Of what {@code sketch} holds; empty if that is nothing. */
    public static Optional<ServedLatency> of(LatencySketch sketch) {
        return sketch.quantile(0.5)
                .flatMap(median -> sketch.quantile(0.99).map(p99 -> new ServedLatency(sketch.count(), median, p99)));
    }
}
