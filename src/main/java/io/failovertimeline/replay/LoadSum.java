package io.failovertimeline.replay;

import io.failovertimeline.model.Latencies;
import io.failovertimeline.model.LatencySketch;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The requests to one endpoint within one second, added up in place. What it tells is what {@link LoadBucket}s added up tell. */
final class LoadSum {

    private Precision precision = Precision.NANOS;
    private long requests;
    private long failed;
    private @Nullable Instant firstFailure;
    private @Nullable Instant lastFailure;
    private @Nullable Instant lastFailureEnd;
    private @Nullable Instant firstSuccess;
    private @Nullable Instant lastSuccess;
    private Duration slowest = Duration.ZERO;
    private @Nullable TreeMap<String, Long> errors;
    private Latencies served = Latencies.NONE;

    /** Adds {@code result}, its latency to {@code open}, which {@link #keep} is given later. */
    void add(RequestResult result, LatencySketch open) {
        precision = coarser(precision, result.precision());
        requests += result.count();
        slowest = longer(slowest, result.latency());
        Instant start = result.start();
        if (!result.failed()) {
            firstSuccess = earlier(firstSuccess, start);
            lastSuccess = later(lastSuccess, start);
            if (result.timed()) {
                open.add(result.latency(), result.count());
            }
            return;
        }
        failed += result.count();
        firstFailure = earlier(firstFailure, start);
        lastFailure = later(lastFailure, start);
        lastFailureEnd = later(lastFailureEnd, start.plus(result.latency()));
        errors(Map.of(result.error(), result.count()));
    }

    /** Takes the latencies that are in {@code open}, and clears it. */
    void keep(LatencySketch open) {
        if (!open.isEmpty()) {
            open.add(served);
            served = open.latencies();
            open.clear();
        }
    }

    void add(LoadSum other) {
        precision = coarser(precision, other.precision);
        requests += other.requests;
        failed += other.failed;
        slowest = longer(slowest, other.slowest);
        firstFailure = earlier(firstFailure, other.firstFailure);
        lastFailure = later(lastFailure, other.lastFailure);
        lastFailureEnd = later(lastFailureEnd, other.lastFailureEnd);
        firstSuccess = earlier(firstSuccess, other.firstSuccess);
        lastSuccess = later(lastSuccess, other.lastSuccess);
        served = served.plus(other.served);
        if (other.errors != null) {
            errors(other.errors);
        }
    }

    private void errors(Map<String, Long> more) {
        TreeMap<String, Long> sum = errors == null ? new TreeMap<>() : errors;
        more.forEach((error, count) -> sum.merge(error, count, Long::sum));
        LoadBucket.fold(sum);
        errors = sum;
    }

    LoadBucket bucket(String cluster, String generator, String endpoint, long second) {
        return new LoadBucket(
                cluster,
                generator,
                endpoint,
                Instant.ofEpochSecond(second),
                precision,
                requests,
                failed,
                Optional.ofNullable(firstFailure),
                Optional.ofNullable(lastFailure),
                Optional.ofNullable(lastFailureEnd),
                Optional.ofNullable(firstSuccess),
                Optional.ofNullable(lastSuccess),
                slowest,
                errors == null ? NO_ERRORS : errors,
                served);
    }

    private static final SortedMap<String, Long> NO_ERRORS = new TreeMap<>();

    private static Precision coarser(Precision a, Precision b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isBefore(a)) ? b : a;
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isAfter(a)) ? b : a;
    }
}
