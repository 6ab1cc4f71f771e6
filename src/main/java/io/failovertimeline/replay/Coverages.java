package io.failovertimeline.replay;

import io.failovertimeline.model.Coverage;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps from when to when each host was seen. It is told of every line, so it makes no objects of times. */
final class Coverages {

    private final Map<String, Span> byHost = new HashMap<>();

    /** From the first to the last second, each with its nanoseconds. */
    private static final class Span {
        private long from = Long.MAX_VALUE;
        private int fromNano;
        private long to = Long.MIN_VALUE;
        private int toNano;

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

    void seen(Optional<String> host, Instant at) {
        seen(host, at.getEpochSecond(), at.getNano());
    }

    /** The host was seen so many seconds, and nanoseconds after them, since 1970. */
    void seen(Optional<String> host, long second, int nano) {
        if (host.isPresent()) {
            @Nullable Span span = byHost.get(host.get());
            if (span == null) {
                span = new Span();
                byHost.put(host.get(), span);
            }
            span.widen(second, nano);
        }
    }

    List<Coverage> all() {
        return byHost.entrySet().stream()
                .map(entry -> entry.getValue().of(entry.getKey()))
                .sorted(Comparator.comparing(Coverage::host))
                .toList();
    }
}
