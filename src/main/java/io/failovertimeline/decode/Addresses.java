package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands between time and message of a line, {@code db1 patroni[626]: }, by its bytes: the same few come again and again. Holds a
 * bounded number of those that came twice, the latest; most of those of short-lived processes come once.
 */
final class Addresses {

    private static final int SHORTEST = 2 * Long.BYTES;
    private static final int SLOT_BITS = 12;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable Address[] known = new @Nullable Address[1 << SLOT_BITS];
    /** Of those that are known: the table of these alone is small, and mostly enough to tell that one is not. */
    private final long[] hashes = new long[1 << SLOT_BITS];

    private final long[] seenOnce = new long[1 << SLOT_BITS];

    /** One of them, taken apart. */
    static final class Address {
        private final int length;
        /** Its first bytes, and its last, which mostly are all: they are at hand. */
        private final long first;

        private final long second;
        private final long last;
        private final long process;
        private final KnownHost writer;
        private final Optional<Component> sender;
        /** Those between the first and the last. */
        private final byte[] others;

        private Address(byte[] line, int from, int end, KnownHost writer, Optional<Component> sender, long process) {
            this.length = end - from;
            this.first = (long) LONG.get(line, from);
            this.second = (long) LONG.get(line, from + Long.BYTES);
            this.last = (long) LONG.get(line, end - Long.BYTES);
            this.others = Arrays.copyOfRange(line, from + SHORTEST, Math.max(from + SHORTEST, end - Long.BYTES));
            this.writer = writer;
            this.sender = sender;
            this.process = process;
        }

        private boolean standsAt(byte[] line, int from, int to) {
            int end = from + length;
            return end <= to
                    && first == (long) LONG.get(line, from)
                    && second == (long) LONG.get(line, from + Long.BYTES)
                    && last == (long) LONG.get(line, end - Long.BYTES)
                    && (length <= SHORTEST + Long.BYTES
                            || Arrays.equals(line, from + SHORTEST, end - Long.BYTES, others, 0, others.length));
        }

        /** In bytes, with the blank by which it ends. */
        int length() {
            return length;
        }

        KnownHost writer() {
            return writer;
        }

        /** Empty if the lines have to be looked at. */
        Optional<Component> sender() {
            return sender;
        }

        /** As of {@link Skim#channel()}. */
        long process() {
            return process;
        }
    }

    /** The one that stands at {@code from}; null if that is not known. */
    @Nullable
    Address at(byte[] bytes, int from, int to) {
        if (to - from < SHORTEST) {
            return null;
        }
        long hash = hash(bytes, from);
        @Nullable Address address = hashes[slot(hash)] == hash ? known[slot(hash)] : null;
        return address != null && address.standsAt(bytes, from, to) ? address : null;
    }

    /** One that is not known stands in {@code bytes} from {@code from} to {@code end}. */
    void seen(byte[] bytes, int from, int end, KnownHost writer, Optional<Component> sender, long process) {
        if (end - from < SHORTEST) {
            return;
        }
        long hash = hash(bytes, from);
        int slot = slot(hash);
        if (seenOnce[slot] == hash) {
            hashes[slot] = hash;
            known[slot] = new Address(bytes, from, end, writer, sender, process);
        }
        seenOnce[slot] = hash;
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(known, null);
    }

    /** Of its first bytes. */
    private static long hash(byte[] bytes, int from) {
        long first = (long) LONG.get(bytes, from) * FACTOR;
        return ((first ^ (first >>> 29)) ^ (long) LONG.get(bytes, from + Long.BYTES)) * FACTOR;
    }

    private static int slot(long hash) {
        return (int) (hash >>> (Long.SIZE - SLOT_BITS));
    }
}
