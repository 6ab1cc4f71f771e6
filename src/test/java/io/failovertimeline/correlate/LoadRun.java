package io.failovertimeline.correlate;

import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Requests of a load test, told in seconds after its beginning. */
final class LoadRun {

    static final Instant BEGIN = Instant.parse("2023-12-10T13:19:50Z");

    private final List<RequestResult> requests = new ArrayList<>();
    private final String endpoint;

    LoadRun(String endpoint) {
        this.endpoint = endpoint;
    }

    LoadRun failed(double... seconds) {
        for (double second : seconds) {
            requests.add(request(second, true));
        }
        return this;
    }

    LoadRun served(double... seconds) {
        for (double second : seconds) {
            requests.add(request(second, false));
        }
        return this;
    }

    /** One request every {@code step} seconds, from {@code from} up to but without {@code to}. */
    LoadRun serving(double from, double to, double step) {
        for (int i = 0; from + i * step < to - 1e-9; i++) {
            served(from + i * step);
        }
        return this;
    }

    /** The same, each of which took {@code millis}. */
    LoadRun servingIn(long millis, double from, double to, double step) {
        for (int i = 0; from + i * step < to - 1e-9; i++) {
            requests.add(request(from + i * step, false, Duration.ofMillis(millis)));
        }
        return this;
    }

    /** One request every {@code step} seconds, from {@code from} up to but without {@code to}. */
    LoadRun failing(double from, double to, double step) {
        for (int i = 0; from + i * step < to - 1e-9; i++) {
            failed(from + i * step);
        }
        return this;
    }

    List<RequestResult> requests() {
        return requests;
    }

    Collection<LoadBucket> buckets() {
        return buckets(requests);
    }

    static Collection<LoadBucket> buckets(Collection<RequestResult> requests) {
        Map<LoadBucket.Key, LoadBucket> byKey = new TreeMap<>();
        for (RequestResult request : requests) {
            LoadBucket bucket = LoadBucket.of("main", request);
            byKey.merge(bucket.key(), bucket, LoadBucket::plus);
        }
        return byKey.values();
    }

    static Instant at(double second) {
        return BEGIN.plusMillis(Math.round(second * 1_000));
    }

    private RequestResult request(double second, boolean failed) {
        return request(second, failed, Duration.ofMillis(failed ? 2_000 : 20));
    }

    private RequestResult request(double second, boolean failed, Duration latency) {
        return new RequestResult(
                "k6", endpoint, at(second), Precision.MILLIS, latency, failed, failed ? "HTTP 500" : "");
    }
}
