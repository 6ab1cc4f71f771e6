package io.failovertimeline.decode.load;

import static io.failovertimeline.decode.load.Lines.decode;
import static io.failovertimeline.decode.load.Lines.isNothing;
import static io.failovertimeline.decode.load.Lines.reason;
import static io.failovertimeline.decode.load.Lines.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VegetaJsonTest {

    private final VegetaJson json = new VegetaJson(Lines.NAMES);

    @Test
    void a_line_is_a_request_stamped_at_its_start() {
        Outcome outcome = decode(json, hit(503, "2023-12-10T16:19:54.575123456+03:00", "503 Service Unavailable"));

        assertThat(request(outcome))
                .contains(new RequestResult(
                        "vegeta",
                        "GET /Forecast/{id}",
                        Instant.parse("2023-12-10T13:19:54.575123456Z"),
                        Precision.NANOS,
                        Duration.parse("PT2.103551S"),
                        true,
                        "HTTP 503"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, '', ''",
        "301, '', ''",
        "199, '', HTTP 199",
        "404, '', HTTP 404",
        "0, '', no response",
        "0, 'Get \"http://app/Forecast/17\": dial tcp 10.0.0.1:80: connect: connection refused', connection refused",
        "200, unexpected EOF, unexpected EOF",
    })
    void an_error_text_or_a_bad_status_is_a_failure(int code, String error, String text) {
        Outcome outcome = decode(json, hit(code, "2023-12-10T13:19:54Z", error.replace("\"", "\\\"")));

        assertThat(request(outcome)).map(RequestResult::error).contains(text);
        assertThat(request(outcome)).map(RequestResult::failed).contains(!text.isEmpty());
    }

    @Test
    void results_of_old_versions_without_url_go_by_the_attacks_name() {
        Outcome outcome = decode(
                json,
                "{\"attack\":\"Cities\",\"seq\":0,\"code\":200,\"timestamp\":\"2023-12-10T13:19:54.5Z\",\"latency\":1000,"
                        + "\"bytes_out\":0,\"bytes_in\":0,\"error\":\"\",\"body\":null}");

        assertThat(request(outcome)).map(RequestResult::endpoint).contains("Cities");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"attack\":\"\",\"seq\":17,\"code\":200,\"timest",
                "{\"code\":200,\"timestamp\":\"2023-12-10T13:19:54Z\",\"latency\":-1}",
                "{\"code\":\"OK\",\"timestamp\":\"2023-12-10T13:19:54Z\",\"latency\":1}",
                "{\"code\":70000,\"timestamp\":\"2023-12-10T13:19:54Z\",\"latency\":1}",
                "[]",
                "Killed"
            })
    void a_broken_line_is_unreadable(String line) {
        assertThat(reason(decode(json, line))).contains(Reason.BROKEN_JSON);
    }

    @Test
    void a_bad_time_and_a_missing_field_have_their_own_reasons_and_a_blank_line_is_nothing() {
        assertThat(reason(decode(json, hit(200, "10/Dec/2023", "")))).contains(Reason.BAD_TIME);
        assertThat(reason(decode(json, "{\"code\":200,\"latency\":1}"))).contains(Reason.MISSING_FIELD);
        assertThat(isNothing(decode(json, "\r\n"))).isTrue();
    }

    private static String hit(int code, String timestamp, String error) {
        return "{\"attack\":\"\",\"seq\":17,\"code\":" + code + ",\"timestamp\":\"" + timestamp
                + "\",\"latency\":2103551000,\"bytes_out\":0,\"bytes_in\":19,\"error\":\"" + error
                + "\",\"body\":\"eyJhIjoxfQ==\",\"method\":\"GET\",\"url\":\"http://app/Forecast/17\","
                + "\"headers\":{\"Content-Type\":[\"text/plain\"]}}";
    }
}
