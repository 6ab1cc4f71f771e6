package io.failovertimeline.decode.load;

import io.failovertimeline.decode.ByteMap;
import io.failovertimeline.model.EndpointBasis;
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

    private static final int MOST_KEYS = 1 << 10;
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

    /** What requests with the same key are called. */
    private static final class Known {
        private final String endpoint;
        private byte[] example;

        private Known(String endpoint, byte[] example) {
            this.endpoint = endpoint;
            this.example = example;
        }
    }

    private final EndpointPatterns patterns;
    private final TreeMap<String, Named> seen = new TreeMap<>();
    private final ByteMap<Known> byKey = new ByteMap<>(MOST_KEYS);
    private final EndpointKey key = new EndpointKey();

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
     * The same, of fields of a row. Of texts that differ only in the numbers of a path, one is named.
     *
     * @param name the place of the generator's name, or -1
     * @param method the place of the method, or -1
     * @param url the place of the URL, or -1
     */
    String given(Fields row, int name, int method, int url) {
        if (!key.read(row, name, method, url, patterns.areNone())) {
            return given(row.text(name), row.text(method), row.text(url));
        }
        @Nullable Known known = byKey.get(key.bytes(), 0, key.length());
        if (known == null) {
            String endpoint = given(row.text(name), row.text(method), row.text(url));
            byKey.put(key.bytes(), 0, key.length(), new Known(endpoint, key.example()));
            return endpoint;
        }
        if (key.isBefore(known.example)) {
            known.example = key.example();
            given(row.text(name), row.text(method), row.text(url));
        }
        return known.endpoint;
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
