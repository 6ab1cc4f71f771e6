package io.failovertimeline.correlate;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * When somebody spoke: spans without a pause, none of which touches another.
 *
 * @param spans the end of each by its begin
 */
record Speech(TreeMap<Instant, Instant> spans) {

    /** The speech of {@code words}, each of which may stand for a run that it ends. */
    static Speech of(Stream<Entry> words) {
        TreeMap<Instant, Instant> spans = new TreeMap<>();
        words.forEach(word -> add(spans, word.since(), word.at()));
        return new Speech(spans);
    }

    private static void add(TreeMap<Instant, Instant> spans, Instant from, Instant to) {
        Instant begin = from;
        Instant end = to;
        Map.Entry<Instant, Instant> before = spans.floorEntry(from);
        if (before != null && !before.getValue().isBefore(from)) {
            begin = before.getKey();
            end = before.getValue().isAfter(to) ? before.getValue() : to;
        }
        Map.Entry<Instant, Instant> within = spans.ceilingEntry(begin);
        while (within != null && !within.getKey().isAfter(end)) {
            end = within.getValue().isAfter(end) ? within.getValue() : end;
            spans.remove(within.getKey());
            within = spans.ceilingEntry(begin);
        }
        spans.put(begin, end);
    }

    /** Whether anything was said after {@code from} and before {@code to}. */
    boolean anyBetween(Instant from, Instant to) {
        Map.Entry<Instant, Instant> last = spans.lowerEntry(to);
        return last != null && last.getValue().isAfter(from);
    }
}
