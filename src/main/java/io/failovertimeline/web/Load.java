package io.failovertimeline.web;

import io.failovertimeline.publish.LoadSecond;
import io.failovertimeline.publish.LoadSecond.Plot;
import io.failovertimeline.stream.LoadWindow;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Requests near incidents, as the topic tells of them. Bounded: of more than fits, the oldest are dropped. */
final class Load {

    private static final int MOST_SECONDS = 150_000;
    private static final Comparator<LoadSecond> ORDER =
            Comparator.comparing(LoadSecond::second).thenComparing(LoadSecond::plot);

    private final NavigableSet<LoadSecond> seconds = new TreeSet<>(ORDER);

    /** Plots by themselves, so that the names of each are kept once. */
    private final Map<Plot, Plot> plots = new HashMap<>();

    /** Takes {@code second} in place of what was known of it; answers whether that changes anything. */
    boolean put(LoadSecond second) {
        if (Optional.ofNullable(seconds.floor(second)).filter(second::equals).isPresent()) {
            return false;
        }
        seconds.remove(second);
        seconds.add(sharing(second));
        if (seconds.size() > MOST_SECONDS) {
            seconds.pollFirst();
        }
        return true;
    }

    /** Those of {@code cluster} within {@code window}. */
    List<LoadSecond> of(String cluster, LoadWindow window) {
        return seconds.subSet(at(window.from()), true, at(window.to().plusNanos(1)), false).stream()
                .filter(second -> second.plot().cluster().equals(cluster))
                .toList();
    }

    private static LoadSecond at(Instant instant) {
        return new LoadSecond(
                new Plot("", "", ""),
                instant,
                0,
                0,
                Collections.emptySortedMap(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private LoadSecond sharing(LoadSecond its) {
        if (plots.size() > MOST_SECONDS) {
            plots.clear();
        }
        Plot plot = plots.computeIfAbsent(its.plot(), same -> same);
        return new LoadSecond(
                plot,
                its.second(),
                its.requests(),
                its.failed(),
                its.failedByKind(),
                its.median(),
                its.p99(),
                its.slowest());
    }
}
