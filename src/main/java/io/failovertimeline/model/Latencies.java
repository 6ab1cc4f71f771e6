package io.failovertimeline.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * How long requests took, as a histogram that can be added to others: quantiles are within {@value LatencySketch#ACCURACY} of the true
 * ones. Some bytes for each order of magnitude that occurs, however many requests there were.
 *
 * <p>The bytes: none if there were no requests; else {@value LatencySketch#VERSION}, and a DDSketch of microseconds as sketches-java encodes it
 * without its index mapping. A later form begins with another number.
 */
public final class Latencies {

    /** Of no request. */
    public static final Latencies NONE = new Latencies(new byte[0]);

    private final byte[] encoded;

    Latencies(byte[] encoded) {
        this.encoded = encoded;
    }

    /** Of {@code count} requests that took {@code latency} each. */
    public static Latencies of(Duration latency, long count) {
        LatencySketch sketch = new LatencySketch();
        sketch.add(latency, count);
        return sketch.latencies();
    }

    /**
     * Reads what {@link #encoded()} gives. Very many are read and kept as they are: bytes that are broken are found when they are used,
     * which throws {@link IllegalArgumentException} then.
     *
     * @throws IllegalArgumentException if they are of another version
     */
    public static Latencies decode(byte[] encoded) {
        if (encoded.length == 0) {
            return NONE;
        }
        LatencySketch.check(encoded[0]);
        return new Latencies(encoded.clone());
    }

    /** Its bytes, as they cross the network. */
    public byte[] encoded() {
        return encoded.clone();
    }

    byte[] bytes() {
        return encoded;
    }

    /** Both together. */
    public Latencies plus(Latencies other) {
        if (isNone() || other.isNone()) {
            return isNone() ? other : this;
        }
        LatencySketch sum = new LatencySketch();
        sum.add(this);
        sum.add(other);
        return sum.latencies();
    }

    /** Whether there were no requests. */
    public boolean isNone() {
        return encoded.length == 0;
    }

    /**
     * The latency that {@code share} of the requests did not exceed; empty if there were none.
     *
     * @param share from 0 to 1
     */
    public Optional<Duration> quantile(double share) {
        LatencySketch sketch = new LatencySketch();
        sketch.add(this);
        return sketch.quantile(share);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Latencies its && Arrays.equals(encoded, its.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(encoded);
    }
}
