package io.failovertimeline.stream;

import io.failovertimeline.decode.ByteMap;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Texts that stand in very many records, such as names of clusters and endpoints: read into the same object as before, so that what is kept of
 * the records takes less memory. Each thread has its own, of bounded size.
 */
final class Names {

    private static final int MOST = 1 << 13;
    private static final int LONGEST = 100;

    private static final ThreadLocal<ByteMap<String>> KNOWN = ThreadLocal.withInitial(() -> new ByteMap<>(MOST));

    private Names() {}

    /** The UTF-8 text of the bytes from {@code from} up to, not including, {@code to}. */
    static String of(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return text(bytes, from, to);
        }
        ByteMap<String> known = KNOWN.get();
        @Nullable String before = known.get(bytes, from, to);
        if (before != null) {
            return before;
        }
        String text = text(bytes, from, to);
        known.put(bytes, from, to, text);
        return text;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
