package io.failovertimeline.correlate;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.LoadBucket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells in which intervals requests failed. Every failed request is in exactly one window.
 *
 * <p>Failures to one endpoint belong together while no more than {@link FailureRuns#QUIET} passes without one. Where much
 * succeeded between them they are cut apart nevertheless, so that a stray failure a while before or after an outage does not stretch
 * it: see {@link FailureRuns}.
 */
public final class ErrorWindows {

    private static final Comparator<ErrorWindow> ORDER = Comparator.comparing(ErrorWindow::from)
            .thenComparing(ErrorWindow::generator)
            .thenComparing(ErrorWindow::endpoint)
            .thenComparing(ErrorWindow::cluster);

    private ErrorWindows() {}

    /**
     * The windows that {@code buckets} tell of, in the order of {@code from}, generator and endpoint. The same for any order of the
     * buckets; those with the same key are added up.
     */
    public static List<ErrorWindow> of(Collection<LoadBucket> buckets) {
        SortedMap<LoadBucket.Key, LoadBucket> byKey = new TreeMap<>();
        buckets.forEach(bucket -> byKey.merge(bucket.key(), bucket, LoadBucket::plus));

        List<ErrorWindow> windows = new ArrayList<>();
        for (List<LoadBucket> series : seriesOf(byKey.values())) {
            FailureRuns runs = new FailureRuns(series);
            runs.all().forEach(run -> windows.add(run.window()));
        }
        windows.sort(ORDER);
        return windows;
    }

    // Sorted by key, the buckets of one endpoint are neighbours and in order of time.
    private static List<List<LoadBucket>> seriesOf(Collection<LoadBucket> sortedByKey) {
        List<List<LoadBucket>> all = new ArrayList<>();
        List<LoadBucket> series = new ArrayList<>();
        for (LoadBucket bucket : sortedByKey) {
            if (!series.isEmpty() && !sameSeries(series.get(0), bucket)) {
                all.add(series);
                series = new ArrayList<>();
            }
            series.add(bucket);
        }
        if (!series.isEmpty()) {
            all.add(series);
        }
        return all;
    }

    private static boolean sameSeries(LoadBucket a, LoadBucket b) {
        return a.cluster().equals(b.cluster())
                && a.generator().equals(b.generator())
                && a.endpoint().equals(b.endpoint());
    }
}
