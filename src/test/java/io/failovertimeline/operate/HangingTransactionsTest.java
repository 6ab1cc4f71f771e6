package io.failovertimeline.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.stream.Answer;
import io.failovertimeline.stream.BrokerProcess;
import io.failovertimeline.stream.StreamSettings;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HangingTransactionsTest {

    private static final String TRANSACTIONAL_ID = "failover-timeline-1";
    private static final TopicPartition TIMELINE = new TopicPartition("failover-timeline", 0);

    @TempDir
    Path folder;

    @Test
    void the_check_names_a_transaction_that_its_coordinator_knows_nothing_of_until_it_is_aborted() throws Exception {
        try (BrokerProcess broker = new BrokerProcess(folder.resolve("broker"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                KafkaProducer<byte[], byte[]> producer =
                        producer(broker, Map.of("transactional.id", TRANSACTIONAL_ID))) {
            new TopicSetup(admin).create(Topics.standard().definitions(), Optional.empty());
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TIMELINE.topic(), TIMELINE.partition(), null, new byte[1]))
                    .get();
            assertThat(wrong(admin, broker)).as("of one that goes on").isEmpty();

            forget(broker);
            broker.kill();

            assertThat(wrong(admin, broker))
                    .singleElement()
                    .extracting(Preflight.Finding::toString)
                    .asString()
                    .contains("failover-timeline-0", "abort --topic failover-timeline --partition 0 --start-offset 0");

            abort(admin);
            assertThat(wrong(admin, broker)).as("after its end").isEmpty();
        }
    }

    /** Has the coordinator forget the transaction when it is started again: as a deletion of its own would read. */
    private static void forget(BrokerProcess broker) throws Exception {
        byte[] id = TRANSACTIONAL_ID.getBytes(StandardCharsets.UTF_8);
        byte[] key = ByteBuffer.allocate(4 + id.length)
                .putShort((short) 0)
                .putShort((short) id.length)
                .put(id)
                .array();
        // the only client that a broker lets write to its own topics
        try (KafkaProducer<byte[], byte[]> producer = producer(broker, Map.of("client.id", "__admin_client"))) {
            producer.send(new ProducerRecord<>("__transaction_state", 0, key, null))
                    .get();
        }
    }

    /** What {@code kafka-transactions.sh abort} does. */
    private static void abort(Admin admin) {
        ProducerState open = Answer.of(
                        admin.describeProducers(List.of(TIMELINE)).partitionResult(TIMELINE))
                .activeProducers()
                .get(0);
        Answer.of(admin.abortTransaction(new AbortTransactionSpec(
                        TIMELINE,
                        open.producerId(),
                        (short) open.producerEpoch(),
                        open.coordinatorEpoch().orElse(0)))
                .all());
    }

    private List<Preflight.Finding> wrong(Admin admin, BrokerProcess broker) {
        StreamSettings settings = StreamSettings.of(broker.bootstrapServers(), folder.resolve("state"));
        return new Preflight(admin, settings, Topics.standard())
                .findings().stream().filter(finding -> !finding.isFine()).toList();
    }

    private static KafkaProducer<byte[], byte[]> producer(BrokerProcess broker, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
