package io.failovertimeline.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LineCounts;
import io.failovertimeline.stream.FailoverStream;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What Prometheus is told of one process. The figures about incidents are read from the stores, so they stand for what the kept evidence
 * tells: they are right after a restart, and sink when an incident turns out to be none.
 */
final class StreamMetrics implements MultiCollector {

    private static final double[] SECONDS = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 45, 60, 120, 300, 600};

    private final FailoverStream stream;

    StreamMetrics(FailoverStream stream) {
        this.stream = stream;
    }

    @Override
    public MetricSnapshots collect() {
        Collection<? extends JsonNode> incidents = stream.incidents();
        return MetricSnapshots.builder()
                .metricSnapshot(incidents(incidents))
                .metricSnapshot(phases(incidents))
                .metricSnapshot(outages(incidents))
                .metricSnapshot(lines())
                .metricSnapshot(ofKafka(
                        "failover_input_event_time_seconds",
                        "Event time of the latest record that was read of a partition, since 1970.",
                        "event-time",
                        "stream-event-time-metrics"))
                .metricSnapshot(ofKafka(
                        "failover_input_lag_records",
                        "Records of a partition that are still to be read.",
                        "records-lag",
                        "consumer-fetch-manager-metrics"))
                .metricSnapshot(ofKafka(
                        "failover_state_bytes",
                        "Size of a store on disk.",
                        "total-sst-files-size",
                        "stream-state-metrics"))
                .metricSnapshot(states())
                .build();
    }

    private static GaugeSnapshot incidents(Collection<? extends JsonNode> incidents) {
        Map<Labels, Double> counts = new TreeMap<>();
        for (JsonNode incident : incidents) {
            Labels labels = Labels.of(
                    "cluster", incident.path("cluster").asText(),
                    "kind", incident.path("kind").asText(),
                    "cause", incident.path("cause").path("code").asText("UNKNOWN"),
                    "state", incident.path("state").asText().toLowerCase(Locale.ROOT));
            counts.merge(labels, 1.0, Double::sum);
        }
        return gauge("failover_incidents", "Incidents that the kept evidence tells of.", counts);
    }

    private static HistogramSnapshot phases(Collection<? extends JsonNode> incidents) {
        Map<Labels, List<Double>> seconds = new TreeMap<>();
        for (JsonNode incident : incidents) {
            for (JsonNode phase : incident.path("phases")) {
                if (phase.path("seconds").isNumber() && !phase.has("through")) {
                    Labels labels = Labels.of(
                            "phase",
                            phase.path("name").asText().toLowerCase(Locale.ROOT),
                            "kind",
                            incident.path("kind").asText());
                    seconds.computeIfAbsent(labels, first -> new ArrayList<>())
                            .add(phase.path("seconds").asDouble());
                }
            }
        }
        return histogram("failover_phase_seconds", "How long phases of incidents took.", seconds);
    }

    private static HistogramSnapshot outages(Collection<? extends JsonNode> incidents) {
        Map<Labels, List<Double>> seconds = new TreeMap<>();
        for (JsonNode incident : incidents) {
            for (JsonNode impact : incident.path("clientImpact")) {
                seconds.computeIfAbsent(Labels.of("kind", incident.path("kind").asText()), first -> new ArrayList<>())
                        .add(impact.path("outageSeconds").asDouble());
            }
        }
        return histogram(
                "failover_client_outage_seconds",
                "How long clients of one endpoint went without in an incident.",
                seconds);
    }

    private static HistogramSnapshot histogram(String name, String help, Map<Labels, List<Double>> values) {
        HistogramSnapshot.Builder histogram =
                HistogramSnapshot.builder().name(name).help(help);
        values.forEach((labels, seconds) -> {
            ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
            double below = Double.NEGATIVE_INFINITY;
            for (double bound : SECONDS) {
                buckets.bucket(bound, count(seconds, below, bound));
                below = bound;
            }
            buckets.bucket(Double.POSITIVE_INFINITY, count(seconds, below, Double.POSITIVE_INFINITY));
            histogram.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(labels)
                    .classicHistogramBuckets(buckets.build())
                    .sum(seconds.stream().mapToDouble(Double::doubleValue).sum())
                    .build());
        });
        return histogram.build();
    }

    private static long count(List<Double> values, double above, double atMost) {
        return values.stream().filter(value -> value > above && value <= atMost).count();
    }

    private CounterSnapshot lines() {
        CounterSnapshot.Builder counter = CounterSnapshot.builder()
                .name("failover_lines")
                .help("Lines that were read since the process started, by what became of them.");
        stream.lines().forEach((topic, counts) -> {
            BiConsumer<LineClass, Long> point = (what, count) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(Labels.of("topic", topic, "class", what.name().toLowerCase(Locale.ROOT)))
                    .value(count)
                    .build());
            each(counts, point);
        });
        return counter.build();
    }

    private static void each(LineCounts counts, BiConsumer<LineClass, Long> point) {
        point.accept(LineClass.RECOGNIZED, counts.recognized());
        point.accept(LineClass.KNOWN_NOISE, counts.knownNoise());
        point.accept(LineClass.UNRELATED, counts.unrelated());
        point.accept(LineClass.UNKNOWN, counts.unknown());
        point.accept(LineClass.REJECTED, counts.rejected());
    }

    /** One of Kafka's own metrics, by topic and partition or by store. Several clients or tasks may report one: the largest counts. */
    private GaugeSnapshot ofKafka(String name, String help, String metric, String group) {
        Map<Labels, Double> values = new TreeMap<>();
        for (Map.Entry<MetricName, ? extends Metric> entry : stream.metrics().entrySet()) {
            MetricName its = entry.getKey();
            boolean isIt = its.name().equals(metric) && its.group().equals(group);
            if (isIt
                    && entry.getValue().metricValue() instanceof Number number
                    && !Double.isNaN(number.doubleValue())) {
                labels(its.tags()).ifPresent(labels -> values.merge(labels, number.doubleValue(), Math::max));
            }
        }
        return gauge(name, help, values);
    }

    private static Optional<Labels> labels(Map<String, String> tags) {
        if (tags.containsKey("partition")) {
            return Optional.of(Labels.of(
                    "topic", tags.getOrDefault("topic", ""), "partition", tags.getOrDefault("partition", "")));
        }
        return tags.entrySet().stream()
                .filter(tag -> tag.getKey().endsWith("state-id"))
                .findFirst()
                .map(tag -> Labels.of("store", tag.getValue(), "task", tags.getOrDefault("task-id", "")));
    }

    private GaugeSnapshot states() {
        Map<Labels, Double> states = new TreeMap<>();
        for (KafkaStreams.State state : KafkaStreams.State.values()) {
            states.put(Labels.of("state", state.name().toLowerCase(Locale.ROOT)), stream.state() == state ? 1.0 : 0.0);
        }
        return gauge("failover_stream_state", "1 for the state that the application is in.", states);
    }

    private static GaugeSnapshot gauge(String name, String help, Map<Labels, Double> values) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((labels, value) -> gauge.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return gauge.build();
    }
}
