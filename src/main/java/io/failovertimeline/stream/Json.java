package io.failovertimeline.stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Latencies;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Mark;

/** How the program's records are written as JSON: ISO instants and durations, absent where empty. */
final class Json {

    private Json() {}

    /** A mapper for JSON. */
    static ObjectMapper mapper() {
        return mapper(new JsonFactory());
    }

    /** A mapper for the format of {@code factory}. */
    static ObjectMapper mapper(JsonFactory factory) {
        return new ObjectMapper(factory)
                .registerModule(new Jdk8Module())
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                // A later version may have written fields that this one does not know.
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT)
                .addMixIn(Evidence.class, NamedEvidence.class)
                .addMixIn(Hints.class, UndividedHints.class)
                .addMixIn(Latencies.class, EncodedLatencies.class);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "evidence")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ClusterEvent.class, name = "event"),
        @JsonSubTypes.Type(value = Mark.class, name = "mark"),
        @JsonSubTypes.Type(value = ClusterSettings.class, name = "settings"),
        @JsonSubTypes.Type(value = LoadBucket.class, name = "load"),
    })
    private interface NamedEvidence {}

    /** A record of Kafka is never several logs put together. */
    @JsonIgnoreProperties({"parts", "divided"})
    private interface UndividedHints {}

    /** As text in base 64. */
    private abstract static class EncodedLatencies {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Latencies decode(byte[] encoded) {
            return Latencies.decode(encoded);
        }

        @JsonValue
        abstract byte[] encoded();
    }
}
