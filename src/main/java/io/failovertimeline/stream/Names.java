package io.failovertimeline.stream;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Texts that stand in very many records, such as names of clusters and endpoints: read from bytes into the same object as before, so
 * that what is kept of the records takes less memory. Of bounded size. Threads may share it without waiting for each other: at
 * worst a text is there twice.
 */
final class Names {

    private static final int SLOTS = 1 << 13;
    private static final int LONGEST = 100;

    private static final @Nullable String[] KNOWN = new String[SLOTS];

    private Names() {}

    /** The UTF-8 text of {@code length} bytes from {@code from} on. */
    static String of(byte[] bytes, int from, int length) {
        if (length > LONGEST) {
            return read(bytes, from, length);
        }
        int hash = length;
        for (int at = from; at < from + length; at++) {
            hash = 31 * hash + bytes[at];
        }
        int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
        String known = KNOWN[slot];
        if (known != null && isSame(known, bytes, from, length)) {
            return known;
        }
        String text = read(bytes, from, length);
        KNOWN[slot] = text;
        return text;
    }

    private static String read(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /** False of texts beyond ASCII: a byte of theirs is negative. */
    private static boolean isSame(String known, byte[] bytes, int from, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int at = 0; at < length; at++) {
            if (known.charAt(at) != bytes[from + at]) {
                return false;
            }
        }
        return true;
    }
}
