package io.failovertimeline.correlate;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Failures to one endpoint that make one error window.
 *
 * @param series all buckets of the endpoint, one a second, in order of time
 * @param first index of the bucket with the run's first failure
 * @param last index of the bucket with the run's last failure
 * @param successInLaterSeconds start of the first success in the buckets after {@code last}; empty if there is none
 */
record FailureRun(List<LoadBucket> series, int first, int last, Optional<Instant> successInLaterSeconds) {

    private static final int MOST_STRAY_FAILURES = 2;

    ErrorWindow window() {
        LoadBucket opening = series.get(first);
        LoadBucket closing = series.get(last);
        long requests = 0;
        long failed = 0;
        Duration slowest = Duration.ZERO;
        SortedMap<String, Long> errors = new TreeMap<>();
        for (LoadBucket bucket : series.subList(first, last + 1)) {
            requests += bucket.requests();
            failed += bucket.failed();
            slowest = bucket.slowest().compareTo(slowest) > 0 ? bucket.slowest() : slowest;
            bucket.errors().forEach((error, count) -> errors.merge(error, count, Long::sum));
        }
        long outside = successesBeforeFailures(opening) + successesAfterFailures(closing);
        return new ErrorWindow(
                kind(failed, requests - outside),
                opening.cluster(),
                opening.generator(),
                opening.endpoint(),
                opening.firstFailure().orElseThrow(),
                closing.lastFailure().orElseThrow(),
                coarser(opening.precision(), closing.precision()),
                servedAgain(),
                requests,
                failed,
                slowest,
                errors);
    }

    /**
     * The first success after the last failure. Where the second of the last failure holds successes on both sides of it, its last
     * success stands for the first one after: later by less than a second.
     */
    private Optional<Instant> servedAgain() {
        LoadBucket closing = series.get(last);
        Instant to = closing.lastFailure().orElseThrow();
        return closing.firstSuccess()
                .filter(success -> success.isAfter(to))
                .or(() -> closing.lastSuccess().filter(success -> success.isAfter(to)))
                .or(() -> successInLaterSeconds);
    }

    private static WindowKind kind(long failed, long requests) {
        if (failed <= MOST_STRAY_FAILURES) {
            return WindowKind.ISOLATED;
        }
        return failed * 2 < requests ? WindowKind.BROWN_OUT : WindowKind.OUTAGE;
    }

    private static Precision coarser(Precision a, Precision b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** How many requests of {@code bucket} certainly succeeded before its first failure; more may have. */
    static long successesBeforeFailures(LoadBucket bucket) {
        Instant failure = bucket.firstFailure().orElseThrow();
        boolean all = bucket.lastSuccess()
                .filter(success -> success.isBefore(failure))
                .isPresent();
        boolean one = bucket.firstSuccess()
                .filter(success -> success.isBefore(failure))
                .isPresent();
        return all ? bucket.succeeded() : one ? 1 : 0;
    }

    /** How many requests of {@code bucket} certainly succeeded after its last failure; more may have. */
    static long successesAfterFailures(LoadBucket bucket) {
        Instant failure = bucket.lastFailure().orElseThrow();
        boolean all = bucket.firstSuccess()
                .filter(success -> success.isAfter(failure))
                .isPresent();
        boolean one =
                bucket.lastSuccess().filter(success -> success.isAfter(failure)).isPresent();
        return all ? bucket.succeeded() : one ? 1 : 0;
    }
}
