package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads output topics as they grow, without a consumer group. */
public final class TimelineTail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_SECONDS = 10;
    private static final Topics TOPICS = Topics.standard();

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Deserializer<ObjectNode> json = new JsonSerde<>(ObjectNode.class).deserializer();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean following;

    /** Is told what is read, on one thread. */
    public interface Listener {
        /** A record of {@code failover-timeline}. */
        void step(ObjectNode step);

        /** A record of {@code failovers}; {@code json} is empty where the incident was withdrawn. */
        void incident(String id, Optional<ObjectNode> json);

        /** A record of {@code failover-acknowledgements}; {@code json} is empty where it was taken back. */
        default void acknowledgement(String incident, Optional<ObjectNode> json) {}

        /** A record of {@code failover-clusters}; {@code json} is empty where the cluster is gone. */
        default void cluster(String name, Optional<ObjectNode> json) {}

        /** A record of {@code failover-load}. */
        default void load(ObjectNode json) {}

        /** All was told that the topics held when reading began. Comes once. */
        default void caughtUp() {}
    }

    /**
     * Takes steps and incidents.
     *
     * @param kafka settings of the consumer, {@code bootstrap.servers} at least
     * @param fromBeginning whether to begin with the oldest record kept rather than with the next one written
     * @throws KafkaException if the broker can't be reached or the topics are not there
     */
    public TimelineTail(Properties kafka, boolean fromBeginning) {
        this(kafka, fromBeginning, List.of(TOPICS.timeline(), TOPICS.failovers()));
    }

    /** Takes all that a page shows, from the oldest record kept: incidents, who takes care of them, clusters and load, and not the steps. */
    public static TimelineTail ofPage(Properties kafka) {
        return new TimelineTail(
                kafka, true, List.of(TOPICS.failovers(), TOPICS.acknowledgements(), TOPICS.clusters(), TOPICS.load()));
    }

    private TimelineTail(Properties kafka, boolean fromBeginning, List<Topic<String, ?>> from) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("allow.auto.create.topics", "false");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            from.forEach(topic -> partitions.addAll(partitions(topic.name())));
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            // Seeking is lazy; only now is it settled where reading begins.
            partitions.forEach(consumer::position);
            ends.putAll(consumer.endOffsets(partitions));
        } catch (RuntimeException failed) {
            consumer.close();
            throw failed;
        }
    }

    /**
     * Reads on until {@link #close()}, or until {@code mayEnd} and nothing has come for {@code idle}. Can be called once.
     *
     * @param idle how long nothing must have come
     */
    public void follow(Listener listener, BooleanSupplier mayEnd, Duration idle) {
        following = true;
        try (consumer) {
            long last = System.nanoTime();
            while (!mayEnd.getAsBoolean() || System.nanoTime() - last < idle.toNanos()) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                records.forEach(record -> tell(record, listener));
                if (!ends.isEmpty() && hasCaughtUp()) {
                    ends.clear();
                    listener.caughtUp();
                }
                if (!records.isEmpty() || !mayEnd.getAsBoolean()) {
                    last = System.nanoTime();
                }
            }
        } catch (WakeupException closed) {
            // Asked to end by close().
            return;
        } finally {
            ended.countDown();
        }
    }

    /** Ends {@link #follow}, also one that was not called yet, and waits for it. */
    @Override
    public void close() {
        consumer.wakeup();
        try {
            if (following && !ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the reader of the timeline did not end in " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(ConsumerRecord<String, byte[]> record, Listener listener) {
        Optional<ObjectNode> value = Optional.ofNullable(json.deserialize(record.topic(), record.value()));
        if (record.topic().equals(TOPICS.failovers().name())) {
            listener.incident(record.key(), value);
        } else if (record.topic().equals(TOPICS.acknowledgements().name())) {
            listener.acknowledgement(record.key(), value);
        } else if (record.topic().equals(TOPICS.clusters().name())) {
            listener.cluster(record.key(), value);
        } else if (record.topic().equals(TOPICS.load().name())) {
            value.ifPresent(listener::load);
        } else {
            value.ifPresent(listener::step);
        }
    }

    private boolean hasCaughtUp() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private List<TopicPartition> partitions(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("topic " + topic + " is not there; ./failover topics creates it");
        }
        return partitions;
    }
}
