package io.failovertimeline.stream;

import io.failovertimeline.stream.AggregateLoad.OpenBucket;
import java.nio.BufferUnderflowException;
import java.time.DateTimeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Open buckets as they lie in their store, which is written at each commit; what an earlier version wrote is JSON. */
final class OpenBucketSerde implements Serde<OpenBucket> {

    private static final byte FORM = 1;

    private final JsonSerde<OpenBucket> json = new JsonSerde<>(OpenBucket.class);

    @Override
    public Serializer<OpenBucket> serializer() {
        return (topic, open) -> open == null ? null : write(open);
    }

    @Override
    public Deserializer<OpenBucket> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(topic, bytes);
    }

    private static byte[] write(OpenBucket open) {
        PackedWriter out = new PackedWriter()
                .number(FORM)
                .text(open.id())
                .number(open.timestamp())
                .number(open.touched());
        return PieceSerde.bucket(out, open.bucket()).bytes();
    }

    private @Nullable OpenBucket read(String topic, byte[] bytes) {
        if (bytes.length == 0 || bytes[0] == '{') {
            return json.deserializer().deserialize(topic, bytes);
        }
        try {
            PackedReader in = new PackedReader(bytes);
            if (in.number() != FORM) {
                throw new SerializationException(
                        "an open bucket in " + topic + " of a form that this version does not know");
            }
            return new OpenBucket(in.text(), in.number(), in.number(), PieceSerde.bucket(in));
        } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException | ArithmeticException broken) {
            throw new SerializationException("not an open bucket in " + topic, broken);
        }
    }
}
