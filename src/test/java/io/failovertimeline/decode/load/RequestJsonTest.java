package io.failovertimeline.decode.load;

import static io.failovertimeline.decode.load.Lines.decode;
import static io.failovertimeline.decode.load.Lines.reason;
import static io.failovertimeline.decode.load.Lines.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestJsonTest {

    /** A load generator's times are never local ones that clocks showed twice. */
    private static final List<Precision> OF_LOAD = List.of(
            Precision.NANOS,
            Precision.MICROS,
            Precision.MILLIS,
            Precision.SECONDS,
            Precision.TEN_SECONDS,
            Precision.MINUTES);

    private static final RequestResult REQUEST = new RequestResult(
            "k6",
            "GET /Cities",
            Instant.parse("2023-12-10T13:19:54.575Z"),
            Precision.MILLIS,
            Duration.ofNanos(12_500_000),
            false,
            "");

    private final RequestJson json = new RequestJson(Lines.NAMES);

    @Test
    void a_request_is_written_as_one_flat_object() {
        assertThat(new String(RequestJson.write(REQUEST), StandardCharsets.UTF_8))
                .isEqualTo("{\"generator\":\"k6\",\"endpoint\":\"GET /Cities\",\"start\":\"2023-12-10T13:19:54.575Z\","
                        + "\"precision\":\"MILLIS\",\"latencyMs\":12.5,\"failed\":false,\"error\":\"\"}");
    }

    @Test
    void what_is_written_reads_the_same() {
        Random random = new Random(3);
        for (int i = 0; i < 3_000; i++) {
            RequestResult request = any(random);

            assertThat(read(RequestJson.write(request))).contains(request);
        }
    }

    @Test
    void half_a_surrogate_pair_does_not_stop_a_record() {
        RequestResult request = new RequestResult(
                "k6", "a\uD83D", REQUEST.start(), Precision.MILLIS, Duration.ZERO, true, "\uDE00b \uD83D\uDE00");

        assertThat(read(RequestJson.write(request)))
                .map(RequestResult::endpoint)
                .contains("a\uFFFD");
        assertThat(read(RequestJson.write(request))).map(RequestResult::error).contains("\uFFFDb \uD83D\uDE00");
        assertThat(request(decode(json, minimal().replace("/Cities", "\\uD83D"))))
                .map(RequestResult::endpoint)
                .contains("GET \uFFFD");
    }

    @Test
    void precision_and_error_may_be_left_out_and_other_fields_are_ignored() {
        assertThat(request(decode(json, minimal()))).contains(REQUEST);
        assertThat(request(
                        decode(json, minimal().replace("{", "{\"tags\":{\"failed\":true},\"precision\":\"SECONDS\","))))
                .map(RequestResult::precision)
                .contains(Precision.SECONDS);
    }

    @Test
    void long_texts_are_cut_and_the_request_still_counts() {
        Outcome outcome = decode(json, minimal().replace("/Cities", "x".repeat(500)));

        assertThat(request(outcome)).map(RequestResult::endpoint).contains("GET " + "x".repeat(196));
    }

    @ParameterizedTest
    @ValueSource(strings = {"generator", "endpoint", "start", "latencyMs", "failed"})
    void a_record_without_one_of_these_is_unreadable(String field) {
        assertThat(reason(decode(json, minimal().replace(field, "x")))).contains(Reason.MISSING_FIELD);
    }

    @Test
    void bad_values_are_named() {
        assertThat(reason(decode(json, minimal().replace(":54.575Z", ":54.575"))))
                .contains(Reason.BAD_TIME);
        assertThat(reason(decode(json, minimal().replace("12.5", "\"slow\"")))).contains(Reason.BROKEN_JSON);
        assertThat(reason(decode(json, minimal().replace("{", "{\"precision\":\"HOURS\","))))
                .contains(Reason.BROKEN_JSON);
        assertThat(reason(decode(json, minimal().replace("false", "\"no\"")))).contains(Reason.MISSING_FIELD);
        assertThat(reason(decode(json, minimal().replace("}", "")))).contains(Reason.BROKEN_JSON);
    }

    @Test
    void the_schema_names_the_fields_that_are_written_and_requires_those_that_are_needed() throws IOException {
        JsonNode schema = schema();
        JsonNode written = new ObjectMapper().readTree(RequestJson.write(counted(REQUEST, 3)));

        assertThat(names(schema.get("properties"))).isEqualTo(names(written));
        assertThat(texts(schema.get("required")))
                .containsExactlyInAnyOrder("generator", "endpoint", "start", "latencyMs", "failed");
        assertThat(texts(schema.at("/properties/precision/enum")))
                .isEqualTo(OF_LOAD.stream().map(Precision::name).toList());
    }

    @Test
    void the_schemas_example_is_a_request() throws IOException {
        String example = schema().at("/examples/0").toString();

        assertThat(request(decode(json, example))).map(RequestResult::error).contains("HTTP 503");
    }

    @Test
    void a_record_may_stand_for_several_requests_and_else_stands_for_one() {
        byte[] record = RequestJson.write(counted(REQUEST, 3));

        assertThat(request(json.decode(record, 0, record.length, Lines.SOMEWHERE)))
                .contains(counted(REQUEST, 3));
        assertThat(new String(RequestJson.write(REQUEST), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("count");
    }

    @Test
    void a_latency_that_is_not_that_of_each_is_said_to_be_so() {
        byte[] record = RequestJson.write(counted(REQUEST, 3));

        assertThat(new String(record, java.nio.charset.StandardCharsets.UTF_8)).contains("\"timed\":false");
        assertThat(new String(RequestJson.write(REQUEST), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("timed");
    }

    private static RequestResult counted(RequestResult one, long count) {
        return new RequestResult(
                one.generator(),
                one.endpoint(),
                one.start(),
                one.precision(),
                one.latency(),
                one.failed(),
                one.error(),
                count,
                false);
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in = RequestJson.class.getResourceAsStream("/schemas/load-result.schema.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private Optional<RequestResult> read(byte[] bytes) {
        return request(json.decode(bytes, 0, bytes.length, Lines.SOMEWHERE));
    }

    private static String minimal() {
        return "{\"generator\":\"k6\",\"endpoint\":\"GET /Cities\",\"start\":\"2023-12-10T13:19:54.575Z\","
                + "\"latencyMs\":12.5,\"failed\":false}";
    }

    private static RequestResult any(Random random) {
        return new RequestResult(
                anyText(random),
                anyText(random),
                Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000)),
                OF_LOAD.get(random.nextInt(OF_LOAD.size())),
                Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 54))),
                random.nextBoolean(),
                anyText(random));
    }

    private static String anyText(Random random) {
        int[] characters = random.ints(random.nextInt(1, 60), 0, 0x3000)
                .map(c -> random.nextInt(3) == 0 ? 0x1F600 + c % 60 : c)
                .toArray();
        return new String(characters, 0, characters.length);
    }
}
