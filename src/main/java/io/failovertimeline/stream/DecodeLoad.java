package io.failovertimeline.stream;

import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Gives each load record's bytes to the decoder. */
final class DecodeLoad extends ContextualFixedKeyProcessor<byte[], byte[], LoadRead> {

    private final Stages.LoadDecoding decoder;
    private final ClusterNames clusters;
    private final HeaderReader<Optional<String>> clusterHeaders =
            new HeaderReader<>(List.of(RecordHints.CLUSTER), RecordHints::cluster);
    private final LineSensors sensors = new LineSensors();

    DecodeLoad(Stages.LoadDecoding decoder, ClusterNames clusters) {
        this.decoder = decoder;
        this.clusters = clusters;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], LoadRead> context) {
        super.init(context);
        AtCommit atCommit = context.getStateStore(AggregateLoad.AT_COMMIT);
        atCommit.write(() -> sensors.record(context.metrics()));
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
        if (record.value() != null) {
            context().forward(record.withValue(read(record)));
        }
    }

    private LoadRead read(FixedKeyRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        String cluster = clusters.of(clusterHeaders.read(record.headers()), key(record));
        RecordMetadata at = DeadLetters.metadata(context());
        sensors.reached(at, record.timestamp());
        Stages.LoadReading reading;
        try {
            reading = decoder.decode(value, 0, value.length, Origin.record(at.topic(), at.partition(), at.offset()));
        } catch (RuntimeException ours) {
            // As for log lines: one record that the decoder fails on must not stop the others.
            reading =
                    new Stages.LoadReading(List.of(), Optional.of(new Stages.Unreadable("INTERNAL", ours.toString())));
        }
        sensors.count(
                at.topic(),
                reading.unreadable().isPresent()
                        ? LineClass.REJECTED
                        : reading.results().isEmpty() ? LineClass.KNOWN_NOISE : LineClass.RECOGNIZED,
                1);
        return new LoadRead(
                cluster,
                reading.results(),
                reading.unreadable()
                        .map(why -> List.of(DeadLetters.of(context(), value, why.reason(), why.error())))
                        .orElse(List.of()));
    }

    /** The host that sent it, of senders that can't write headers. */
    private static Optional<String> key(FixedKeyRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.key()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
