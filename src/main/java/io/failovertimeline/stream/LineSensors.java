package io.failovertimeline.stream;

import io.failovertimeline.model.LineClass;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Counts what became of the lines of each input topic, in sensors of Kafka Streams: {@code recognized-total}, {@code
 * known-noise-rate} and so on in the group {@value #GROUP}, with the topic as tag {@value #TOPIC_TAG}. A line that is read again after
 * a failure is counted again.
 */
final class LineSensors {

    static final String GROUP = "stream-lines-metrics";
    static final String TOPIC_TAG = "lines-id";
    static final String TOTAL = "-total";

    /** In seconds since 1970, the event time of the latest record of each partition: see {@link #EVENT_TIME_GROUP}. */
    static final String EVENT_TIME = "event-time";

    static final String EVENT_TIME_GROUP = "stream-event-time-metrics";

    private final Map<String, OfTopic> topics = new HashMap<>();

    /** What was counted since it was recorded last. */
    private static final class OfTopic {
        private final Map<LineClass, Count> lines = new EnumMap<>(LineClass.class);
        private final Map<Integer, Long> reached = new HashMap<>();

        OfTopic() {
            for (LineClass what : LineClass.values()) {
                lines.put(what, new Count());
            }
        }
    }

    private static final class Count {
        private long lines;
    }

    /** The latest record of a partition is of {@code timestamp}, in milliseconds since 1970. */
    void reached(RecordMetadata at, long timestamp) {
        ofTopic(at.topic()).reached.put(at.partition(), timestamp);
    }

    /** So many more lines of {@code topic}. */
    void count(String topic, LineClass what, long lines) {
        ofTopic(topic).lines.computeIfAbsent(what, first -> new Count()).lines += lines;
    }

    private OfTopic ofTopic(String topic) {
        return topics.computeIfAbsent(topic, first -> new OfTopic());
    }

    /** Records in {@code metrics} what was not yet; a class that does not occur is seen as 0. */
    void record(StreamsMetrics metrics) {
        topics.forEach((topic, its) -> {
            its.lines.forEach((what, count) -> {
                lines(metrics, topic, what).record((double) count.lines);
                count.lines = 0;
            });
            its.reached.forEach(
                    (partition, at) -> eventTime(metrics, topic, partition).record(at / 1000.0));
            its.reached.clear();
        });
    }

    /** As metrics name it: {@code known-noise}. */
    static String name(LineClass what) {
        return what.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Sensor lines(StreamsMetrics metrics, String topic, LineClass what) {
        Sensor sensor = metrics.addSensor(
                String.join("-", "lines", Thread.currentThread().getName(), topic, name(what)),
                Sensor.RecordingLevel.INFO);
        if (!sensor.hasMetrics()) {
            Map<String, String> tags =
                    Map.of("thread-id", Thread.currentThread().getName(), TOPIC_TAG, topic);
            sensor.add(new MetricName(name(what) + TOTAL, GROUP, "lines so far", tags), new CumulativeSum());
            sensor.add(new MetricName(name(what) + "-rate", GROUP, "lines a second", tags), new Rate());
        }
        return sensor;
    }

    private static Sensor eventTime(StreamsMetrics metrics, String topic, int partition) {
        Sensor sensor = metrics.addSensor(EVENT_TIME + "-" + topic + "-" + partition, Sensor.RecordingLevel.INFO);
        if (!sensor.hasMetrics()) {
            sensor.add(
                    new MetricName(
                            EVENT_TIME,
                            EVENT_TIME_GROUP,
                            "event time of the latest record, in seconds since 1970",
                            Map.of("topic", topic, "partition", String.valueOf(partition))),
                    new Value());
        }
        return sensor;
    }
}
