package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * The requests to one endpoint that were sent within one second.
 *
 * @param cluster the Patroni scope behind the endpoint
 * @param generator the tool that sent them
 * @param endpoint what they asked for
 * @param second start of the second, UTC
 * @param precision the coarsest of the requests' stamps
 * @param requests how many, failed ones included
 * @param failed how many failed
 * @param firstFailure start of the first failed one; empty if none failed
 * @param lastFailure start of the last failed one
 * @param lastFailureEnd latest end of a failed one
 * @param firstSuccess start of the first that succeeded; empty if none did
 * @param lastSuccess start of the last that succeeded
 * @param slowest the longest latency
 * @param errors failed requests by error text: of more than {@value #MOST_ERRORS} those last by alphabet are one, {@value #OTHER_ERRORS}
 * @param served latencies of those that succeeded, as far as they are told
 */
public record LoadBucket(
        String cluster,
        String generator,
        String endpoint,
        Instant second,
        Precision precision,
        long requests,
        long failed,
        Optional<Instant> firstFailure,
        Optional<Instant> lastFailure,
        Optional<Instant> lastFailureEnd,
        Optional<Instant> firstSuccess,
        Optional<Instant> lastSuccess,
        Duration slowest,
        SortedMap<String, Long> errors,
        Latencies served)
        implements Evidence {

    /** Error texts that are told apart. */
    public static final int MOST_ERRORS = 20;

    /** What stands for the error texts that were too many. */
    public static final String OTHER_ERRORS = "~ other errors";

    private static final SortedMap<String, Long> NO_ERRORS = Collections.emptySortedMap();

    public LoadBucket {
        errors = errors.isEmpty() ? NO_ERRORS : Collections.unmodifiableSortedMap(folded(errors));
        // an earlier version stored none
        served = served == null ? Latencies.NONE : served;
    }

    private static SortedMap<String, Long> folded(SortedMap<String, Long> errors) {
        TreeMap<String, Long> folded = new TreeMap<>(errors);
        fold(folded);
        return folded;
    }

    /** Leaves {@value #MOST_ERRORS} texts, for any order in which they come, and the sum of the others. */
    public static void fold(TreeMap<String, Long> errors) {
        while (errors.size() > MOST_ERRORS && errors.headMap(OTHER_ERRORS).size() > MOST_ERRORS) {
            String last = errors.lowerKey(OTHER_ERRORS);
            Long count = last == null ? null : errors.remove(last);
            errors.merge(OTHER_ERRORS, count == null ? 0 : count, Long::sum);
        }
    }

    /** What distinguishes buckets that must not be added up. */
    public record Key(String cluster, String generator, String endpoint, Instant second) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::cluster)
                .thenComparing(Key::generator)
                .thenComparing(Key::endpoint)
                .thenComparing(Key::second);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Which bucket this is. */
    public Key key() {
        return new Key(cluster, generator, endpoint, second);
    }

    /** The bucket of one result alone. */
    public static LoadBucket of(String cluster, RequestResult result) {
        Optional<Instant> start = Optional.of(result.start());
        Optional<Instant> ifFailed = start.filter(at -> result.failed());
        Optional<Instant> ifSucceeded = start.filter(at -> !result.failed());
        SortedMap<String, Long> errors = new TreeMap<>();
        if (result.failed()) {
            errors.put(result.error(), result.count());
        }
        return new LoadBucket(
                cluster,
                result.generator(),
                result.endpoint(),
                result.start().truncatedTo(ChronoUnit.SECONDS),
                result.precision(),
                result.count(),
                result.failed() ? result.count() : 0,
                ifFailed,
                ifFailed,
                ifFailed.map(at -> at.plus(result.latency())),
                ifSucceeded,
                ifSucceeded,
                result.latency(),
                errors,
                result.failed() || !result.timed() ? Latencies.NONE : Latencies.of(result.latency(), result.count()));
    }

    /** Both together; commutative and associative. {@code other} has the same key. */
    public LoadBucket plus(LoadBucket other) {
        SortedMap<String, Long> sum = new TreeMap<>(errors);
        other.errors.forEach((error, count) -> sum.merge(error, count, Long::sum));
        return new LoadBucket(
                cluster,
                generator,
                endpoint,
                second,
                precision.compareTo(other.precision) >= 0 ? precision : other.precision,
                requests + other.requests,
                failed + other.failed,
                either(firstFailure, other.firstFailure, BinaryOperator.minBy(Comparator.naturalOrder())),
                either(lastFailure, other.lastFailure, BinaryOperator.maxBy(Comparator.naturalOrder())),
                either(lastFailureEnd, other.lastFailureEnd, BinaryOperator.maxBy(Comparator.naturalOrder())),
                either(firstSuccess, other.firstSuccess, BinaryOperator.minBy(Comparator.naturalOrder())),
                either(lastSuccess, other.lastSuccess, BinaryOperator.maxBy(Comparator.naturalOrder())),
                slowest.compareTo(other.slowest) >= 0 ? slowest : other.slowest,
                sum,
                served.plus(other.served));
    }

    /** How many succeeded. */
    public long succeeded() {
        return requests - failed;
    }

    private static Optional<Instant> either(Optional<Instant> a, Optional<Instant> b, BinaryOperator<Instant> choose) {
        return a.isPresent() && b.isPresent() ? Optional.of(choose.apply(a.get(), b.get())) : a.or(() -> b);
    }

    @Override
    public <R> R match(
            Function<ClusterEvent, R> ifEvent,
            Function<Mark, R> ifMark,
            Function<ClusterSettings, R> ifSettings,
            Function<LoadBucket, R> ifLoad) {
        return ifLoad.apply(this);
    }
}
