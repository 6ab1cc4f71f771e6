package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.BalancerChecks;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * Reads and writes records of {@code patroni-logs} that state a cluster's settings instead of a log line:
 * {@code {"cluster":"batman","settings":{"ttl":20,"loopWait":5,"retryTimeout":5}}}, in seconds, each of the three optional. Where they
 * stand may be said in {@code "sources":{"ttl":"db1.patroni.yml:25"}}, else it is the record itself; {@code "heartbeats"} says that
 * the value was estimated from these. How balancers check may be said in {@code "balancers"}.
 */
public final class SettingsRecords {

    private static final String ESTIMATED = "heartbeats";

    private final ObjectMapper mapper = Json.mapper();

    /**
     * The settings that {@code value} states; empty for every other record.
     *
     * @param record where it stands
     */
    Optional<ClusterSettings> read(byte[] value, Origin record) {
        if (value.length == 0
                || value[0] != '{'
                || !new String(value, StandardCharsets.UTF_8).contains("\"settings\"")) {
            return Optional.empty();
        }
        try {
            JsonNode json = mapper.readTree(value);
            return json.path("settings").isObject() && json.path("cluster").isTextual()
                    ? Optional.of(new ClusterSettings(
                            json.path("cluster").textValue(),
                            setting(json, "ttl", record),
                            setting(json, "loopWait", record),
                            setting(json, "retryTimeout", record),
                            balancers(json.path("balancers"), record)))
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
        ObjectNode sources = record.putObject("sources");
        settings.ttl().ifPresent(ttl -> put("ttl", ttl, values, sources));
        settings.loopWait().ifPresent(loopWait -> put("loopWait", loopWait, values, sources));
        settings.retryTimeout().ifPresent(retryTimeout -> put("retryTimeout", retryTimeout, values, sources));
        settings.balancers()
                .forEach(checks -> put(checks, record.withArray("balancers").addObject()));
        return record.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(String name, Setting setting, ObjectNode values, ObjectNode sources) {
        values.put(name, seconds(setting.value()));
        sources.put(name, setting.origin().map(Origin::toString).orElse(ESTIMATED));
    }

    private static void put(BalancerChecks checks, ObjectNode json) {
        json.put("backend", checks.backend());
        json.put("path", checks.path());
        checks.servers().forEach(json.putArray("servers")::add);
        json.put("inter", seconds(checks.inter()));
        json.put("fastInter", seconds(checks.fastInter()));
        json.put("downInter", seconds(checks.downInter()));
        json.put("rise", checks.rise());
        json.put("fall", checks.fall());
        json.put("longest", seconds(checks.longest()));
        json.put("source", checks.origin().toString());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Optional<Setting> setting(JsonNode record, String name, Origin origin) {
        JsonNode source = record.path("sources").path(name);
        Optional<Origin> stands =
                source.asText().equals(ESTIMATED) ? Optional.empty() : Optional.of(origin(source, origin));
        return seconds(record.path("settings"), name).map(value -> new Setting(value, stands));
    }

    private static Origin origin(JsonNode written, Origin otherwise) {
        try {
            return Origin.parse(written.asText());
        } catch (IllegalArgumentException notWritten) {
            return otherwise;
        }
    }

    private static List<BalancerChecks> balancers(JsonNode all, Origin record) {
        return StreamSupport.stream(all.spliterator(), false)
                .flatMap(json -> balancer(json, record).stream())
                .toList();
    }

    private static Optional<BalancerChecks> balancer(JsonNode json, Origin record) {
        Optional<Duration> inter = seconds(json, "inter");
        TreeSet<String> servers = new TreeSet<>();
        json.path("servers").forEach(server -> servers.add(server.asText()));
        return inter.map(usual -> new BalancerChecks(
                json.path("backend").asText(),
                json.path("path").asText(),
                servers,
                usual,
                seconds(json, "fastInter").orElse(usual),
                seconds(json, "downInter").orElse(usual),
                json.path("rise").asInt(2),
                json.path("fall").asInt(3),
                seconds(json, "longest").orElse(usual),
                origin(json.path("source"), record)));
    }

    private static Optional<Duration> seconds(JsonNode json, String name) {
        return Optional.of(json.path(name))
                .filter(JsonNode::isNumber)
                .map(number -> Duration.ofMillis(Math.round(number.doubleValue() * 1000)));
    }
}
