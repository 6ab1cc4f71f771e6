package io.failovertimeline.correlate;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An outage that clients felt, between two requests that were served.
 *
 * @param window the outage
 * @param before start of the last request that was served before it
 * @param after the latest end of the first request that was served after it
 */
record Outage(ErrorWindow window, Instant before, Instant after) {

    /** Those of {@code windows} with requests of {@code all} that were served on both sides. */
    static List<Outage> of(Collection<ErrorWindow> windows, List<LoadSeries> all) {
        List<Outage> outages = new ArrayList<>();
        for (ErrorWindow window : windows) {
            if (window.kind() == WindowKind.OUTAGE) {
                all.stream()
                        .filter(series -> series.generator().equals(window.generator())
                                && series.endpoint().equals(window.endpoint()))
                        .findFirst()
                        .flatMap(series -> outage(window, series))
                        .ifPresent(outages::add);
            }
        }
        return outages;
    }

    private static Optional<Outage> outage(ErrorWindow window, LoadSeries series) {
        return window.servedAgain().flatMap(again -> servedBefore(window.from(), series)
                .map(before -> new Outage(
                        window, before, window.precision().endOf(again).plus(latencyAt(again, window, series)))));
    }

    private static Optional<Instant> servedBefore(Instant from, LoadSeries series) {
        List<LoadBucket> until = series.between(Instant.MIN, from);
        for (int i = until.size() - 1; i >= 0; i--) {
            LoadBucket bucket = until.get(i);
            Optional<Instant> served = Stream.concat(bucket.lastSuccess().stream(), bucket.firstSuccess().stream())
                    .filter(success -> success.isBefore(from))
                    .findFirst();
            if (served.isPresent()) {
                return served;
            }
        }
        return Optional.empty();
    }

    private static Duration latencyAt(Instant again, ErrorWindow window, LoadSeries series) {
        List<LoadBucket> until = series.between(Instant.MIN, again);
        return until.isEmpty() ? window.slowest() : until.get(until.size() - 1).slowest();
    }

    /** Whether a moment known to lie between {@code from} and {@code to} may have been within the outage. */
    boolean mayHold(Instant from, Instant to) {
        return !to.isBefore(before) && !from.isAfter(after);
    }
}
