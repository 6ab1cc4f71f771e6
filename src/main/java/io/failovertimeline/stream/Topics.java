package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.decode.CutLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Every topic and store that the program knows. How the topics are set up is in {@code topics/}, one file each.
 *
 * @param journaldLogs lines with a journald or syslog envelope; keys are hosts or absent
 * @param patroniLogs all other log lines; keys are hosts or absent
 * @param loadResults one request of a load generator each
 * @param timeline steps of incidents, by cluster
 * @param failovers incidents, by id
 * @param alerts the alert feed, by fingerprint
 * @param clusters who tells of each cluster, by its name
 * @param load requests near incidents, by plot and second
 * @param acknowledgements who takes care of an incident, by its id
 * @param deadLetters records that could not be used, by where they stand
 * @param partitions of each topic that the work is divided by; default {@value #USUAL_PARTITIONS}, which stands in {@code topics/}
 */
public record Topics(
        Topic<byte[], byte[]> journaldLogs,
        Topic<byte[], byte[]> patroniLogs,
        Topic<byte[], byte[]> loadResults,
        Topic<String, ObjectNode> timeline,
        Topic<String, ObjectNode> failovers,
        Topic<String, AlertRecord> alerts,
        Topic<String, ClusterState> clusters,
        Topic<String, ObjectNode> load,
        Topic<String, ObjectNode> acknowledgements,
        Topic<String, DeadLetter> deadLetters,
        int partitions) {

    static final int USUAL_PARTITIONS = 3;

    /** The program's topics. */
    public static Topics standard() {
        return standard(USUAL_PARTITIONS);
    }

    /** The program's topics, for a larger or smaller fleet. */
    public static Topics standard(int partitions) {
        Serde<ObjectNode> json = new JsonSerde<>(ObjectNode.class);
        return new Topics(
                new Topic<>("journald-logs", "journald-log/1", Serdes.ByteArray(), Serdes.ByteArray()),
                new Topic<>("patroni-logs", "patroni-log/1", Serdes.ByteArray(), Serdes.ByteArray()),
                new Topic<>("load-results", "load-result/1", Serdes.ByteArray(), Serdes.ByteArray()),
                new Topic<>("failover-timeline", "timeline-step/1", Serdes.String(), json),
                new Topic<>("failovers", "incident/1", Serdes.String(), json),
                new Topic<>("failover-alerts", "alert/1", Serdes.String(), new JsonSerde<>(AlertRecord.class)),
                new Topic<>(
                        "failover-clusters", "cluster-state/1", Serdes.String(), new JsonSerde<>(ClusterState.class)),
                new Topic<>("failover-load", "load-second/1", Serdes.String(), json),
                new Topic<>("failover-acknowledgements", "acknowledgement/1", Serdes.String(), json),
                new Topic<>(
                        "failover-dead-letters", "dead-letter/1", Serdes.String(), new JsonSerde<>(DeadLetter.class)),
                partitions);
    }

    /** All of them, in the order of the data. */
    public List<Topic<?, ?>> all() {
        return List.of(
                journaldLogs,
                patroniLogs,
                loadResults,
                timeline,
                failovers,
                alerts,
                clusters,
                load,
                acknowledgements,
                deadLetters);
    }

    /**
     * How they are set up.
     *
     * @throws UncheckedIOException if a file of {@code topics/} is missing or no topic definition
     */
    public List<TopicDefinition> definitions() {
        ObjectMapper yaml = Json.mapper(new YAMLFactory());
        return all().stream()
                .map(topic -> definition(yaml, topic.name()))
                .map(definition -> definition.partitions() == USUAL_PARTITIONS
                        ? definition.withPartitions(partitions)
                        : definition)
                .toList();
    }

    Repartitioned<String, Piece> evidenceByCluster() {
        return Repartitioned.with(Serdes.String(), new PieceSerde())
                .withName("evidence-by-cluster")
                .withNumberOfPartitions(partitions);
    }

    StoreBuilder<KeyValueStore<String, OpenRecord>> openRecords() {
        return store(RecognizeLines.OPEN_RECORDS, new JsonSerde<>(OpenRecord.class));
    }

    StoreBuilder<KeyValueStore<String, CutLine>> cutLines() {
        return cached(RecognizeLines.CUT_LINES, new JsonSerde<>(CutLine.class));
    }

    StoreBuilder<KeyValueStore<String, List<Piece>>> heldRuns() {
        return store(RecognizeLines.HELD_RUNS, HeldRuns.serde());
    }

    StoreBuilder<KeyValueStore<String, AggregateLoad.OpenBucket>> loadBuckets() {
        return store(AggregateLoad.BUCKETS, new OpenBucketSerde());
    }

    StoreBuilder<KeyValueStore<String, Piece>> evidence() {
        return store(Correlate.EVIDENCE, new PieceSerde());
    }

    StoreBuilder<KeyValueStore<String, Published>> published() {
        return store(Correlate.PUBLISHED, new JsonSerde<>(Published.class));
    }

    StoreBuilder<KeyValueStore<String, String>> forgotten() {
        return store(Correlate.FORGOTTEN, Serdes.String());
    }

    StoreBuilder<KeyValueStore<String, AlertRecord>> alertsTold() {
        return store(Correlate.ALERTS, new JsonSerde<>(AlertRecord.class));
    }

    /** A record goes to the changelog once a commit and not once a line. */
    private static <V> StoreBuilder<KeyValueStore<String, V>> cached(String name, Serde<V> values) {
        return store(name, values).withCachingEnabled();
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }

    private static TopicDefinition definition(ObjectMapper yaml, String topic) {
        String file = "/topics/" + topic + ".yaml";
        try (InputStream definition = Topics.class.getResourceAsStream(file)) {
            if (definition == null) {
                throw new IOException("no classpath resource " + file);
            }
            return yaml.readValue(definition, TopicDefinition.class);
        } catch (IOException broken) {
            throw new UncheckedIOException("topic definition " + file + " can't be read", broken);
        }
    }
}
