package io.failovertimeline.stream;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;

/**
 * A topic as the program reads or writes it.
 *
 * @param name its name on the broker
 * @param schema the name and the version of the JSON Schema of its values: {@code incident/1}; each record that the program writes says
 *     so in its header {@value #SCHEMA}
 * @param keys how keys are written
 * @param values how values are written
 */
public record Topic<K, V>(String name, String schema, Serde<K> keys, Serde<V> values) {

    /** The header that names the schema of a record's value. */
    public static final String SCHEMA = "schema";

    /** How the topology reads it. */
    public Consumed<K, V> consumed() {
        return Consumed.with(keys, values).withName(name);
    }

    /** How the topology writes it. */
    public Produced<K, V> produced() {
        return produced("sink");
    }

    /** How the topology writes it from one of several places. */
    public Produced<K, V> produced(String place) {
        return Produced.with(keys, Serdes.serdeFrom(new Stamping(), values.deserializer()))
                .withName(name + "-" + place);
    }

    /** Says in the headers of a record what schema its value has. */
    public void stamp(Headers headers) {
        headers.remove(SCHEMA).add(SCHEMA, schema.getBytes(StandardCharsets.UTF_8));
    }

    private final class Stamping implements Serializer<V> {
        @Override
        public byte @Nullable [] serialize(String topic, V value) {
            return values.serializer().serialize(topic, value);
        }

        @Override
        public byte @Nullable [] serialize(String topic, Headers headers, V value) {
            stamp(headers);
            return values.serializer().serialize(topic, headers, value);
        }
    }
}
