package io.failovertimeline.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Values of one type as UTF-8 JSON; {@code null} is a tombstone and stays one. */
public final class JsonSerde<T> implements Serde<T> {

    private static final ObjectMapper MAPPER = Json.mapper();

    private final ObjectWriter writer;
    private final ObjectReader reader;

    /** For values of {@code type}. */
    public JsonSerde(Class<T> type) {
        writer = MAPPER.writerFor(type);
        reader = MAPPER.readerFor(type);
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> write(topic, value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> read(topic, bytes);
    }

    private byte @Nullable [] write(String topic, @Nullable T value) {
        try {
            return value == null ? null : writer.writeValueAsBytes(value);
        } catch (JsonProcessingException unwritable) {
            throw new SerializationException("no JSON for topic " + topic + ": " + value, unwritable);
        }
    }

    private @Nullable T read(String topic, byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : reader.readValue(bytes);
        } catch (IOException unreadable) {
            throw new SerializationException("not a value of topic " + topic, unreadable);
        }
    }
}
