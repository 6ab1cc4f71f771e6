package io.failovertimeline.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ErrorWindowsPropertyTest {

    private static final int SEEDS = 400;

    @Test
    void the_order_of_the_buckets_does_not_matter() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<LoadBucket> buckets = new ArrayList<>(LoadRun.buckets(requests(random)));
            List<ErrorWindow> windows = ErrorWindows.of(buckets);

            Collections.shuffle(buckets, random);

            assertThat(ErrorWindows.of(buckets)).as("seed %d", seed).isEqualTo(windows);
        }
    }

    @Test
    void how_requests_were_grouped_before_does_not_matter() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<RequestResult> requests = requests(random);
            List<ErrorWindow> windows = ErrorWindows.of(LoadRun.buckets(requests));

            Collection<LoadBucket> grouped = addedUpInAnyGrouping(requests, random);

            assertThat(ErrorWindows.of(grouped)).as("seed %d", seed).isEqualTo(windows);
        }
    }

    @Test
    void adding_buckets_up_is_associative_and_commutative() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            LoadBucket a = LoadBucket.of("main", request(random, 0, "GET /Cities"));
            LoadBucket b = LoadBucket.of("main", request(random, 0, "GET /Cities"));
            LoadBucket c = LoadBucket.of("main", request(random, 0, "GET /Cities"));

            assertThat(a.plus(b).plus(c)).as("seed %d", seed).isEqualTo(a.plus(b.plus(c)));
            assertThat(a.plus(b)).as("seed %d", seed).isEqualTo(b.plus(a));
        }
    }

    @Test
    void every_failed_request_is_in_exactly_one_window() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<RequestResult> requests = requests(new Random(seed));

            List<ErrorWindow> windows = ErrorWindows.of(LoadRun.buckets(requests));

            for (RequestResult request : requests) {
                long holding = windows.stream()
                        .filter(window -> window.endpoint().equals(request.endpoint()))
                        .filter(window -> !request.start().isBefore(window.from())
                                && !request.start().isAfter(window.to()))
                        .count();
                assertThat(holding).as("seed %d, %s", seed, request).isBetween(request.failed() ? 1L : 0L, 1L);
            }
            assertThat(windows.stream().mapToLong(ErrorWindow::failedRequests).sum())
                    .as("seed %d", seed)
                    .isEqualTo(requests.stream().filter(RequestResult::failed).count());
        }
    }

    @Test
    void windows_begin_and_end_with_failures_and_service_comes_back_after_them() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<RequestResult> requests = requests(new Random(seed));

            for (ErrorWindow window : ErrorWindows.of(LoadRun.buckets(requests))) {
                List<RequestResult> own = requests.stream()
                        .filter(request -> request.endpoint().equals(window.endpoint()))
                        .toList();
                assertThat(own)
                        .as("seed %d", seed)
                        .anyMatch(r -> r.failed() && r.start().equals(window.from()));
                assertThat(own)
                        .as("seed %d", seed)
                        .anyMatch(r -> r.failed() && r.start().equals(window.to()));
                assertThat(window.servedAgain().isPresent())
                        .as("seed %d", seed)
                        .isEqualTo(own.stream()
                                .anyMatch(r -> !r.failed() && r.start().isAfter(window.to())));
                window.servedAgain().ifPresent(served -> {
                    assertThat(own).anyMatch(r -> !r.failed() && r.start().equals(served));
                    assertThat(own)
                            .noneMatch(r -> !r.failed()
                                    && r.start().isAfter(window.to())
                                    && r.start().isBefore(served.minusSeconds(1)));
                });
            }
        }
    }

    /** Phases of few and of many failures, to two endpoints, several requests a second. */
    private static List<RequestResult> requests(Random random) {
        List<RequestResult> requests = new ArrayList<>();
        double failing = 0;
        int seconds = 20 + random.nextInt(100);
        for (int second = 0; second < seconds; second++) {
            if (random.nextInt(8) == 0) {
                failing = new double[] {0, 0.01, 0.5, 1}[random.nextInt(4)];
            }
            for (int i = random.nextInt(8); i > 0; i--) {
                String endpoint = random.nextBoolean() ? "GET /Cities" : "POST /Forecast";
                RequestResult request = request(random, second, endpoint);
                boolean failed = random.nextDouble() < failing;
                requests.add(new RequestResult(
                        "k6",
                        endpoint,
                        request.start(),
                        request.precision(),
                        request.latency(),
                        failed,
                        failed ? "HTTP " + (500 + random.nextInt(4)) : ""));
            }
        }
        return requests;
    }

    private static RequestResult request(Random random, int second, String endpoint) {
        boolean failed = random.nextBoolean();
        return new RequestResult(
                "k6",
                endpoint,
                LoadRun.BEGIN.plusSeconds(second).plusMillis(random.nextInt(1_000)),
                Precision.values()[random.nextInt(Precision.values().length)],
                Duration.ofMillis(random.nextInt(3_000)),
                failed,
                failed ? "HTTP 500" : "");
    }

    private static Collection<LoadBucket> addedUpInAnyGrouping(List<RequestResult> requests, Random random) {
        List<RequestResult> shuffled = new ArrayList<>(requests);
        Collections.shuffle(shuffled, random);
        List<Map<LoadBucket.Key, LoadBucket>> readers = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
        for (RequestResult request : shuffled) {
            LoadBucket bucket = LoadBucket.of("main", request);
            readers.get(random.nextInt(readers.size())).merge(bucket.key(), bucket, LoadBucket::plus);
        }
        Map<LoadBucket.Key, LoadBucket> all = new HashMap<>();
        readers.forEach(reader -> reader.forEach((key, bucket) -> all.merge(key, bucket, LoadBucket::plus)));
        return all.values();
    }
}
