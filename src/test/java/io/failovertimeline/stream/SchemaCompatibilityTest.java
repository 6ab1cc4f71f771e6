package io.failovertimeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.failovertimeline.decode.load.LoadFormats;
import io.failovertimeline.model.Origin;
import io.failovertimeline.publish.LoadSecond;
import io.failovertimeline.publish.TextTimeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schemas as they are against those that records were written by before, in {@code src/test/resources/schemas}, a folder for each
 * version with what was written then.
 */
class SchemaCompatibilityTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TextTimeline TERMINAL = new TextTimeline(80, false, false);
    private static final Path NOW = Path.of("src/main/resources/schemas");
    private static final Path BEFORE = Path.of("src/test/resources/schemas/1");

    static List<String> schemas() throws IOException {
        return names(NOW);
    }

    static List<Path> written() throws IOException {
        try (Stream<Path> all = Files.list(BEFORE.resolve("written"))) {
            return all.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void a_topic_names_the_version_that_its_schema_has(String schema) throws IOException {
        String id = read(NOW.resolve(schema)).path("$id").asText();
        String named = Topics.standard().all().stream()
                .map(Topic::schema)
                .filter(name -> schema.startsWith(name.split("/")[0] + "."))
                .findFirst()
                .orElseThrow();

        assertThat(id).isEqualTo("urn:failover-timeline:" + named.replace('/', ':'));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void within_a_version_only_optional_fields_and_words_come_along(String schema) throws IOException {
        JsonNode now = read(NOW.resolve(schema));
        JsonNode before = read(BEFORE.resolve(schema));

        assertThat(now.path("$id")).isEqualTo(before.path("$id"));
        List<String> breaks = new ArrayList<>();
        compare("", before, now, breaks);
        assertThat(breaks).isEmpty();
    }

    @Test
    void what_breaks_a_reader_is_found() throws IOException {
        JsonNode before = JSON.readTree(
                "{\"required\":[\"a\"],\"properties\":{\"a\":{\"enum\":[\"X\"]},\"b\":{\"type\":\"string\"}}}");
        JsonNode now = JSON.readTree(
                "{\"required\":[\"a\",\"c\"],\"properties\":{\"a\":{\"enum\":[\"Y\"]},\"c\":{\"type\":\"string\"}}}");
        List<String> breaks = new ArrayList<>();

        compare("", before, now, breaks);

        assertThat(breaks)
                .containsExactly("/required is another", "/properties/a/enum lost a word", "/properties/b is gone");
    }

    @ParameterizedTest
    @MethodSource("written")
    void what_was_written_before_is_valid_and_read_today(Path record) throws IOException {
        String schema = record.getFileName().toString().split("\\.")[0];
        byte[] value = Files.readAllBytes(record);

        assertThat(validator(NOW.resolve(schema + ".schema.json")).validate(read(record)))
                .isEmpty();
        assertThat(isRead(schema, value)).isTrue();
    }

    /** By those parts of the program that read such records. */
    private static boolean isRead(String schema, byte[] value) throws IOException {
        return switch (schema) {
            case "incident" -> !TERMINAL.summary(JSON.readTree(value)).contains("another version");
            case "timeline-step" -> !TERMINAL.change(JSON.readTree(value)).isEmpty();
            case "load-result" ->
                LoadFormats.ofRecords()
                        .decode(value, 0, value.length, Origin.record("load-results", 0, 0))
                        .match(result -> true, unreadable -> false, () -> false);
            case "patroni-log" ->
                new SettingsRecords()
                        .read(value, Origin.record("patroni-logs", 0, 0))
                        .isPresent();
            case "dead-letter" ->
                !new JsonSerde<>(DeadLetter.class)
                        .deserializer()
                        .deserialize("failover-dead-letters", value)
                        .reason()
                        .isEmpty();
            case "load-second" -> LoadSecond.read(JSON.readTree(value)).isPresent();
            case "cluster-state" ->
                !new JsonSerde<>(ClusterState.class)
                        .deserializer()
                        .deserialize("failover-clusters", value)
                        .hosts()
                        .isEmpty();
            default -> JSON.readTree(value) instanceof ObjectNode;
        };
    }

    private static void compare(String at, JsonNode before, JsonNode now, List<String> breaks) {
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            String place = at + "/" + field.getKey();
            JsonNode is = now.path(field.getKey());
            switch (field.getKey()) {
                case "description", "title", "examples" -> {}
                case "required", "type", "const", "format" -> {
                    if (!is.equals(field.getValue())) {
                        breaks.add(place + " is another");
                    }
                }
                case "enum" -> {
                    if (!words(is).containsAll(words(field.getValue()))) {
                        breaks.add(place + " lost a word");
                    }
                }
                default -> {
                    if (is.isMissingNode()) {
                        breaks.add(place + " is gone");
                    } else if (field.getValue().isObject()) {
                        compare(place, field.getValue(), is, breaks);
                    }
                }
            }
        }
    }

    private static Set<String> words(JsonNode words) {
        Set<String> texts = new HashSet<>();
        words.forEach(word -> texts.add(word.asText()));
        return texts;
    }

    private static JsonSchema validator(Path schema) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(schema, UTF_8));
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(Files.readAllBytes(file));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
