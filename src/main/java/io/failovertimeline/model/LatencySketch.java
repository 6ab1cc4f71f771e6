package io.failovertimeline.model;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.encoding.Input;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/** Latencies that are being added up in place. Not safe for use by several threads. */
public final class LatencySketch {

    /** How far a quantile may be off, as a share of it. */
    static final double ACCURACY = 0.02;

    /** Of the bytes of {@link Latencies}. */
    static final byte VERSION = 1;

    private static final IndexMapping MAPPING = new CubicallyInterpolatedMapping(ACCURACY);
    private static final double NANOS = 1e3;

    private final DDSketch micros = new DDSketch(MAPPING, UnboundedSizeDenseStore::new);

    /** Adds {@code count} requests that took {@code latency} each. */
    public void add(Duration latency, long count) {
        add(latency.toNanos(), count);
    }

    /** Adds {@code count} requests that took {@code nanos} each. */
    public void add(long nanos, long count) {
        micros.accept(nanos / NANOS, (double) count);
    }

    /**
     * Adds all of {@code other}.
     *
     * @throws IllegalArgumentException if its bytes are of another version, or broken
     */
    public void add(Latencies other) {
        if (other.isNone()) {
            return;
        }
        byte[] bytes = other.bytes();
        check(bytes[0]);
        try {
            Input input = ByteArrayInput.wrap(bytes, 1, bytes.length - 1);
            micros.decodeAndMergeWith(input);
        } catch (IOException | RuntimeException broken) {
            throw new IllegalArgumentException("no latencies: " + other, broken);
        }
    }

    /** Throws {@link IllegalArgumentException} if this program does not know {@code version}. */
    static void check(byte version) {
        if (version != VERSION) {
            throw new IllegalArgumentException("latencies of version " + version + "; this program knows " + VERSION);
        }
    }

    /** Adds all of {@code other}. */
    public void add(LatencySketch other) {
        micros.mergeWith(other.micros);
    }

    /** What was added. */
    public Latencies latencies() {
        if (micros.isEmpty()) {
            return Latencies.NONE;
        }
        GrowingByteArrayOutput out = GrowingByteArrayOutput.withInitialCapacity(64);
        try {
            out.writeByte(VERSION);
            micros.encode(out, true);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return new Latencies(out.trimmedCopy());
    }

    /** How many requests. */
    public long count() {
        return Math.round(micros.getCount());
    }

    /**
     * How many took longer than {@code limit}, by bins: within {@value #ACCURACY} of the limit it may be either.
     */
    public long over(Duration limit) {
        double least = limit.toNanos() / NANOS;
        double count = 0;
        for (Iterator<Bin> bins = micros.getPositiveValueStore().getDescendingIterator(); bins.hasNext(); ) {
            Bin bin = bins.next();
            if (MAPPING.value(bin.getIndex()) <= least) {
                break;
            }
            count += bin.getCount();
        }
        return Math.round(count);
    }

    /**
     * The latency that {@code share} of the requests did not exceed; empty if there were none.
     *
     * @param share from 0 to 1
     */
    public Optional<Duration> quantile(double share) {
        return micros.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.round(micros.getValueAtQuantile(share) * NANOS)));
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return micros.isEmpty();
    }

    /** Forgets all. */
    public void clear() {
        micros.clear();
    }
}
