package io.failovertimeline.correlate;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An outage that clients felt, between two requests that were served.
 *
 * @param window the outage
 * @param before start of the last request that was served before it
 * @param after the latest end of the first request that was served after it
 */
record Outage(ErrorWindow window, Instant before, Instant after) {

    private record Target(String generator, String endpoint) {}

    /** Those of {@code windows} with requests that were served on both sides. */
    static List<Outage> of(Collection<ErrorWindow> windows, Collection<LoadBucket> buckets) {
        Map<Target, NavigableMap<Instant, LoadBucket>> bySecond = new HashMap<>();
        buckets.forEach(bucket -> bySecond.computeIfAbsent(
                        new Target(bucket.generator(), bucket.endpoint()), target -> new TreeMap<>())
                .put(bucket.second(), bucket));
        List<Outage> outages = new ArrayList<>();
        for (ErrorWindow window : windows) {
            NavigableMap<Instant, LoadBucket> seconds = bySecond.get(new Target(window.generator(), window.endpoint()));
            if (seconds != null && window.kind() == WindowKind.OUTAGE) {
                outage(window, seconds).ifPresent(outages::add);
            }
        }
        return outages;
    }

    private static Optional<Outage> outage(ErrorWindow window, NavigableMap<Instant, LoadBucket> seconds) {
        return window.servedAgain().flatMap(again -> servedBefore(window.from(), seconds)
                .map(before -> new Outage(
                        window, before, window.precision().endOf(again).plus(latencyAt(again, window, seconds)))));
    }

    private static Optional<Instant> servedBefore(Instant from, NavigableMap<Instant, LoadBucket> seconds) {
        return seconds.headMap(from, true).descendingMap().values().stream()
                .flatMap(bucket -> Stream.concat(bucket.lastSuccess().stream(), bucket.firstSuccess().stream())
                        .filter(served -> served.isBefore(from)))
                .findFirst();
    }

    private static Duration latencyAt(Instant again, ErrorWindow window, NavigableMap<Instant, LoadBucket> seconds) {
        return Optional.ofNullable(seconds.floorEntry(again))
                .map(bucket -> bucket.getValue().slowest())
                .orElse(window.slowest());
    }

    /** Whether a moment known to lie between {@code from} and {@code to} may have been within the outage. */
    boolean mayHold(Instant from, Instant to) {
        return !to.isBefore(before) && !from.isAfter(after);
    }
}
