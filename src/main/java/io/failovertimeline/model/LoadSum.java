package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests to one endpoint within one second, added up in place. What it tells is what {@link LoadBucket}s added up tell. Times are
 * nanoseconds from the begin of the second.
 */
public final class LoadSum {

    private static final SortedMap<String, Long> NO_ERRORS = Collections.emptySortedMap();

    private Precision precision = Precision.NANOS;
    private long requests;
    private long failed;
    private int firstFailure = Integer.MAX_VALUE;
    private int lastFailure;
    private long lastFailureEnd;
    private int firstSuccess = Integer.MAX_VALUE;
    private int lastSuccess;
    private long slowest;
    private @Nullable TreeMap<String, Long> errors;
    private Latencies served = Latencies.NONE;
    /** How long the first took, as long as that is in no sketch: most seconds of a quiet balancer have no other. */
    private long firstLatency;

    /** Of requests that the first stands for; 0 if there is none, or it is in a sketch. */
    private long firstCount;

    /** Adds {@code request}. How long it took, if it was served, {@link #keepsFirst} or {@link #keep} is told. */
    public void add(RequestView request) {
        precision = coarser(precision, request.precision());
        requests += request.count();
        slowest = Math.max(slowest, request.latencyNanos());
        int start = request.startNano();
        if (!request.failed()) {
            firstSuccess = Math.min(firstSuccess, start);
            lastSuccess = Math.max(lastSuccess, start);
            return;
        }
        failed += request.count();
        firstFailure = Math.min(firstFailure, start);
        lastFailure = Math.max(lastFailure, start);
        lastFailureEnd = Math.max(lastFailureEnd, start + request.latencyNanos());
        error(request.error(), request.count());
    }

    /** Keeps how long {@code request} took if it is the first that was served; tells whether it is. */
    public boolean keepsFirst(RequestView request) {
        boolean isFirst = firstCount == 0 && served.isNone();
        if (isFirst) {
            firstLatency = request.latencyNanos();
            firstCount = request.count();
        }
        return isFirst;
    }

    /** Takes the latencies that are in {@code open}, and clears it. All that was kept is in one sketch then. */
    public void keep(LatencySketch open) {
        if (open.isEmpty() && firstCount == 0) {
            return;
        }
        open.add(served);
        if (firstCount > 0) {
            open.add(firstLatency, firstCount);
            firstCount = 0;
        }
        served = open.latencies();
        open.clear();
    }

    /** Adds {@code other}, of which all is {@link #keep kept} in one sketch. */
    public void add(LoadSum other) {
        precision = coarser(precision, other.precision);
        requests += other.requests;
        failed += other.failed;
        slowest = Math.max(slowest, other.slowest);
        firstFailure = Math.min(firstFailure, other.firstFailure);
        lastFailure = Math.max(lastFailure, other.lastFailure);
        lastFailureEnd = Math.max(lastFailureEnd, other.lastFailureEnd);
        firstSuccess = Math.min(firstSuccess, other.firstSuccess);
        lastSuccess = Math.max(lastSuccess, other.lastSuccess);
        served = served.plus(other.served);
        if (other.errors != null) {
            other.errors.forEach(this::error);
        }
    }

    private void error(String error, long count) {
        TreeMap<String, Long> sum = errors == null ? new TreeMap<>() : errors;
        sum.merge(error, count, Long::sum);
        LoadBucket.fold(sum);
        errors = sum;
    }

    /**
     * What was added, of which all is {@link #keep kept} in one sketch, as a bucket.
     *
     * @param second since 1970
     */
    public LoadBucket bucket(String cluster, String generator, String endpoint, long second) {
        boolean hasFailures = failed > 0;
        boolean hasSuccesses = requests > failed;
        return new LoadBucket(
                cluster,
                generator,
                endpoint,
                Instant.ofEpochSecond(second),
                precision,
                requests,
                failed,
                at(hasFailures, second, firstFailure),
                at(hasFailures, second, lastFailure),
                at(hasFailures, second, lastFailureEnd),
                at(hasSuccesses, second, firstSuccess),
                at(hasSuccesses, second, lastSuccess),
                Duration.ofNanos(slowest),
                errors == null ? NO_ERRORS : errors,
                served);
    }

    private static Optional<Instant> at(boolean isThere, long second, long nanos) {
        return isThere ? Optional.of(Instant.ofEpochSecond(second, nanos)) : Optional.empty();
    }

    private static Precision coarser(Precision a, Precision b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
