package io.failovertimeline.replay;

import io.failovertimeline.model.Coverage;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps from when to when each host was seen. */
final class Coverages {

    private final Map<String, Span> byHost = new HashMap<>();

    /** From the first to the last second, each with its nanoseconds: it is told of every line, so it makes no objects of times. */
    static final class Span {
        private long from = Long.MAX_VALUE;
        private int fromNano;
        private long to = Long.MIN_VALUE;
        private int toNano;

        /** The host was seen so many seconds, and nanoseconds after them, since 1970. */
        void widen(long second, int nano) {
            if (second < from || (second == from && nano < fromNano)) {
                from = second;
                fromNano = nano;
            }
            if (second > to || (second == to && nano > toNano)) {
                to = second;
                toNano = nano;
            }
        }

        Coverage of(String host) {
            return new Coverage(host, Instant.ofEpochSecond(from, fromNano), Instant.ofEpochSecond(to, toNano));
        }
    }

    /** The host was seen at that instant. */
    void seen(Optional<String> host, Instant at) {
        span(host).widen(at.getEpochSecond(), at.getNano());
    }

    /** When {@code host} was seen, to be widened; of lines without a host nothing is kept. */
    Span span(Optional<String> host) {
        return host.map(name -> byHost.computeIfAbsent(name, unused -> new Span()))
                .orElseGet(Span::new);
    }

    List<Coverage> all() {
        return byHost.entrySet().stream()
                .map(entry -> entry.getValue().of(entry.getKey()))
                .sorted(Comparator.comparing(Coverage::host))
                .toList();
    }
}
