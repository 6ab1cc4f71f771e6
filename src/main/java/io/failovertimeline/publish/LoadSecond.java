package io.failovertimeline.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.ErrorKind;
import io.failovertimeline.model.LatencySketch;
import io.failovertimeline.model.LoadBucket;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is plotted of a {@link LoadBucket}: a value of the topic {@code failover-load}.
 *
 * @param plot whose requests these are
 * @param second its start
 * @param requests how many were sent, failed ones included
 * @param failed how many failed
 * @param failedByKind the failed ones by kind; kinds without any are absent
 * @param median latency of those that were served, in milliseconds; empty if none was
 * @param p99 the same of the slowest hundredth
 * @param slowest of all, in milliseconds
 */
public record LoadSecond(
        Plot plot,
        Instant second,
        long requests,
        long failed,
        SortedMap<ErrorKind, Long> failedByKind,
        Optional<Double> median,
        Optional<Double> p99,
        double slowest) {

    private static final SortedMap<ErrorKind, Long> NONE = Collections.emptySortedMap();

    public LoadSecond {
        failedByKind = failedByKind.isEmpty() ? NONE : Collections.unmodifiableSortedMap(failedByKind);
    }

    /**
     * Whose requests are drawn together.
     *
     * @param cluster the Patroni scope behind the endpoint
     * @param generator the tool that sent them
     * @param endpoint what they asked for
     */
    public record Plot(String cluster, String generator, String endpoint) implements Comparable<Plot> {
        private static final Comparator<Plot> ORDER = Comparator.comparing(Plot::cluster)
                .thenComparing(Plot::generator)
                .thenComparing(Plot::endpoint);

        @Override
        public int compareTo(Plot other) {
            return ORDER.compare(this, other);
        }
    }

    /** Of {@code bucket}. */
    public static LoadSecond of(LoadBucket bucket) {
        return of(bucket, new LatencySketch());
    }

    /** The same, with {@code scratch} to work in. */
    static LoadSecond of(LoadBucket bucket, LatencySketch scratch) {
        scratch.clear();
        scratch.add(bucket.served());
        SortedMap<ErrorKind, Long> kinds = new TreeMap<>();
        bucket.errors().forEach((error, count) -> kinds.merge(ErrorKind.of(error), count, Long::sum));
        return new LoadSecond(
                new Plot(bucket.cluster(), bucket.generator(), bucket.endpoint()),
                bucket.second(),
                bucket.requests(),
                bucket.failed(),
                kinds,
                scratch.quantile(0.5).map(LoadSecond::millis),
                scratch.quantile(0.99).map(LoadSecond::millis),
                millis(bucket.slowest()));
    }

    /** What {@link #json()} wrote; empty if it is something else. */
    public static Optional<LoadSecond> read(JsonNode json) {
        try {
            SortedMap<ErrorKind, Long> kinds = new TreeMap<>();
            json.path("failedByKind")
                    .properties()
                    .forEach(count ->
                            kinds.merge(kind(count.getKey()), count.getValue().asLong(), Long::sum));
            return Optional.of(new LoadSecond(
                    new Plot(
                            json.path("cluster").asText(),
                            json.path("generator").asText(),
                            json.path("endpoint").asText()),
                    Instant.parse(json.path("second").asText()),
                    json.path("requests").asLong(),
                    json.path("failedRequests").asLong(),
                    kinds,
                    number(json.path("servedMedianMs")),
                    number(json.path("servedP99Ms")),
                    json.path("slowestMs").asDouble()));
        } catch (DateTimeException ofAnotherVersion) {
            return Optional.empty();
        }
    }

    /** As {@code load-second.schema.json} tells. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("cluster", plot.cluster());
        json.put("generator", plot.generator());
        json.put("endpoint", plot.endpoint());
        json.put("second", second.toString());
        json.put("requests", requests);
        json.put("failedRequests", failed);
        ObjectNode kinds = json.putObject("failedByKind");
        failedByKind.forEach((kind, count) -> kinds.put(kind.name(), count));
        median.ifPresent(latency -> json.put("servedMedianMs", latency));
        p99.ifPresent(latency -> json.put("servedP99Ms", latency));
        json.put("slowestMs", slowest);
        return json;
    }

    /** What tells it from all others: an array of cluster, generator, endpoint and second, as text. */
    public String key() {
        return JsonNodeFactory.instance
                .arrayNode()
                .add(plot.cluster())
                .add(plot.generator())
                .add(plot.endpoint())
                .add(second.toString())
                .toString();
    }

    /** A later version may know others. */
    private static ErrorKind kind(String name) {
        return Stream.of(ErrorKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElse(ErrorKind.OTHER);
    }

    private static Optional<Double> number(JsonNode number) {
        return number.isNumber() ? Optional.of(number.asDouble()) : Optional.empty();
    }

    /** Milliseconds, to the microsecond. */
    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e3;
    }
}
