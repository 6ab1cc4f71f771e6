package io.failovertimeline.correlate;

import io.failovertimeline.model.Latencies;
import io.failovertimeline.model.LatencySketch;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.ServedLatency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one generator sent to one endpoint.
 *
 * @param buckets one a second, in order of time; at least one
 */
record LoadSeries(List<LoadBucket> buckets) {

    /** What stands for the endpoints of a generator where they are told of together. */
    static final String ALL = "(all endpoints)";

    /** The series in {@code buckets}, in order of cluster, generator and endpoint; buckets with the same key are added up. */
    static List<LoadSeries> of(Collection<LoadBucket> buckets) {
        List<LoadBucket> inOrder = new ArrayList<>(buckets);
        inOrder.sort(Comparator.comparing(LoadBucket::cluster)
                .thenComparing(LoadBucket::generator)
                .thenComparing(LoadBucket::endpoint)
                .thenComparing(LoadBucket::second));
        List<LoadSeries> all = new ArrayList<>();
        List<LoadBucket> series = new ArrayList<>();
        for (LoadBucket bucket : inOrder) {
            int last = series.size() - 1;
            if (last >= 0 && !isOfOne(series.get(last), bucket)) {
                all.add(new LoadSeries(series));
                series = new ArrayList<>();
                last = -1;
            }
            if (last >= 0 && series.get(last).second().equals(bucket.second())) {
                series.set(last, series.get(last).plus(bucket));
            } else {
                series.add(bucket);
            }
        }
        if (!series.isEmpty()) {
            all.add(new LoadSeries(series));
        }
        return all;
    }

    private static boolean isOfOne(LoadBucket one, LoadBucket other) {
        return one.endpoint().equals(other.endpoint())
                && one.generator().equals(other.generator())
                && one.cluster().equals(other.cluster());
    }

    /** What one generator sent to all {@code endpoints}, as a series of {@link #ALL}; it tells no latencies but the longest, and no errors. */
    static LoadSeries sum(List<LoadSeries> endpoints) {
        TreeMap<Instant, LoadBucket> bySecond = new TreeMap<>();
        for (LoadSeries endpoint : endpoints) {
            for (LoadBucket bucket : endpoint.buckets()) {
                bySecond.merge(bucket.second(), ofAll(bucket), LoadBucket::plus);
            }
        }
        return new LoadSeries(List.copyOf(bySecond.values()));
    }

    private static LoadBucket ofAll(LoadBucket bucket) {
        return new LoadBucket(
                bucket.cluster(),
                bucket.generator(),
                ALL,
                bucket.second(),
                bucket.precision(),
                bucket.requests(),
                bucket.failed(),
                bucket.firstFailure(),
                bucket.lastFailure(),
                bucket.lastFailureEnd(),
                bucket.firstSuccess(),
                bucket.lastSuccess(),
                bucket.slowest(),
                Collections.emptySortedMap(),
                Latencies.NONE);
    }

    String generator() {
        return buckets.get(0).generator();
    }

    String endpoint() {
        return buckets.get(0).endpoint();
    }

    /** The buckets of the seconds from {@code from} to {@code to}, both included. */
    List<LoadBucket> between(Instant from, Instant to) {
        int begin = countBefore(from.getEpochSecond());
        return buckets.subList(begin, Math.max(begin, countBefore(to.getEpochSecond() + 1)));
    }

    /** How long requests took that were sent and served in the seconds from {@code from} to {@code to}; empty if none tells. */
    Optional<ServedLatency> served(Instant from, Instant to) {
        LatencySketch sum = new LatencySketch();
        between(from, to).forEach(bucket -> sum.add(bucket.served()));
        return ServedLatency.of(sum);
    }

    private int countBefore(long second) {
        int from = 0;
        int to = buckets.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (buckets.get(middle).second().getEpochSecond() < second) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
