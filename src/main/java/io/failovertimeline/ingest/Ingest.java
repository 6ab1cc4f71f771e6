package io.failovertimeline.ingest;

import io.failovertimeline.stream.Topic;
import io.failovertimeline.stream.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends records to the input topics with their event time as timestamp. */
public final class Ingest {

    private final Producer<byte[], byte[]> producer;
    private final Map<IngestRecord.Input, Topic<?, ?>> topics = new EnumMap<>(IngestRecord.Input.class);
    private final Pace pace;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** Sends through {@code producer}, which stays the caller's to close. */
    public Ingest(Producer<byte[], byte[]> producer, Topics topics, Pace pace) {
        this.producer = producer;
        this.pace = pace;
        this.topics.put(IngestRecord.Input.JOURNALD_LOGS, topics.journaldLogs());
        this.topics.put(IngestRecord.Input.PATRONI_LOGS, topics.patroniLogs());
        this.topics.put(IngestRecord.Input.LOAD_RESULTS, topics.loadResults());
    }

    /**
     * Sends all of {@code records} and returns when the broker has them.
     *
     * @param progress is told after each record how many were sent
     * @return how many went to each topic
     * @throws KafkaException if the broker did not take one of them; those before it may be there
     */
    public Map<IngestRecord.Input, Long> send(Iterator<IngestRecord> records, LongConsumer progress)
            throws InterruptedException {
        Map<IngestRecord.Input, Long> sent = new EnumMap<>(IngestRecord.Input.class);
        Optional<Instant> latest = Optional.empty();
        long count = 0;
        while (records.hasNext()) {
            IngestRecord record = records.next();
            // A line without a time of its own stands next to the one before it.
            latest = record.at().isPresent() ? record.at() : latest;
            if (latest.isPresent()) {
                pace.await(latest.get());
            }
            send(record, latest.or(() -> record.hints().near()));
            throwIfFailed();
            sent.merge(record.input(), 1L, Long::sum);
            progress.accept(++count);
        }
        producer.flush();
        throwIfFailed();
        return sent;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps what goes wrong
    private void send(IngestRecord record, Optional<Instant> at) {
        Long timestamp = at.map(instant -> Math.max(0, instant.toEpochMilli())).orElse(null);
        byte[] key = record.hints()
                .host()
                .map(host -> host.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        Topic<?, ?> topic = Objects.requireNonNull(topics.get(record.input()));
        Headers headers = record.hints().headers();
        topic.stamp(headers);
        producer.send(
                new ProducerRecord<>(topic.name(), null, timestamp, key, record.value(), headers),
                (metadata, failed) -> {
                    if (failed != null) {
                        failure.compareAndSet(null, failed);
                    }
                });
    }

    /** A producer that neither loses nor doubles a record. */
    public static Producer<byte[], byte[]> producer(Properties client) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put("enable.idempotence", "true");
        // Into a partition just created, requests that overtake each other get stuck (KAFKA-15591).
        properties.put("max.in.flight.requests.per.connection", "1");
        properties.put("linger.ms", "5");
        properties.put("delivery.timeout.ms", "60000");
        properties.put("max.block.ms", "15000");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void throwIfFailed() {
        Exception failed = failure.get();
        if (failed != null) {
            throw failed instanceof KafkaException kafka ? kafka : new KafkaException(failed);
        }
    }
}
