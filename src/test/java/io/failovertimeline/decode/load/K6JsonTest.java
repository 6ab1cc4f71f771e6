package io.failovertimeline.decode.load;

import static io.failovertimeline.decode.load.Lines.decode;
import static io.failovertimeline.decode.load.Lines.isNothing;
import static io.failovertimeline.decode.load.Lines.reason;
import static io.failovertimeline.decode.load.Lines.requests;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class K6JsonTest {

    private static final String TIMED_OUT =
            "{\"expected_response\":\"false\",\"method\":\"GET\",\"name\":\"http://app/Forecast/17\","
                    + "\"status\":\"0\",\"error\":\"request timeout\",\"error_code\":\"1050\",\"url\":\"http://app/Forecast/17\"}";

    private final K6Json json = new K6Json(Lines.NAMES);

    @Test
    void a_request_starts_its_duration_before_its_end() {
        List<RequestResult> requests = requests(
                json,
                List.of(
                        point("http_reqs", "1", TIMED_OUT),
                        point("http_req_duration", "2103.551", TIMED_OUT),
                        point("http_req_failed", "1", TIMED_OUT)));

        assertThat(requests)
                .containsExactly(new RequestResult(
                        "k6",
                        "GET /Forecast/{id}",
                        Instant.parse("2023-12-10T13:19:52.471572456Z"),
                        Precision.NANOS,
                        Duration.parse("PT2.103551S"),
                        true,
                        "request timeout"));
    }

    @Test
    void the_order_of_fields_does_not_matter() {
        List<RequestResult> requests = requests(
                json,
                List.of(
                        "{\"data\":{\"tags\":{\"url\":\"http://app/Cities\"},\"value\":0,\"time\":\"2023-12-10T13:19:54Z\"},"
                                + "\"type\":\"Point\",\"metric\":\"http_req_failed\"}"));

        assertThat(requests).extracting(RequestResult::endpoint).containsExactly("/Cities");
        assertThat(requests).extracting(RequestResult::failed).containsExactly(false);
    }

    @Test
    void declarations_and_other_metrics_are_nothing() {
        String declaration = "{\"type\":\"Metric\",\"data\":{\"name\":\"http_req_failed\",\"type\":\"rate\","
                + "\"contains\":\"default\",\"thresholds\":[\"rate<0.01\"],\"submetrics\":null},\"metric\":\"http_req_failed\"}";

        assertThat(isNothing(decode(json, declaration))).isTrue();
        assertThat(isNothing(decode(json, point("http_req_waiting", "3", TIMED_OUT))))
                .isTrue();
        assertThat(isNothing(decode(json, point("vus", "3", "{\"group\":\"http_req_failed\"}"))))
                .isTrue();
        assertThat(isNothing(decode(json, " "))).isTrue();
    }

    @Test
    void a_source_without_judgement_counts_each_request_once_by_its_status() {
        String served = "{\"name\":\"Cities\",\"status\":\"200\"}";
        String refused = "{\"name\":\"Cities\",\"status\":\"0\",\"error_code\":\"1212\"}";

        List<RequestResult> requests = requests(
                json,
                List.of(
                        point("http_reqs", "1", served),
                        point("http_req_duration", "10", served),
                        point("http_reqs", "1", refused),
                        point("http_req_duration", "0", refused)));

        assertThat(requests).extracting(RequestResult::error).containsExactly("", "connection refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"metric\":\"http_req_failed\",\"type\":\"Point\",\"data\":{\"time\":\"2023-12",
                "{\"metric\":\"http_req_failed\",\"type\":\"Point\",\"data\":{\"time\":\"2023-12-10T13:19:54Z\",\"value\":0}} {}",
                "{\"metric\":\"http_req_failed\",\"type\":\"Point\",\"data\":{\"time\":\"2023-12-10T13:19:54Z\",\"value\":NaN}}",
                "{\"metric\":\"http_req_failed\",\"type\":\"Point\",\"data\":{\"time\":\"2023-12-10T13:19:54Z\",\"value\":7}}",
                "{\"metric\":\"http_req_wai",
                "Killed"
            })
    void a_broken_line_is_unreadable(String line) {
        assertThat(reason(decode(json, line))).contains(Reason.BROKEN_JSON);
    }

    @Test
    void a_bad_time_a_missing_field_and_bad_bytes_have_their_own_reasons() {
        String badTime = point("http_req_failed", "1", TIMED_OUT).replace("2023-12-10T", "2023-13-10T");
        String noTime = "{\"metric\":\"http_req_failed\",\"type\":\"Point\",\"data\":{\"value\":0,\"tags\":null}}";
        byte[] latin1 = point("http_req_failed", "1", "{\"name\":\"Städte\"}").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(reason(decode(json, badTime))).contains(Reason.BAD_TIME);
        assertThat(reason(decode(json, noTime))).contains(Reason.MISSING_FIELD);
        assertThat(reason(json.decode(latin1, 0, latin1.length, Lines.SOMEWHERE)))
                .contains(Reason.NOT_UTF_8);
    }

    private static String point(String metric, String value, String tags) {
        return "{\"metric\":\"" + metric
                + "\",\"type\":\"Point\",\"data\":{\"time\":\"2023-12-10T16:19:54.575123456+03:00\",\"value\":" + value
                + ",\"tags\":" + tags + "}}";
    }
}
