package io.failovertimeline.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.failovertimeline.stream.Topic;
import io.failovertimeline.stream.TopicDefinition;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that can't be used among those of a lab, one in a hundred, through a real broker. */
@Timeout(180)
class PoisonTest {

    private static final List<String> LAB = List.of("labs/leader-killed", "labs/planned-switchover");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A record that can't be used, and the reason that is to be given. */
    private record Poison(String topic, String value, List<Header> headers, String reason) {
        static Poison of(String topic, String value, String reason) {
            return new Poison(topic, value, List.of(), reason);
        }

        static Poison withHeader(String name, String value) {
            return new Poison(
                    "patroni-logs",
                    "2026-01-07 11:12:13,456 INFO: promoted self to leader by acquiring session lock",
                    List.of(new RecordHeader(name, value.getBytes(UTF_8))),
                    "BAD_HEADER");
        }
    }

    /** One of each kind; a character is a byte. */
    private static final List<Poison> KINDS = List.of(
            Poison.of("patroni-logs", "2026-01-07 11:12:13,456 INFO: \u00ff\u00fe", "NOT_UTF_8"),
            Poison.of("journald-logs", "{\"MESSAGE\": \"promoted se", "BROKEN_JSON"),
            Poison.of(
                    "journald-logs",
                    "{\"__REALTIME_TIMESTAMP\":\"1767784333456789\",\"MESSAGE\":null}",
                    "CONTENT_GONE"),
            Poison.of("patroni-logs", "2026-13-45 99:99:99,000 INFO: promoted self to leader", "BAD_TIME"),
            Poison.withHeader("zone", "Mars/Olympus"),
            Poison.withHeader("near", "yesterday"),
            Poison.of("load-results", "{\"generator\":\"k6\",\"endp", "BROKEN_JSON"),
            Poison.of("load-results", "{\"generator\":\"k6\",\"endpoint\":\"/\"}", "MISSING_FIELD"),
            Poison.of("load-results", "so and so many requests", "BROKEN_RESULT"),
            Poison.of("load-results", "Running 30s test @ http://10.0.0.1:8080/Cities", "TOTALS_ONLY"));

    @TempDir
    Path stateDir;

    @Test
    void all_of_it_becomes_dead_letters_and_nothing_else_is_stopped_and_every_record_names_its_schema_and_is_valid()
            throws Exception {
        Map<String, String> expected = RunningStream.offline(LAB);
        List<IngestRecord> records = RunningStream.records(LAB);
        List<Poison> sent = new ArrayList<>();
        ToldIncidents told = new ToldIncidents();
        List<ConsumerRecord<byte[], byte[]>> letters;
        try (RunningStream stream = new RunningStream(stateDir)) {
            for (int from = 0; from < records.size(); from += 99) {
                stream.send(records.subList(from, Math.min(records.size(), from + 99)));
                Poison poison = KINDS.get(sent.size() % KINDS.size());
                stream.producer()
                        .send(new ProducerRecord<>(
                                poison.topic, null, 0L, null, poison.value.getBytes(ISO_8859_1), poison.headers))
                        .get();
                sent.add(poison);
            }
            stream.read(told, () -> told.byId.equals(expected) && stream.isComplete());
            letters = all(stream, Topics.standard().deadLetters());

            assertThat(told.byId).isEqualTo(expected);
            for (Topic<?, ?> topic : Topics.standard().all()) {
                List<ConsumerRecord<byte[], byte[]>> written = all(stream, topic);
                boolean isInput = topic.keys().deserializer() instanceof ByteArrayDeserializer;
                for (ConsumerRecord<byte[], byte[]> record : written) {
                    if (!isInput || record.headers().lastHeader(Topic.SCHEMA) != null) {
                        assertValid(topic, record);
                    }
                }
            }
        }

        assertThat(reasons(letters))
                .isEqualTo(counts(sent.stream().map(Poison::reason).toList()));
        assertThat(letters)
                .extracting(letter -> new String(letter.key(), UTF_8))
                .doesNotHaveDuplicates();
        assertThat(letters)
                .extracting(letter -> new String(value(letter).path("bytes").binaryValue(), ISO_8859_1))
                .containsExactlyInAnyOrderElementsOf(
                        sent.stream().map(Poison::value).toList());
        assertThat(sent.size()).isGreaterThan(2 * KINDS.size());
    }

    private static void assertValid(Topic<?, ?> topic, ConsumerRecord<byte[], byte[]> record) {
        assertThat(new String(record.headers().lastHeader(Topic.SCHEMA).value(), UTF_8))
                .isEqualTo(topic.schema());
        if (record.value() != null) {
            JsonNode value = value(record);
            assertThat(schema(topic).validate(value)).as(value.toString()).isEmpty();
        }
    }

    private static final Map<String, JsonSchema> SCHEMAS = new HashMap<>();

    private static JsonSchema schema(Topic<?, ?> topic) {
        return SCHEMAS.computeIfAbsent(topic.name(), name -> {
            String file = Topics.standard().definitions().stream()
                    .filter(definition -> definition.name().equals(name))
                    .map(TopicDefinition::value)
                    .findFirst()
                    .orElseThrow();
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(PoisonTest.class.getResourceAsStream("/" + file));
        });
    }

    private static JsonNode value(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException text) {
            return new TextNode(new String(record.value(), UTF_8));
        }
    }

    private static Map<String, Integer> reasons(List<ConsumerRecord<byte[], byte[]>> letters) {
        return counts(letters.stream()
                .map(letter -> value(letter).path("reason").asText())
                .toList());
    }

    private static Map<String, Integer> counts(List<String> words) {
        Map<String, Integer> counts = new TreeMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts;
    }

    private static List<ConsumerRecord<byte[], byte[]>> all(RunningStream stream, Topic<?, ?> topic) {
        Properties client = stream.client();
        client.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo partition : consumer.partitionsFor(topic.name())) {
                partitions.add(new TopicPartition(partition.topic(), partition.partition()));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }
}
