package io.failovertimeline.correlate;

import io.failovertimeline.model.LoadBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Divides the failing seconds of one endpoint into runs, each of which is one error window.
 *
 * <p>First, a run ends where more than {@link #QUIET} passes without a failure. Then a run is cut at every gap in which at least
 * {@value #MANY_SUCCESSES} requests succeeded, and at least {@value #SUCCESSES_PER_FAILURE} times as many as failed on that side of the
 * gap, within the run, where fewer failed; and again in the parts, until no gap is left to cut at. A gap that can be cut in a run can
 * be cut in every part of it, as a part holds no more failures: so the order of the cuts makes no difference to what is left.
 */
final class FailureRuns {

    /** The longest time without a failure within one error window. */
    static final Duration QUIET = Duration.ofSeconds(12);

    private static final int MANY_SUCCESSES = 10;
    private static final int SUCCESSES_PER_FAILURE = 3;

    private final List<LoadBucket> series;
    private final int[] failing;
    private final long[] failuresBefore;
    private final long[] successesInGap;
    private final List<Optional<Instant>> successAfter;

    /** For the buckets of one endpoint, one a second, in order of time. */
    FailureRuns(List<LoadBucket> series) {
        this.series = series;
        this.failing = failing(series);
        this.failuresBefore = failuresBefore();
        this.successesInGap = successesInGaps();
        this.successAfter = successAfter(series);
    }

    /** The runs, in order of time. */
    List<FailureRun> all() {
        List<FailureRun> runs = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < failing.length; i++) {
            if (i + 1 == failing.length || quietAfter(i)) {
                addParts(first, i, runs);
                first = i + 1;
            }
        }
        return runs;
    }

    private void addParts(int first, int last, List<FailureRun> runs) {
        Deque<Span> open = new ArrayDeque<>();
        open.push(new Span(first, last));
        while (!open.isEmpty()) {
            Span span = open.pop();
            int cut = cut(span);
            if (cut < 0) {
                runs.add(run(span));
            } else {
                open.push(new Span(cut + 1, span.last));
                open.push(new Span(span.first, cut));
            }
        }
    }

    private FailureRun run(Span span) {
        int last = failing[span.last];
        return new FailureRun(series, failing[span.first], last, successAfter.get(last));
    }

    /** A gap to cut at: after this failing second; -1 if there is none. Looks from both ends, so that small parts come off cheaply. */
    private int cut(Span span) {
        int left = span.first;
        int right = span.last - 1;
        while (left <= right) {
            if (parts(span, left)) {
                return left;
            }
            if (parts(span, right)) {
                return right;
            }
            left++;
            right--;
        }
        return -1;
    }

    private boolean parts(Span span, int gap) {
        long failuresLeft = failuresBefore[gap + 1] - failuresBefore[span.first];
        long failuresRight = failuresBefore[span.last + 1] - failuresBefore[gap + 1];
        return successesInGap[gap] >= MANY_SUCCESSES
                && successesInGap[gap] >= SUCCESSES_PER_FAILURE * Math.min(failuresLeft, failuresRight);
    }

    private boolean quietAfter(int i) {
        Instant last = series.get(failing[i]).lastFailure().orElseThrow();
        Instant next = series.get(failing[i + 1]).firstFailure().orElseThrow();
        return Duration.between(last, next).compareTo(QUIET) > 0;
    }

    private static int[] failing(List<LoadBucket> series) {
        return IntStream.range(0, series.size())
                .filter(i -> series.get(i).failed() > 0)
                .toArray();
    }

    private long[] failuresBefore() {
        long[] sums = new long[failing.length + 1];
        for (int i = 0; i < failing.length; i++) {
            sums[i + 1] = sums[i] + series.get(failing[i]).failed();
        }
        return sums;
    }

    private long[] successesInGaps() {
        long[] gaps = new long[Math.max(0, failing.length - 1)];
        for (int i = 0; i < gaps.length; i++) {
            long sum = FailureRun.successesAfterFailures(series.get(failing[i]))
                    + FailureRun.successesBeforeFailures(series.get(failing[i + 1]));
            for (LoadBucket between : series.subList(failing[i] + 1, failing[i + 1])) {
                sum += between.succeeded();
            }
            gaps[i] = sum;
        }
        return gaps;
    }

    private static List<Optional<Instant>> successAfter(List<LoadBucket> series) {
        List<Optional<Instant>> backwards = new ArrayList<>(series.size());
        Optional<Instant> success = Optional.empty();
        for (int i = series.size() - 1; i >= 0; i--) {
            backwards.add(success);
            Optional<Instant> own = series.get(i).firstSuccess();
            success = own.isPresent() ? own : success;
        }
        Collections.reverse(backwards);
        return backwards;
    }

    /** From one failing second to another, both included, counted among the failing ones. */
    private record Span(int first, int last) {}
}
