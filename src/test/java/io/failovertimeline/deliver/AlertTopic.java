package io.failovertimeline.deliver;

import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.stream.JsonSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topic of alerts, to write to and to read from. */
public final class AlertTopic {

    private static final String NAME = "failover-alerts";
    private static final int PARTITIONS = 3;

    private final Properties client = new Properties();

    /** That of the broker there. */
    public AlertTopic(String bootstrapServers) {
        client.put("bootstrap.servers", bootstrapServers);
    }

    Properties client() {
        return client;
    }

    /** Writes {@code record}, and returns it. */
    AlertRecord send(AlertRecord record) throws Exception {
        try (JsonSerde<AlertRecord> serde = new JsonSerde<>(AlertRecord.class);
                KafkaProducer<String, AlertRecord> producer =
                        new KafkaProducer<>(client, new StringSerializer(), serde.serializer())) {
            producer.send(new ProducerRecord<>(NAME, record.fingerprint(), record))
                    .get();
        }
        return record;
    }

    /** Every record from the beginning, in the order of each alert, until {@code enough} holds of what there is so far. */
    public List<AlertRecord> read(Predicate<List<AlertRecord>> enough) {
        List<AlertRecord> records = new ArrayList<>();
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        try (JsonSerde<AlertRecord> serde = new JsonSerde<>(AlertRecord.class);
                KafkaConsumer<String, AlertRecord> consumer =
                        new KafkaConsumer<>(properties, new StringDeserializer(), serde.deserializer())) {
            consumer.assign(IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(NAME, partition))
                    .toList());
            while (!enough.test(records)) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> records.add(record.value()));
            }
        }
        return records;
    }

    /** Each alert as it stands after {@code records}, by fingerprint. */
    public static Map<String, AlertRecord> last(List<AlertRecord> records) {
        Map<String, AlertRecord> last = new TreeMap<>();
        records.forEach(record -> last.put(record.fingerprint(), record));
        return last;
    }

    /** Whether the courier of {@code receiver} has settled where it begins, so that it delivers all that comes. */
    public boolean hasGroup(String receiver) {
        try (Admin admin = Admin.create(client)) {
            return admin.listConsumerGroupOffsets("failover-alert-" + receiver)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .size()
                    == PARTITIONS;
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
