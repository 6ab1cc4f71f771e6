package io.failovertimeline.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks up values by a slice of bytes, without making anything of it. Holds a bounded number of keys: when it is full it forgets
 * them all and begins anew.
 */
public final class ByteMap<V> {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final byte[][] keys;
    /** Of the keys. */
    private final long[] hashes;

    private final @Nullable V[] values;
    private int size;

    /** An empty map for up to {@code most} keys. */
    @SuppressWarnings("unchecked") // an array of V never leaves
    public ByteMap(int most) {
        int slots = Integer.highestOneBit(Math.max(1, most)) * 4;
        keys = new byte[slots][];
        hashes = new long[slots];
        values = (@Nullable V[]) new Object[slots];
    }

    /** What was put under these bytes; null if nothing was, or it is forgotten. */
    public @Nullable V get(byte[] bytes, int from, int to) {
        return values[slot(hash(bytes, from, to), bytes, from, to)];
    }

    /** Remembers {@code value} under a copy of these bytes. */
    public void put(byte[] bytes, int from, int to, V value) {
        if (size >= keys.length / 2) {
            clear();
        }
        long hash = hash(bytes, from, to);
        int slot = slot(hash, bytes, from, to);
        size += keys[slot] == null ? 1 : 0;
        keys[slot] = Arrays.copyOfRange(bytes, from, to);
        hashes[slot] = hash;
        values[slot] = value;
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(keys, null);
        Arrays.fill(values, null);
        size = 0;
    }

    /** Where these bytes are, or would go. */
    private int slot(long hash, byte[] bytes, int from, int to) {
        int slot = (int) hash & (keys.length - 1);
        while (keys[slot] != null && !(hashes[slot] == hash && isSame(keys[slot], bytes, from, to))) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    /** Whether a key of the same hash is these bytes: of so many, no two of a length have one hash. */
    private static boolean isSame(byte[] key, byte[] bytes, int from, int to) {
        return key.length == to - from
                && (key.length <= Long.BYTES || Arrays.equals(key, 0, key.length, bytes, from, to));
    }

    /** The same for the same bytes; its low bits are as good as its high ones. */
    static long hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at < to - Long.BYTES; at += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(bytes, at)) * FACTOR;
            hash ^= hash >>> 29;
        }
        hash = (hash ^ rest(bytes, at, to, to - from)) * FACTOR;
        return hash ^ (hash >>> 29);
    }

    /** The last bytes; where there are enough, together with some before them. */
    private static long rest(byte[] bytes, int at, int to, int length) {
        if (length >= Long.BYTES) {
            return (long) LONG.get(bytes, to - Long.BYTES);
        }
        if (length >= Integer.BYTES) {
            long first = (int) INT.get(bytes, at);
            return (first << Integer.SIZE) ^ (int) INT.get(bytes, to - Integer.BYTES);
        }
        long rest = 0;
        for (int i = at; i < to; i++) {
            rest = (rest << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return rest;
    }
}
