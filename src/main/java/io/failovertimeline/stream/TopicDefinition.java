package io.failovertimeline.stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One file of {@code topics/}: what a topic is for and how it is set up.
 *
 * @param name its name on the broker
 * @param description what stands in it, for a reader
 * @param key what the key is
 * @param value the JSON Schema of its values, a classpath resource
 * @param partitions how many
 * @param cleanupPolicy {@code delete}, {@code compact} or both, with a comma
 * @param retention how long records are kept, by their event time; empty for ever
 * @param retentionBytes how much of a partition is kept; empty for all
 * @param segmentBytes how much of a partition is dropped or compacted at once; empty for the broker's default
 * @param maxMessageBytes the largest record in bytes; empty for the broker's default
 * @param example a record as it may stand there
 */
public record TopicDefinition(
        String name,
        String description,
        String key,
        String value,
        int partitions,
        @JsonProperty("cleanup.policy") String cleanupPolicy,
        Optional<Duration> retention,
        @JsonProperty("retention.bytes") Optional<Long> retentionBytes,
        @JsonProperty("segment.bytes") Optional<Long> segmentBytes,
        @JsonProperty("max.message.bytes") Optional<Integer> maxMessageBytes,
        Example example) {

    /**
     * A record of the topic.
     *
     * @param timestamp its event time
     * @param key its key; empty if records may come without
     * @param headers its headers, values as text
     * @param value its value, a text or an object
     */
    public record Example(
            Instant timestamp,
            Optional<String> key,
            @JsonProperty("headers") Optional<Map<String, String>> headers,
            JsonNode value) {}

    /** The same with another number of partitions. */
    TopicDefinition withPartitions(int number) {
        return new TopicDefinition(
                name,
                description,
                key,
                value,
                number,
                cleanupPolicy,
                retention,
                retentionBytes,
                segmentBytes,
                maxMessageBytes,
                example);
    }

    /** The topic's settings by their names in Kafka. */
    public SortedMap<String, String> configs() {
        SortedMap<String, String> configs = new TreeMap<>();
        configs.put("cleanup.policy", cleanupPolicy);
        configs.put(
                "retention.ms", String.valueOf(retention.map(Duration::toMillis).orElse(-1L)));
        configs.put("retention.bytes", String.valueOf(retentionBytes.orElse(-1L)));
        // Record timestamps are event time, and a clock or a zone may be wrong: such records are to be seen, not
        // refused.
        configs.put("message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
        segmentBytes.ifPresent(bytes -> configs.put("segment.bytes", String.valueOf(bytes)));
        maxMessageBytes.ifPresent(bytes -> configs.put("max.message.bytes", String.valueOf(bytes)));
        return configs;
    }
}
