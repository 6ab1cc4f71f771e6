package io.failovertimeline.stream;

import io.failovertimeline.model.LineClass;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
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

    private static final String SCOPE = "lines";

    private final Map<String, Map<LineClass, Sensor>> sensors = new HashMap<>();
    private final Map<String, Map<Integer, Sensor>> eventTimes = new HashMap<>();

    /** The latest record of a partition is of {@code timestamp}, in milliseconds since 1970. */
    void reached(StreamsMetrics metrics, RecordMetadata at, long timestamp) {
        eventTimes
                .computeIfAbsent(at.topic(), first -> new HashMap<>())
                .computeIfAbsent(at.partition(), absent -> eventTime(metrics, at))
                .record(timestamp / 1000.0);
    }

    /** So many more lines of {@code topic}, in {@code metrics}, which are always the same. */
    void count(StreamsMetrics metrics, String topic, LineClass what, long lines) {
        Sensor sensor = sensors.computeIfAbsent(topic, first -> ofTopic(metrics, first))
                .computeIfAbsent(what, absent -> sensor(metrics, topic, absent));
        for (long line = 0; line < lines; line++) {
            sensor.record(); // counts calls
        }
    }

    /** As metrics name it: {@code known-noise}. */
    static String name(LineClass what) {
        return what.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All classes at once, so that one that does not occur is seen as 0. */
    private static Map<LineClass, Sensor> ofTopic(StreamsMetrics metrics, String topic) {
        Map<LineClass, Sensor> ofTopic = new EnumMap<>(LineClass.class);
        for (LineClass what : LineClass.values()) {
            ofTopic.put(what, sensor(metrics, topic, what));
        }
        return ofTopic;
    }

    private static Sensor sensor(StreamsMetrics metrics, String topic, LineClass what) {
        return metrics.addRateTotalSensor(SCOPE, topic, name(what), Sensor.RecordingLevel.INFO);
    }

    private static Sensor eventTime(StreamsMetrics metrics, RecordMetadata at) {
        Sensor sensor =
                metrics.addSensor(EVENT_TIME + "-" + at.topic() + "-" + at.partition(), Sensor.RecordingLevel.INFO);
        sensor.add(
                new MetricName(
                        EVENT_TIME,
                        EVENT_TIME_GROUP,
                        "event time of the latest record, in seconds since 1970",
                        Map.of("topic", at.topic(), "partition", String.valueOf(at.partition()))),
                new Value());
        return sensor;
    }
}
