package io.failovertimeline.deliver;

import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.stream.JsonSerde;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topic of alerts, to write to. */
final class AlertTopic {

    private static final int PARTITIONS = 3;

    private final Properties client = new Properties();

    AlertTopic(String bootstrapServers) {
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
            producer.send(new ProducerRecord<>("failover-alerts", record.fingerprint(), record))
                    .get();
        }
        return record;
    }

    /** Whether the courier of {@code receiver} has settled where it begins, so that it delivers all that comes. */
    boolean hasGroup(String receiver) {
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
