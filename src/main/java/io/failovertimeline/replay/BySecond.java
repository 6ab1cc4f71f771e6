package io.failovertimeline.replay;

import org.jspecify.annotations.Nullable;

/** Values by second since 1970, close together in memory: load results have many, and each request asks for one. */
final class BySecond<V> {

    private static final int FEWEST = 16;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long[] seconds = new long[FEWEST];
    private @Nullable V[] values = slots(FEWEST);
    private int size;

    /** Takes a second and its value. */
    interface Action<V> {
        void take(long second, V value);
    }

    /** What was put there; null if nothing was. */
    @Nullable
    V get(long second) {
        return values[slot(second)];
    }

    /** Puts {@code value} there; tells whether nothing was before. */
    boolean put(long second, V value) {
        int slot = slot(second);
        boolean isFirst = values[slot] == null;
        seconds[slot] = second;
        values[slot] = value;
        size += isFirst ? 1 : 0;
        if (size > values.length / 2) {
            grow();
        }
        return isFirst;
    }

    /** Shows all, in no particular order. */
    void forEach(Action<V> action) {
        for (int slot = 0; slot < values.length; slot++) {
            @Nullable V value = values[slot];
            if (value != null) {
                action.take(seconds[slot], value);
            }
        }
    }

    /** Forgets all. */
    void clear() {
        seconds = new long[FEWEST];
        values = slots(FEWEST);
        size = 0;
    }

    private void grow() {
        BySecond<V> roomier = new BySecond<>();
        roomier.seconds = new long[seconds.length * 2];
        roomier.values = slots(values.length * 2);
        forEach(roomier::put);
        seconds = roomier.seconds;
        values = roomier.values;
    }

    private int slot(long second) {
        int slot = (int) ((second * FACTOR) >>> Integer.SIZE) & (values.length - 1);
        while (values[slot] != null && seconds[slot] != second) {
            slot = (slot + 1) & (values.length - 1);
        }
        return slot;
    }

    @SuppressWarnings("unchecked") // an array of V never leaves
    private static <V> @Nullable V[] slots(int count) {
        return (@Nullable V[]) new Object[count];
    }
}
