package io.failovertimeline.decode;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What lines say, by their number, so that neighbours can be put together whatever order they come in. Bounded. */
final class LinesByNumber<V> {

    /** Lines kept, the first of the source. */
    private static final int KEPT = 10_000;

    private final TreeMap<Long, V> lines = new TreeMap<>();

    void put(long line, V value) {
        lines.put(line, value);
        if (lines.size() > KEPT) {
            lines.pollLastEntry();
        }
    }

    NavigableMap<Long, V> all() {
        return lines;
    }

    /** The last at or above {@code line}. */
    Optional<V> above(long line) {
        return Optional.ofNullable(lines.floorEntry(line)).map(Map.Entry::getValue);
    }

    /** The last at or above {@code line}, else the first below. */
    Optional<V> aroundOrBelow(long line) {
        return above(line).or(() -> Optional.ofNullable(lines.firstEntry()).map(Map.Entry::getValue));
    }
}
