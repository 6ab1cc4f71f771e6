package io.failovertimeline.stream;

import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.decode.GivenZones;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;

/**
 * How the stream application runs.
 *
 * @param bootstrapServers where the cluster is, {@code host:port} separated by commas
 * @param applicationId the consumer group and the prefix of internal topics; default {@value #APPLICATION_ID}
 * @param stateDir where the stores lie; they are rebuilt from the broker if lost
 * @param clusters which cluster a record belongs to
 * @param zones those of local times in records without a header for it; globs match the header {@code source}; what none of
 *     them names is in UTC
 * @param mostEvidence so many pieces of evidence are kept for each cluster, the newest; default {@value #MOST_EVIDENCE}
 * @param alerts from when on findings are worth an alert
 * @param partitions of each topic that the work is divided by, so many instances can share it; default 3
 * @param kafka further settings of Kafka Streams and its clients, by their own names; they win over ours
 */
public record StreamSettings(
        String bootstrapServers,
        String applicationId,
        Path stateDir,
        ClusterNames clusters,
        GivenZones zones,
        int mostEvidence,
        AlertRules alerts,
        int partitions,
        Map<String, String> kafka) {

    /** The default of {@code applicationId}. */
    public static final String APPLICATION_ID = "failover-timeline";

    /** The default of {@code mostEvidence}. */
    public static final int MOST_EVIDENCE = 200_000;

    private static final int LARGEST_RECORD = 8 * 1024 * 1024;

    public StreamSettings {
        kafka = Map.copyOf(kafka);
        if (mostEvidence < 1000) {
            throw new IllegalArgumentException("evidence.most is " + mostEvidence + ", must be at least 1000");
        }
    }

    /** The defaults, for the cluster at {@code bootstrapServers}. */
    public static StreamSettings of(String bootstrapServers, Path stateDir) {
        return new StreamSettings(
                bootstrapServers,
                APPLICATION_ID,
                stateDir,
                new ClusterNames(Map.of()),
                GivenZones.NONE,
                MOST_EVIDENCE,
                AlertRules.USUAL,
                Topics.USUAL_PARTITIONS,
                Map.of());
    }

    /** What Kafka Streams is started with. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "100");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, EventTime.class.getName());
        // What a set of lines means does not hang on their order, so none has to wait for those of another partition.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, String.valueOf(StreamsConfig.MAX_TASK_IDLE_MS_DISABLED));
        // A thread that waits for input does nothing else meanwhile: neither tell what came, nor commit.
        properties.put(StreamsConfig.POLL_MS_CONFIG, "10");
        // With one request under way at a time, what comes meanwhile goes together anyway.
        properties.put(StreamsConfig.producerPrefix("linger.ms"), "0");
        // Into a partition just created, requests that overtake each other get stuck (KAFKA-15591).
        properties.put(StreamsConfig.producerPrefix("max.in.flight.requests.per.connection"), "1");
        // An incident with all its lines is one record.
        properties.put(StreamsConfig.producerPrefix("max.request.size"), String.valueOf(LARGEST_RECORD));
        properties.put(StreamsConfig.topicPrefix("max.message.bytes"), String.valueOf(LARGEST_RECORD));
        // A line may be stamped in the future by a clock or a zone that is wrong; that must not stop the application.
        properties.put(StreamsConfig.topicPrefix("message.timestamp.after.max.ms"), String.valueOf(Long.MAX_VALUE));
        properties.putAll(kafka);
        return properties;
    }

    boolean isExactlyOnce() {
        return StreamsConfig.EXACTLY_ONCE_V2.equals(properties().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    }

    /** An incident of more bytes is cut: of what a producer may send at once, so much that what stands around it fits, too. */
    int mostIncidentBytes() {
        Object largest =
                new StreamsConfig(properties()).getProducerConfigs("any").get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        return Integer.parseInt(String.valueOf(largest)) / 4 * 3;
    }

    TopologyConfig topologyConfig() {
        return new TopologyConfig(new StreamsConfig(properties()));
    }
}
