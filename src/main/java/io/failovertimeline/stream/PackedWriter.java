package io.failovertimeline.stream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes values one after the other, to be read in the same order by a {@link PackedReader}. */
final class PackedWriter {

    private static final int GROUP = 7;

    private byte[] bytes = new byte[256];
    private int used;

    /** A whole number: the nearer to zero, the fewer bytes. */
    PackedWriter number(long value) {
        room(Long.BYTES + 2);
        long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((rest & -(1L << GROUP)) != 0) {
            bytes[used++] = (byte) (rest | 1 << GROUP);
            rest >>>= GROUP;
        }
        bytes[used++] = (byte) rest;
        return this;
    }

    /** A text, as UTF-8. */
    PackedWriter text(String text) {
        return block(text.getBytes(StandardCharsets.UTF_8));
    }

    /** So many bytes. */
    PackedWriter block(byte[] block) {
        number(block.length);
        room(block.length);
        System.arraycopy(block, 0, bytes, used, block.length);
        used += block.length;
        return this;
    }

    PackedWriter instant(Instant instant) {
        return number(instant.getEpochSecond()).number(instant.getNano());
    }

    <T> PackedWriter optional(Optional<T> value, BiConsumer<PackedWriter, T> write) {
        number(value.isPresent() ? 1 : 0);
        value.ifPresent(present -> write.accept(this, present));
        return this;
    }

    /** All that was written. */
    byte[] bytes() {
        return Arrays.copyOf(bytes, used);
    }

    private void room(int more) {
        if (used + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(used + more, 2 * bytes.length));
        }
    }
}
