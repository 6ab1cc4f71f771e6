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

    /** Where fewer bytes than this are left of a line, nothing is looked up. */
    private static final int LEAST = 2 * Long.BYTES;

    private static final int SLOT_BITS = 12;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final @Nullable Address[] known = new @Nullable Address[1 << SLOT_BITS];
    /** Of those that are known: the table of these alone is small, and mostly enough to tell that one is not. */
    private final long[] hashes = new long[1 << SLOT_BITS];

    private final long[] seenOnce = new long[1 << SLOT_BITS];

    /**
     * Taken apart.
     *
     * @param bytes with the blank behind it, by which it ends
     * @param writer the host
     * @param sender empty if the lines have to be looked at
     * @param process as of {@link Skim#channel()}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Address(byte[] bytes, KnownHost writer, Optional<Component> sender, long process) {

        private boolean standsAt(byte[] line, int from, int to) {
            int end = from + bytes.length;
            return end <= to && Arrays.equals(line, from, end, bytes, 0, bytes.length);
        }
    }

    /** The one that stands at {@code from}; null if that is not known. */
    @Nullable Address at(byte[] bytes, int from, int to) {
        if (to - from < LEAST) {
            return null;
        }
        long hash = hash(bytes, from);
        @Nullable Address address = hashes[slot(hash)] == hash ? known[slot(hash)] : null;
        return address != null && address.standsAt(bytes, from, to) ? address : null;
    }

    /** One that is not known stands from {@code from} to {@code end} of a line that goes on to {@code to}. */
    void seen(byte[] bytes, int from, int end, int to, KnownHost writer, Optional<Component> sender, long process) {
        if (to - from < LEAST) {
            return;
        }
        long hash = hash(bytes, from);
        int slot = slot(hash);
        if (seenOnce[slot] == hash) {
            hashes[slot] = hash;
            known[slot] = new Address(Arrays.copyOfRange(bytes, from, end), writer, sender, process);
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
