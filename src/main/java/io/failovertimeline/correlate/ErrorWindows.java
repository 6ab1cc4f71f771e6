package io.failovertimeline.correlate;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.ServedAround;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Tells in which intervals requests failed. Every failed request is in exactly one window.
 *
 * <p>Failures to one endpoint belong together while no more than {@link FailureRuns#QUIET} passes without one. Where much
 * succeeded between them they are cut apart nevertheless, so that a stray failure a while before or after an outage does not stretch
 * it: see {@link FailureRuns}.
 */
public final class ErrorWindows {

    /** By time, then by whose requests they are. */
    static final Comparator<ErrorWindow> ORDER = Comparator.comparing(ErrorWindow::from)
            .thenComparing(ErrorWindow::generator)
            .thenComparing(ErrorWindow::endpoint)
            .thenComparing(ErrorWindow::cluster)
            .thenComparing(ErrorWindow::kind)
            .thenComparing(ErrorWindow::to);

    private static final Duration AROUND = Duration.ofSeconds(60);

    private ErrorWindows() {}

    /**
     * The windows that {@code buckets} tell of, in the order of {@code from}, generator and endpoint. The same for any order of the
     * buckets; those with the same key are added up.
     */
    public static List<ErrorWindow> of(Collection<LoadBucket> buckets) {
        return in(LoadSeries.of(buckets));
    }

    /** The windows that {@code all} tell of. */
    static List<ErrorWindow> in(List<LoadSeries> all) {
        List<ErrorWindow> windows = new ArrayList<>();
        for (LoadSeries series : all) {
            new FailureRuns(series.buckets()).all().forEach(run -> windows.add(around(run.window(), series)));
        }
        windows.sort(ORDER);
        return windows;
    }

    /** Stray failures are many in some runs, and say nothing about the others: what was served around them is not looked up. */
    private static ErrorWindow around(ErrorWindow window, LoadSeries series) {
        return window.kind() == WindowKind.ISOLATED ? window : window.around(served(window, series));
    }

    /** How long requests took that were served before, in and after {@code window}, a window of {@code series}. */
    static ServedAround served(ErrorWindow window, LoadSeries series) {
        Instant after = window.servedAgain().orElse(window.to());
        Instant next = after.getEpochSecond() > window.to().getEpochSecond() ? after : after.plusSeconds(1);
        return new ServedAround(
                series.served(window.from().minus(AROUND), window.from().minusSeconds(1)),
                series.served(window.from(), window.to()),
                series.served(next, next.plus(AROUND)));
    }
}
