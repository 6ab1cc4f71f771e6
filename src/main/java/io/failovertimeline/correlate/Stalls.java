package io.failovertimeline.correlate;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.LatencySketch;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.ServedAround;
import io.failovertimeline.model.Stall;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds when clients all but ceased to send, without failures: clients that wait for an answer before they send the next request stand
 * still when none comes.
 *
 * <p>It is a stall where, for at least {@value #SHORTEST} s, no more than a tenth of the requests were sent that the rate of the minute before
 * makes expect, if those are at least {@value #LEAST_MISSING}; if no pause in that minute was a quarter as long; and if afterwards at least half
 * of that rate came back. So a test that ends, ramps down or begins is none, nor are requests that come in bursts.
 */
final class Stalls {

    private static final int SHORTEST = 3;
    private static final int LEAST_MISSING = 20;
    private static final int BEFORE = 60;
    private static final int LEAST_BEFORE = 15;
    private static final int AFTER = 30;
    private static final int LEAST_AFTER = 5;
    private static final int TIMES_PAUSE = 4;
    private static final double TRICKLE = 0.1;
    private static final double BACK = 0.5;
    private static final int JUST_BEFORE = 3;

    private final LoadSeries series;
    private final List<LoadSeries> parts;
    private final List<ErrorWindow> failures;
    private final long[] seconds;
    private final long[] sentBefore;

    private Stalls(LoadSeries series, List<LoadSeries> parts, List<ErrorWindow> failures) {
        this.series = series;
        this.parts = parts;
        this.failures = failures;
        this.seconds = series.buckets().stream()
                .mapToLong(bucket -> bucket.second().getEpochSecond())
                .toArray();
        this.sentBefore = new long[seconds.length + 1];
        for (int i = 0; i < seconds.length; i++) {
            sentBefore[i + 1] = sentBefore[i] + series.buckets().get(i).requests();
        }
    }

    /**
     * The stalls in {@code series}.
     *
     * @param failures error windows of the same requests
     */
    static List<ErrorWindow> in(LoadSeries series, List<ErrorWindow> failures) {
        return new Stalls(series, List.of(series), failures).find();
    }

    /**
     * The stalls of one generator, of all its endpoints together: where each is asked for too rarely, no endpoint alone shows that
     * clients ceased to send.
     *
     * @param endpoints all series of the generator
     * @param failures error windows of any of them
     */
    static List<ErrorWindow> ofAll(List<LoadSeries> endpoints, List<ErrorWindow> failures) {
        return new Stalls(LoadSeries.sum(endpoints), endpoints, failures).find();
    }

    private List<ErrorWindow> find() {
        List<ErrorWindow> found = new ArrayList<>();
        int from = 0; // of the minute before
        int busy = 0;
        while (busy + 1 < seconds.length) {
            while (seconds[from] <= seconds[busy] - BEFORE) {
                from++;
            }
            int observed = (int) Math.min(BEFORE, seconds[busy] - seconds[0] + 1);
            double rate = (sentBefore[busy + 1] - sentBefore[from]) / (double) observed;
            int again = busy + 1;
            while (again < seconds.length && isLow(again, rate)) {
                again++;
            }
            if (again < seconds.length && observed >= LEAST_BEFORE && !isLow(busy, rate)) {
                stall(from, busy, again, rate).ifPresent(found::add);
            }
            busy = Math.min(again, seconds.length);
        }
        return found;
    }

    private boolean isLow(int i, double rate) {
        return sentBefore[i + 1] - sentBefore[i] <= rate * TRICKLE;
    }

    private Optional<ErrorWindow> stall(int from, int busy, int again, double rate) {
        long length = seconds[again] - seconds[busy] - 1;
        if (length < SHORTEST
                || rate * length < LEAST_MISSING
                || longestPause(from, busy, rate) * TIMES_PAUSE > length) {
            return Optional.empty();
        }
        int last = again;
        while (last + 1 < seconds.length && seconds[last + 1] < seconds[again] + AFTER) {
            last++;
        }
        int until = (int) Math.min(AFTER, seconds[seconds.length - 1] - seconds[again] + 1);
        double rateAfter = (sentBefore[last + 1] - sentBefore[again]) / (double) until;
        if (until < LEAST_AFTER || rateAfter < rate * BACK) {
            return Optional.empty();
        }
        double rateDuring = (sentBefore[again] - sentBefore[busy + 1]) / (double) length;
        ErrorWindow window = window(busy, again, length, rate, rateDuring, rateAfter);
        return failures.stream().anyMatch(failure -> touches(failure, window)) ? Optional.empty() : Optional.of(window);
    }

    /** In seconds, of those from {@code from} to {@code to}. */
    private long longestPause(int from, int to, double rate) {
        long longest = 0;
        long sent = seconds[from] - 1;
        for (int i = from; i <= to; i++) {
            if (!isLow(i, rate)) {
                longest = Math.max(longest, seconds[i] - sent - 1);
                sent = seconds[i];
            }
        }
        return longest;
    }

    private static boolean touches(ErrorWindow failure, ErrorWindow stall) {
        return failure.kind() != WindowKind.ISOLATED
                && failure.from().isBefore(stall.to())
                && !failure.servedAgain().orElse(failure.to()).isBefore(stall.from());
    }

    private ErrorWindow window(int busy, int again, long length, double rate, double rateDuring, double rateAfter) {
        Duration half = Duration.ofSeconds(length).dividedBy(2);
        long hung = 0;
        Optional<Instant> firstHung = Optional.empty();
        long served = 0;
        Duration slowest = Duration.ZERO;
        for (LoadBucket bucket : around(busy, again)) {
            long waited = waited(bucket, half);
            hung += waited;
            boolean isHung = waited > 0;
            if (isHung && firstHung.filter(at -> !at.isAfter(bucket.second())).isEmpty()) {
                firstHung = Optional.of(bucket.second());
            }
            if (isHung || bucket.second().getEpochSecond() > seconds[busy]) {
                served += bucket.succeeded();
                slowest = bucket.slowest().compareTo(slowest) > 0 ? bucket.slowest() : slowest;
            }
        }
        LoadBucket before = series.buckets().get(busy);
        LoadBucket after = series.buckets().get(again);
        Precision own = before.precision().compareTo(after.precision()) >= 0 ? before.precision() : after.precision();
        Precision precision = firstHung.isPresent() && own.compareTo(Precision.SECONDS) < 0 ? Precision.SECONDS : own;
        return new ErrorWindow(
                WindowKind.STALL,
                before.cluster(),
                before.generator(),
                before.endpoint(),
                firstHung.orElseGet(() -> last(before)),
                first(after),
                precision,
                after.firstSuccess().or(() -> servedFrom(again)),
                served,
                0,
                slowest,
                new TreeMap<>(),
                ServedAround.UNKNOWN,
                Optional.empty(),
                Optional.of(new Stall(rate, rateDuring, rateAfter, hung)));
    }

    /** Of the last busy seconds and of those until there were requests again. */
    private List<LoadBucket> around(int busy, int again) {
        Instant from = Instant.ofEpochSecond(seconds[busy] - JUST_BEFORE + 1);
        Instant to = Instant.ofEpochSecond(seconds[again] - 1);
        return parts.stream().flatMap(part -> part.between(from, to).stream()).toList();
    }

    private static long waited(LoadBucket bucket, Duration half) {
        LatencySketch sketch = new LatencySketch();
        sketch.add(bucket.served());
        return sketch.over(half);
    }

    private static Instant first(LoadBucket bucket) {
        return Stream.concat(bucket.firstSuccess().stream(), bucket.firstFailure().stream())
                .min(Instant::compareTo)
                .orElse(bucket.second());
    }

    private static Instant last(LoadBucket bucket) {
        return Stream.concat(bucket.lastSuccess().stream(), bucket.lastFailure().stream())
                .max(Instant::compareTo)
                .orElse(bucket.second());
    }

    private Optional<Instant> servedFrom(int i) {
        return series.buckets().subList(i, seconds.length).stream()
                .flatMap(bucket -> bucket.firstSuccess().stream())
                .findFirst();
    }
}
