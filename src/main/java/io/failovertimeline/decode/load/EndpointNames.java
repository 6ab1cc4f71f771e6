package io.failovertimeline.decode.load;

import io.failovertimeline.model.EndpointBasis;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names the requests of one source by endpoint, and remembers for each name on what it is based. Bounded: of more than {@link
 * #MOST} names those first by alphabet are remembered, and texts that come again and again are looked at once.
 */
public final class EndpointNames {

    /** Names that are remembered. */
    public static final int MOST = 500;

    private static final int SLOTS = 1 << 10;
    private static final int LONGEST = 2000;

    /**
     * Where a name comes from.
     *
     * @param basis how it was found
     * @param example what the requests were called: of several texts the first by alphabet
     */
    public record Named(EndpointBasis basis, String example) implements Comparable<Named> {
        private static final Comparator<Named> ORDER =
                Comparator.comparing(Named::basis).thenComparing(Named::example);

        @Override
        public int compareTo(Named other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Slot {
        private final byte[] text;
        private final String name;

        private Slot(byte[] text, String name) {
            this.text = text;
            this.name = name;
        }
    }

    private final EndpointPatterns patterns;
    private final TreeMap<String, Named> seen = new TreeMap<>();
    private final @Nullable Slot[] slots = new @Nullable Slot[SLOTS];

    /** Names by {@code patterns} first. */
    public EndpointNames(EndpointPatterns patterns) {
        this.patterns = patterns;
    }

    /** What was named, by name. */
    public SortedMap<String, Named> seen() {
        return new TreeMap<>(seen);
    }

    /**
     * The name of an endpoint: of the first pattern that matches; else the one that the generator gave, or method and path with ids
     * replaced where it gave none. {@code (unnamed)} if nothing is known.
     *
     * @param name as the generator gives it, which may repeat the URL; may be empty
     * @param method may be empty
     * @param url absolute, or a path; may be empty
     */
    String given(String name, String method, String url) {
        boolean isOwn = EndpointName.isOwn(name, url);
        String address = name.isEmpty() ? url : name;
        String raw = cut(isOwn ? name : address.isEmpty() ? "" : EndpointName.raw(method, address));
        Optional<String> byPattern = raw.isEmpty() ? Optional.empty() : patterns.name(raw);
        String endpoint = byPattern.orElseGet(() -> EndpointName.given(name, method, url));
        note(
                endpoint,
                byPattern.isPresent() ? EndpointBasis.PATTERN : isOwn ? EndpointBasis.NAME : EndpointBasis.PATH,
                BoundedText.of(raw));
        return endpoint;
    }

    /**
     * The same, of fields of a row. Which text they are is looked up by their bytes.
     *
     * @param name the place of the generator's name, or -1
     * @param method the place of the method, or -1
     * @param url the place of the URL, or -1
     */
    String given(Fields row, byte[] bytes, int name, int method, int url) {
        boolean isOwn = row.to(name) > row.from(name) && !isAddress(bytes, row.from(name), row.to(name));
        int first = isOwn ? name : method;
        int second = isOwn ? -1 : url;
        long hash = hash(bytes, row.from(first), row.to(first)) * 31 + hash(bytes, row.from(second), row.to(second));
        int at = (int) (hash ^ (hash >>> 32)) & (SLOTS - 1);
        @Nullable Slot slot = slots[at];
        if (slot != null && says(slot.text, bytes, row, first, second)) {
            return slot.name;
        }
        String endpoint = given(row.text(name), isOwn ? "" : row.text(method), isOwn ? "" : row.text(url));
        slots[at] = new Slot(text(bytes, row, first, second), endpoint);
        return endpoint;
    }

    private static boolean isAddress(byte[] bytes, int from, int to) {
        for (int i = from; i + 2 < to; i++) {
            if (bytes[i] == ':' && bytes[i + 1] == '/' && bytes[i + 2] == '/') {
                return true;
            }
        }
        return bytes[from] == '/';
    }

    private static boolean says(byte[] text, byte[] bytes, Fields row, int first, int second) {
        int length = row.to(first) - row.from(first);
        int behind = length + 1;
        return text.length == behind + row.to(second) - row.from(second)
                && Arrays.equals(text, 0, length, bytes, row.from(first), row.to(first))
                && Arrays.equals(text, behind, text.length, bytes, row.from(second), row.to(second));
    }

    private static byte[] text(byte[] bytes, Fields row, int first, int second) {
        int length = row.to(first) - row.from(first);
        byte[] text = new byte[length + 1 + row.to(second) - row.from(second)];
        System.arraycopy(bytes, row.from(first), text, 0, length);
        System.arraycopy(bytes, row.from(second), text, length + 1, text.length - length - 1);
        return text;
    }

    private static long hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 0x100000001B3L + bytes[i];
        }
        return hash;
    }

    private static String cut(String raw) {
        return raw.length() <= LONGEST ? raw : raw.substring(0, LONGEST);
    }

    private void note(String endpoint, EndpointBasis basis, String example) {
        seen.merge(endpoint, new Named(basis, example), (a, b) -> a.compareTo(b) <= 0 ? a : b);
        if (seen.size() > MOST) {
            seen.pollLastEntry();
        }
    }
}
