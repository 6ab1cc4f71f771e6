package io.failovertimeline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failovertimeline.model.Origin;
import io.failovertimeline.stream.RecordHints;
import io.failovertimeline.stream.Topics;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class IngestTest {

    private static final Instant AT = Instant.parse("2026-01-07T11:12:13.456Z");
    private static final RecordHints HINTS = new RecordHints(
            Optional.of("batman"),
            Optional.of("db1"),
            Optional.of(ZoneId.of("Europe/Moscow")),
            Optional.of(AT),
            Optional.of("db1.log"));

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Ingest ingest = new Ingest(producer, Topics.standard(), Pace.UNLIMITED);

    @Test
    void a_line_goes_out_as_its_bytes_with_its_event_time_its_host_and_its_hints() throws InterruptedException {
        ingest.send(
                List.of(record(IngestRecord.Input.PATRONI_LOGS, Optional.of(AT)))
                        .iterator(),
                sent -> {});

        ProducerRecord<byte[], byte[]> sent = producer.history().get(0);
        assertThat(sent.topic()).isEqualTo("patroni-logs");
        assertThat(sent.timestamp()).isEqualTo(AT.toEpochMilli());
        assertThat(sent.key()).isEqualTo("db1".getBytes(UTF_8));
        assertThat(sent.value()).isEqualTo("a line".getBytes(UTF_8));
        assertThat(RecordHints.of(sent.headers())).isEqualTo(HINTS);
    }

    @Test
    void a_line_without_a_time_stands_next_to_the_one_before_it() throws InterruptedException {
        ingest.send(
                List.of(
                                record(IngestRecord.Input.JOURNALD_LOGS, Optional.of(AT.plusSeconds(9))),
                                record(IngestRecord.Input.JOURNALD_LOGS, Optional.empty()))
                        .iterator(),
                sent -> {});

        assertThat(producer.history())
                .extracting(ProducerRecord::timestamp)
                .containsOnly(AT.plusSeconds(9).toEpochMilli());
    }

    @Test
    void records_are_counted_by_topic() throws InterruptedException {
        Map<IngestRecord.Input, Long> sent = ingest.send(
                List.of(
                                record(IngestRecord.Input.LOAD_RESULTS, Optional.of(AT)),
                                record(IngestRecord.Input.LOAD_RESULTS, Optional.of(AT)),
                                record(IngestRecord.Input.PATRONI_LOGS, Optional.of(AT)))
                        .iterator(),
                count -> {});

        assertThat(sent)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(IngestRecord.Input.LOAD_RESULTS, 2L, IngestRecord.Input.PATRONI_LOGS, 1L));
    }

    @Test
    void a_record_that_the_broker_refuses_is_an_error() {
        MockProducer<byte[], byte[]> refusing =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized void flush() {
                        errorNext(new RecordTooLargeException("too large"));
                    }
                };

        assertThatThrownBy(() -> new Ingest(refusing, Topics.standard(), Pace.UNLIMITED)
                        .send(
                                List.of(record(IngestRecord.Input.PATRONI_LOGS, Optional.of(AT)))
                                        .iterator(),
                                sent -> {}))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("too large");
    }

    private static IngestRecord record(IngestRecord.Input input, Optional<Instant> at) {
        return new IngestRecord(input, "a line".getBytes(UTF_8), HINTS, at, Origin.line("db1.log", 1));
    }
}
