package io.failovertimeline.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time. */
public final class Words {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    /** What lifts {@code 0}, and what is above {@code 9}, to the high bit. */
    private static final long FROM_NOUGHT = (0x80 - '0') * EACH;

    private static final long ABOVE_NINE = (0x80 - '9' - 1) * EACH;

    private Words() {}

    /** Where in {@code bytes} the first {@code wanted}, an ASCII character, from {@code from} on stands; {@code to} if none does. */
    public static int find(char wanted, byte[] bytes, int from, int to) {
        int at = from;
        int last =
                Math.min(to - 1, bytes.length - Long.BYTES); // what stands behind the slice is looked at, and left out
        for (; at <= last; at += Long.BYTES) {
            long difference = (long) LONG.get(bytes, at) ^ (EACH * wanted);
            long zeros = (difference - EACH) & ~difference & HIGH_BITS;
            if (zeros != 0) {
                return Math.min(to, at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE);
            }
        }
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return Math.min(to, at);
    }

    /** A place before which, from {@code from} on, all bytes are ASCII and no control characters; the last such or one near it. */
    public static int behindPrintable(byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES && isPrintable((long) LONG.get(bytes, at))) {
            at += Long.BYTES;
        }
        return at;
    }

    /** Where the digits end that begin at {@code from}. */
    public static int behindDigits(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long others = ~digits((long) LONG.get(bytes, at)) & HIGH_BITS;
            if (others != 0) {
                return at + Long.numberOfTrailingZeros(others) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private static boolean isPrintable(long word) {
        return ((word | (word - (EACH * ' '))) & HIGH_BITS) == 0;
    }

    /** Copies {@code bytes} from {@code from} to {@code to} to the front of {@code copy}, with a nought for each digit. */
    static void mask(byte[] bytes, int from, int to, byte[] copy) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            LONG.set(copy, at - from, mask((long) LONG.get(bytes, at)));
        }
        for (; at < to; at++) {
            copy[at - from] = bytes[at] >= '0' && bytes[at] <= '9' ? (byte) '0' : bytes[at];
        }
    }

    private static long mask(long word) {
        return word & ~((digits(word) >>> 7) * 0x0F); // '0' is 0x30
    }

    /** The high bit of each byte that is a digit. */
    private static long digits(long word) {
        long low = word & ~HIGH_BITS; // so that no sum carries into the next byte
        return (low + FROM_NOUGHT) & ~(low + ABOVE_NINE) & ~word & HIGH_BITS;
    }
}
