package io.failovertimeline.stream;

import io.failovertimeline.decode.CutLine;
import io.failovertimeline.decode.CutLines;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Joiner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Puts cut lines together, of each partition its own; those that are open outlive a restart. */
final class StoredCutLines {

    private static final char SEPARATOR = '\0';

    private final KeyValueStore<String, CutLine> store;
    private final Map<String, CutLines> byPartition = new HashMap<>();

    /** Goes on with the lines that are open in {@code store}. */
    StoredCutLines(KeyValueStore<String, CutLine> store) {
        this.store = store;
        List<CutLine> open = new ArrayList<>();
        try (KeyValueIterator<String, CutLine> all = store.all()) {
            all.forEachRemaining(entry -> open.add(entry.value));
        }
        open.stream().sorted(Comparator.comparing(CutLine::origin)).forEach(line -> of(partition(line))
                .resume(line));
    }

    /** The lines that are whole now; see {@link CutLines#line}. */
    List<CutLines.Whole> line(String source, Decoded.Line decoded, Hints hints, int part) {
        return of(decoded.line().origin().source()).line(source, decoded, hints, part, 1);
    }

    /** Whether the end of a line of {@code partition} is still to come. */
    boolean expectMore(String partition) {
        return of(partition).expectMore();
    }

    private CutLines of(String partition) {
        return byPartition.computeIfAbsent(
                partition,
                unknown -> new CutLines(
                        Joiner.USUAL_OPEN, line -> store.put(key(line), line), line -> store.delete(key(line))));
    }

    private static String partition(CutLine line) {
        return line.origin().source();
    }

    private static String key(CutLine line) {
        return partition(line) + SEPARATOR + line.stream();
    }
}
