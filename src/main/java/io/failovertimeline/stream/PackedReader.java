package io.failovertimeline.stream;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what a {@link PackedWriter} wrote. Bytes that end too early are a {@link BufferUnderflowException}, others that can't be an {@link
 * IllegalArgumentException}.
 */
final class PackedReader {

    private static final int GROUP = 7;

    private final ByteBuffer bytes;

    PackedReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += GROUP) {
            byte next = bytes.get();
            value |= (long) (next & (1 << GROUP) - 1) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IllegalArgumentException("a number that does not end");
    }

    String text() {
        int length = length();
        String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + length);
        return text;
    }

    /** A text that many have in common, as {@link Names} has it. */
    String name() {
        int to = length() + bytes.position();
        String name = Names.of(bytes.array(), bytes.position(), to);
        bytes.position(to);
        return name;
    }

    byte[] block() {
        byte[] block = new byte[length()];
        bytes.get(block);
        return block;
    }

    Instant instant() {
        long second = number();
        return Instant.ofEpochSecond(second, number());
    }

    <T> Optional<T> optional(Function<PackedReader, T> read) {
        return number() == 0 ? Optional.empty() : Optional.of(read.apply(this));
    }

    private int length() {
        long length = number();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) length;
    }
}
