package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.ClusterSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads and writes records of {@code patroni-logs} that state a cluster's settings instead of a log line:
 * {@code {"cluster":"batman","settings":{"ttl":20,"loopWait":5,"retryTimeout":5}}}, in seconds, each of the three optional.
 */
public final class SettingsRecords {

    private final ObjectMapper mapper = Json.mapper();

    /** The settings that {@code value} states; empty for every other record. */
    Optional<ClusterSettings> read(byte[] value) {
        if (value.length == 0
                || value[0] != '{'
                || !new String(value, StandardCharsets.UTF_8).contains("\"settings\"")) {
            return Optional.empty();
        }
        try {
            JsonNode record = mapper.readTree(value);
            JsonNode settings = record.path("settings");
            return settings.isObject() && record.path("cluster").isTextual()
                    ? Optional.of(new ClusterSettings(
                            record.path("cluster").textValue(),
                            seconds(settings, "ttl"),
                            seconds(settings, "loopWait"),
                            seconds(settings, "retryTimeout")))
                    : Optional.empty();
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    /** The record that states {@code settings}. */
    public static byte[] write(ClusterSettings settings) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("cluster", settings.cluster());
        ObjectNode values = record.putObject("settings");
        settings.ttl().ifPresent(ttl -> values.put("ttl", ttl.toSeconds()));
        settings.loopWait().ifPresent(loopWait -> values.put("loopWait", loopWait.toSeconds()));
        settings.retryTimeout().ifPresent(retryTimeout -> values.put("retryTimeout", retryTimeout.toSeconds()));
        return record.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Duration> seconds(JsonNode settings, String name) {
        return Optional.of(settings.path(name))
                .filter(JsonNode::isNumber)
                .map(number -> Duration.ofMillis(Math.round(number.doubleValue() * 1000)));
    }
}
