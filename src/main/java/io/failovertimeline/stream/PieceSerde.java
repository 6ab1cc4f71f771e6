package io.failovertimeline.stream;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Latencies;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import java.nio.BufferUnderflowException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Pieces as they cross the network and lie in stores: the many, events and load buckets, in a form of their own that begins with its
 * number; marks and settings, and what an earlier version wrote, as {@link JsonSerde} does.
 */
final class PieceSerde implements Serde<Piece> {

    private static final byte EVENT = 1;
    private static final byte BUCKET = 2;

    private final JsonSerde<Piece> json = new JsonSerde<>(Piece.class);

    @Override
    public Serializer<Piece> serializer() {
        return (topic, piece) -> piece == null ? null : write(topic, piece);
    }

    @Override
    public Deserializer<Piece> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(topic, bytes);
    }

    private byte[] write(String topic, Piece piece) {
        PackedWriter out = new PackedWriter();
        return piece.evidence()
                .match(
                        event -> event(out.number(EVENT).text(piece.id()), event),
                        mark -> json.serializer().serialize(topic, piece),
                        settings -> json.serializer().serialize(topic, piece),
                        bucket -> bucket(out.number(BUCKET).text(piece.id()), bucket)
                                .bytes());
    }

    private @Nullable Piece read(String topic, byte[] bytes) {
        if (bytes.length == 0 || bytes[0] == '{') {
            return json.deserializer().deserialize(topic, bytes);
        }
        try {
            PackedReader in = new PackedReader(bytes);
            return switch ((int) in.number()) {
                case EVENT -> new Piece(in.text(), event(in));
                case BUCKET -> new Piece(in.text(), bucket(in));
                default ->
                    throw new SerializationException(
                            "a piece of evidence in " + topic + " of a form that this version does not know");
            };
        } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException | ArithmeticException broken) {
            throw new SerializationException("not a piece of evidence in " + topic, broken);
        }
    }

    private static byte[] event(PackedWriter out, ClusterEvent event) {
        out.text(event.cluster()).instant(event.at()).text(event.precision().name());
        out.number(event.kinds().size());
        event.kinds().forEach(kind -> out.text(kind.name()));
        out.optional(event.host(), PackedWriter::text).text(event.rule());
        out.number(event.fields().size());
        event.fields().forEach((name, value) -> out.text(name).text(value));
        return out.text(event.text())
                .text(event.origin().medium().name())
                .text(event.origin().source())
                .number(event.origin().position())
                .bytes();
    }

    private static ClusterEvent event(PackedReader in) {
        String cluster = in.name();
        Instant at = in.instant();
        Precision precision = Precision.valueOf(in.name());
        List<EventKind> kinds = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            kinds.add(EventKind.valueOf(in.name()));
        }
        Optional<String> host = in.optional(PackedReader::name);
        String rule = in.name();
        SortedMap<String, String> fields = new TreeMap<>();
        for (long left = in.number(); left > 0; left--) {
            fields.put(in.name(), in.text());
        }
        String text = in.text();
        Origin origin = new Origin(Origin.Medium.valueOf(in.name()), in.name(), in.number());
        return new ClusterEvent(cluster, at, precision, kinds, host, rule, fields, text, origin);
    }

    /** Adds {@code bucket} to {@code out}. */
    static PackedWriter bucket(PackedWriter out, LoadBucket bucket) {
        out.text(bucket.cluster()).text(bucket.generator()).text(bucket.endpoint());
        out.instant(bucket.second()).text(bucket.precision().name());
        out.number(bucket.requests()).number(bucket.failed());
        out.optional(bucket.firstFailure(), PackedWriter::instant);
        out.optional(bucket.lastFailure(), PackedWriter::instant);
        out.optional(bucket.lastFailureEnd(), PackedWriter::instant);
        out.optional(bucket.firstSuccess(), PackedWriter::instant);
        out.optional(bucket.lastSuccess(), PackedWriter::instant);
        out.number(bucket.slowest().toSeconds()).number(bucket.slowest().toNanosPart());
        out.number(bucket.errors().size());
        bucket.errors().forEach((error, count) -> out.text(error).number(count));
        return out.block(bucket.served().encoded());
    }

    /** The next bucket of {@code in}. */
    static LoadBucket bucket(PackedReader in) {
        String cluster = in.name();
        String generator = in.name();
        String endpoint = in.name();
        Instant second = in.instant();
        Precision precision = Precision.valueOf(in.name());
        long requests = in.number();
        long failed = in.number();
        Optional<Instant> firstFailure = in.optional(PackedReader::instant);
        Optional<Instant> lastFailure = in.optional(PackedReader::instant);
        Optional<Instant> lastFailureEnd = in.optional(PackedReader::instant);
        Optional<Instant> firstSuccess = in.optional(PackedReader::instant);
        Optional<Instant> lastSuccess = in.optional(PackedReader::instant);
        Duration slowest = Duration.ofSeconds(in.number(), in.number());
        SortedMap<String, Long> errors = new TreeMap<>();
        for (long left = in.number(); left > 0; left--) {
            errors.put(in.name(), in.number());
        }
        return new LoadBucket(
                cluster,
                generator,
                endpoint,
                second,
                precision,
                requests,
                failed,
                firstFailure,
                lastFailure,
                lastFailureEnd,
                firstSuccess,
                lastSuccess,
                slowest,
                errors,
                Latencies.decode(in.block()));
    }
}
