package io.failovertimeline.correlate;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.LatencySketch;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.ServedAround;
import io.failovertimeline.model.Slowness;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds when requests to one endpoint were served, but slowly.
 *
 * <p>What is slow is measured by the same endpoint before: what took longer than three times its 99th percentile, five times its median,
 * and its median and 100 ms. Before are the last one to two minutes of seconds that were neither slow nor in a window of failures; with less
 * than {@value #LEAST_SECONDS} such seconds or {@value #LEAST_REQUESTS} requests nothing can be said. A second is slow if at least half
 * of its served requests are. Slow seconds are one window while no more than {@link FailureRuns#QUIET} passes between two of them, and
 * no more fast requests than there were slow ones so far; with fewer than {@value #LEAST_SLOW} slow requests it is none.
 */
final class SlowRuns {

    private static final int LEAST_SECONDS = 10;
    private static final int LEAST_REQUESTS = 30;
    private static final int LEAST_SLOW = 3;
    private static final int GENERATION = 60;
    private static final int TIMES_P99 = 3;
    private static final int TIMES_MEDIAN = 5;
    private static final Duration NOTICEABLE = Duration.ofMillis(100);

    private final LoadSeries series;
    private final List<ErrorWindow> taken;
    private final Baseline baseline = new Baseline();
    private final LatencySketch scratch = new LatencySketch();
    private final List<ErrorWindow> found = new ArrayList<>();
    private Optional<Run> open = Optional.empty();

    private SlowRuns(LoadSeries series, List<ErrorWindow> taken) {
        this.series = series;
        this.taken = taken;
    }

    /**
     * The windows of slow requests in {@code series}.
     *
     * @param taken windows of the same requests, by time, whose seconds are explained already
     */
    static List<ErrorWindow> in(LoadSeries series, List<ErrorWindow> taken) {
        SlowRuns runs = new SlowRuns(series, taken);
        runs.look();
        return runs.found;
    }

    private void look() {
        int next = 0;
        for (LoadBucket bucket : series.buckets()) {
            while (next < taken.size() && end(taken.get(next)) < bucket.second().getEpochSecond()) {
                next++;
            }
            boolean isTaken = next < taken.size()
                    && taken.get(next).from().getEpochSecond()
                            <= bucket.second().getEpochSecond();
            if (isTaken) {
                close(Optional.empty());
            } else if (!bucket.served().isNone()) {
                take(bucket);
            }
        }
        close(Optional.empty());
    }

    private static long end(ErrorWindow window) {
        return window.to().getEpochSecond();
    }

    private void take(LoadBucket bucket) {
        scratch.clear();
        scratch.add(bucket.served());
        Optional<Duration> limit = baseline.limit();
        long slow = limit.filter(most -> bucket.slowest().compareTo(most) > 0)
                .map(scratch::over)
                .orElse(0L);
        long served = scratch.count();
        if (slow > 0 && slow * 2 >= served) {
            Run run = open.filter(its -> its.goesOnWith(bucket)).orElseGet(() -> begin(bucket, limit.orElseThrow()));
            run.add(bucket, slow);
            return;
        }
        baseline.add(scratch);
        open.ifPresent(run -> run.passed(bucket, served));
        open.filter(run -> run.isOver(bucket)).ifPresent(run -> close(run.fast));
    }

    private Run begin(LoadBucket bucket, Duration limit) {
        close(open.flatMap(run -> run.fast));
        Run run = new Run(bucket, limit, baseline.median());
        open = Optional.of(run);
        return run;
    }

    private void close(Optional<Instant> servedAgain) {
        Optional<Instant> again = servedAgain.or(() -> open.flatMap(run -> run.fast));
        open.filter(run -> run.slow >= LEAST_SLOW).ifPresent(run -> found.add(run.window(series, again)));
        open = Optional.empty();
    }

    /** Slow seconds that belong together. */
    private static final class Run {
        private final LoadBucket first;
        private final Duration limit;
        private final Duration usual;
        private LoadBucket last;
        private long slow;
        private long fastSince;
        private Optional<Instant> fast = Optional.empty();

        private Run(LoadBucket first, Duration limit, Duration usual) {
            this.first = first;
            this.last = first;
            this.limit = limit;
            this.usual = usual;
        }

        private boolean goesOnWith(LoadBucket bucket) {
            return !isOver(bucket);
        }

        private boolean isOver(LoadBucket bucket) {
            return fastSince > slow
                    || Duration.between(last.second(), bucket.second()).compareTo(FailureRuns.QUIET) > 0;
        }

        private void add(LoadBucket bucket, long slowRequests) {
            last = bucket;
            slow += slowRequests;
            fastSince = 0;
            fast = Optional.empty();
        }

        private void passed(LoadBucket bucket, long served) {
            fastSince += served;
            fast = fast.or(bucket::firstSuccess);
        }

        private ErrorWindow window(LoadSeries series, Optional<Instant> again) {
            long served = 0;
            Duration slowest = Duration.ZERO;
            Precision precision = Precision.SECONDS;
            for (LoadBucket bucket : series.between(first.second(), last.second())) {
                served += bucket.succeeded();
                slowest = bucket.slowest().compareTo(slowest) > 0 ? bucket.slowest() : slowest;
                precision = bucket.precision().compareTo(precision) > 0 ? bucket.precision() : precision;
            }
            ErrorWindow window = new ErrorWindow(
                    WindowKind.BROWN_OUT,
                    first.cluster(),
                    first.generator(),
                    first.endpoint(),
                    first.second(),
                    last.second(),
                    precision,
                    again,
                    served,
                    0,
                    slowest,
                    new TreeMap<>(),
                    ServedAround.UNKNOWN,
                    Optional.of(new Slowness(limit, usual, slow)),
                    Optional.empty());
            return window.around(ErrorWindows.served(window, series));
        }
    }

    /** How fast the endpoint was in the last one to two {@value SlowRuns#GENERATION} seconds of those that count. */
    private static final class Baseline {
        private LatencySketch current = new LatencySketch();
        private LatencySketch previous = new LatencySketch();
        private int seconds;
        private int secondsInAll;
        private boolean isStale = true;
        private Optional<Duration> limit = Optional.empty();
        private Duration median = Duration.ZERO;

        private void add(LatencySketch second) {
            if (seconds == GENERATION) {
                LatencySketch emptied = previous;
                previous = current;
                current = emptied;
                current.clear();
                seconds = 0;
            }
            current.add(second);
            seconds++;
            secondsInAll++;
            isStale = true;
        }

        private Optional<Duration> limit() {
            boolean isDue =
                    isStale && secondsInAll >= LEAST_SECONDS && (limit.isEmpty() || seconds % LEAST_SECONDS == 0);
            if (isDue) {
                LatencySketch both = new LatencySketch();
                both.add(previous);
                both.add(current);
                limit = both.count() < LEAST_REQUESTS ? Optional.empty() : limit(both);
                isStale = false;
            }
            return limit;
        }

        private Optional<Duration> limit(LatencySketch both) {
            median = both.quantile(0.5).orElse(Duration.ZERO);
            return both.quantile(0.99)
                    .map(p99 -> longer(
                            p99.multipliedBy(TIMES_P99),
                            longer(median.multipliedBy(TIMES_MEDIAN), median.plus(NOTICEABLE))));
        }

        private Duration median() {
            return median;
        }

        private static Duration longer(Duration a, Duration b) {
            return a.compareTo(b) >= 0 ? a : b;
        }
    }
}
