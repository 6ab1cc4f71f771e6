package io.failovertimeline.decode.load;

import static io.failovertimeline.decode.load.Lines.decode;
import static io.failovertimeline.decode.load.Lines.isNothing;
import static io.failovertimeline.decode.load.Lines.reason;
import static io.failovertimeline.decode.load.Lines.request;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class K6CsvTest {

    private static final String HEADER =
            "metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,"
                    + "method,name,proto,scenario,service,status,subproto,tls_version,url,extra_tags,metadata";

    private final K6Csv csv = new K6Csv(Lines.NAMES);

    @Test
    void a_request_starts_its_duration_before_the_second_of_its_end() {
        List<RequestResult> requests = requests(
                csv,
                List.of(
                        HEADER,
                        row("http_reqs", "1702214394", "1.000000", "500"),
                        row("http_req_duration", "1702214394", "2103.551000", "500"),
                        row("http_req_waiting", "1702214394", "2000.000000", "500"),
                        row("http_req_failed", "1702214394", "1.000000", "500")));

        assertThat(requests)
                .containsExactly(new RequestResult(
                        "k6",
                        "GetForecast",
                        Instant.parse("2023-12-10T13:19:51.896449Z"),
                        Precision.SECONDS,
                        Duration.parse("PT2.103551S"),
                        true,
                        "HTTP 500"));
    }

    @Test
    void a_request_without_duration_counts_with_latency_zero() {
        List<RequestResult> requests = requests(csv, List.of(HEADER, row("http_req_failed", "1702214394", "0", "200")));

        assertThat(requests).extracting(RequestResult::latency).containsExactly(Duration.ZERO);
    }

    @Test
    void a_duration_belongs_to_the_request_with_its_time_and_tags_and_to_no_other() {
        List<RequestResult> requests = requests(
                csv,
                List.of(
                        HEADER,
                        row("http_req_duration", "1702214394", "1.0", "200"),
                        row("http_req_duration", "1702214394", "2.0", "500"),
                        row("http_req_duration", "1702214394", "3.0", "200"),
                        row("http_req_failed", "1702214394", "1", "500"),
                        row("http_req_failed", "1702214394", "0", "200"),
                        row("http_req_failed", "1702214394", "0", "200"),
                        row("http_req_failed", "1702214394", "0", "200"),
                        row("http_req_failed", "1702214395", "1", "500")));

        assertThat(requests).extracting(request -> request.latency().toMillis()).containsExactly(2L, 1L, 3L, 0L, 0L);
    }

    @Test
    void http_req_failed_wins_over_expected_response() {
        String header = "metric_name,timestamp,metric_value,expected_response,status,url";
        List<RequestResult> requests = requests(
                csv,
                List.of(
                        header,
                        "http_req_failed,1702214394,1,true,200,http://app/",
                        "http_req_failed,1702214394,0,false,500,http://app/"));

        assertThat(requests).extracting(RequestResult::failed).containsExactly(true, false);
        assertThat(requests).extracting(RequestResult::error).containsExactly("HTTP 200", "");
    }

    @ParameterizedTest
    @CsvSource({
        "1702214394, 2023-12-10T13:19:54Z, SECONDS",
        "1702214394575, 2023-12-10T13:19:54.575Z, MILLIS",
        "1702214394575123, 2023-12-10T13:19:54.575123Z, MICROS",
        "1702214394575123456, 2023-12-10T13:19:54.575123456Z, NANOS",
        "2023-12-10T16:19:54+03:00, 2023-12-10T13:19:54Z, SECONDS",
        "2023-12-10T16:19:54.575123456+03:00, 2023-12-10T13:19:54.575123456Z, NANOS",
    })
    void every_time_format_of_k6_is_read(String time, Instant start, Precision precision) {
        List<RequestResult> requests = requests(csv, List.of(HEADER, row("http_req_failed", time, "0", "200")));

        assertThat(requests).extracting(RequestResult::start).containsExactly(start);
        assertThat(requests).extracting(RequestResult::precision).containsExactly(precision);
    }

    @Test
    void columns_are_found_by_the_header_wherever_they_are() {
        List<RequestResult> requests = requests(
                csv,
                List.of(
                        "url,metric_value,method,metric_name,status,timestamp",
                        "http://app/Forecast/17,40.5,GET,http_req_duration,503,1702214394",
                        "http://app/Forecast/17,1,GET,http_req_failed,503,1702214394",
                        "http://app/Forecast/17,1,GET,http_req_waiting,503,1702214394"));

        assertThat(requests).extracting(RequestResult::endpoint).containsExactly("GET /Forecast/{id}");
        assertThat(requests).extracting(RequestResult::latency).containsExactly(Duration.ofNanos(40_500_000));
    }

    @Test
    void quoted_fields_hold_commas_and_quotes() {
        List<RequestResult> requests = requests(
                csv,
                List.of(
                        "metric_name,timestamp,metric_value,error,name",
                        "http_req_failed,1702214394,1,\"lookup \"\"app\"\", twice\",\"Cities, all\""));

        assertThat(requests).extracting(RequestResult::error).containsExactly("lookup \"app\", twice");
        assertThat(requests).extracting(RequestResult::endpoint).containsExactly("Cities, all");
    }

    @Test
    void a_header_in_the_middle_is_nothing_and_names_the_columns_from_there() {
        decode(csv, HEADER);
        decode(csv, row("http_req_failed", "1702214394", "0", "200"));

        Outcome header = decode(csv, "metric_name,timestamp,metric_value,name");
        Outcome next = decode(csv, "http_req_failed,1702214395,1,Cities");

        assertThat(isNothing(header)).isTrue();
        assertThat(request(next)).map(RequestResult::endpoint).contains("Cities");
    }

    @Test
    void a_source_without_judgement_counts_each_request_once_by_its_status() {
        String header = "metric_name,timestamp,metric_value,name,status";
        List<RequestResult> requests = requests(
                csv,
                List.of(
                        header,
                        "http_reqs,1702214394,1,Cities,200",
                        "http_req_duration,1702214394,10,Cities,200",
                        "http_reqs,1702214394,1,Cities,503",
                        "http_req_duration,1702214394,20,Cities,503",
                        "http_reqs,1702214395,1,Cities,0",
                        "http_req_duration,1702214395,30,Cities,0"));

        assertThat(requests).extracting(RequestResult::failed).containsExactly(false, true, true);
        assertThat(requests).extracting(request -> request.latency().toMillis()).containsExactly(10L, 20L, 30L);
    }

    @Test
    void a_source_with_judgement_leaves_out_requests_without() {
        List<RequestResult> requests = requests(
                csv,
                List.of(
                        HEADER,
                        row("http_req_duration", "1702214394", "10", "200"),
                        row("http_req_failed", "1702214394", "0", "200"),
                        "http_reqs,1702214394,1,,,,,,GET,Ping,,,,404,,,,,",
                        "http_req_duration,1702214394,5,,,,,,GET,Ping,,,,404,,,,,",
                        "http_reqs,1702214394,1,,,,,,GET,Ping,,,,404,,,,,"));

        assertThat(requests).hasSize(1);
    }

    @Test
    void rows_of_other_metrics_are_nothing() {
        decode(csv, HEADER);

        assertThat(isNothing(decode(csv, row("http_req_blocked", "1702214394", "10.3", "200"))))
                .isTrue();
        assertThat(isNothing(decode(csv, row("vus", "1702214394", "10", "")))).isTrue();
        assertThat(isNothing(decode(csv, ""))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http_req_failed,1702214394",
                "http_req_failed,1702214394,0,,,,true,,GET,GetForecast,HTTP/1.1,default,,200,,,http://app/Fore",
                "http_req_failed,1702214394,maybe,,,,true,,GET,GetForecast,,,,200,,,,,",
                "http_req_failed,1702214394,0.5,,,,true,,GET,GetForecast,,,,200,,,,,",
                "http_req_duration,1702214394,-3,,,,true,,GET,GetForecast,,,,200,,,,,",
                "http_req_failed,1702214394,\"0,,,,true,,GET,GetForecast,,,,200,,,,,",
                "http_req_blo",
                "Killed"
            })
    void a_broken_row_is_unreadable(String row) {
        decode(csv, HEADER);

        assertThat(reason(decode(csv, row))).contains(Reason.BROKEN_CSV);
    }

    @Test
    void a_bad_time_a_missing_header_and_bad_bytes_have_their_own_reasons() {
        Outcome withoutHeader = decode(csv, row("http_req_failed", "1702214394", "0", "200"));
        decode(csv, HEADER);
        Outcome badTime = decode(csv, row("http_req_failed", "yesterday", "0", "200"));
        byte[] latin1 = row("http_req_failed", "1702214394", "0", "Städte").getBytes(StandardCharsets.ISO_8859_1);
        Outcome badBytes = csv.decode(latin1, 0, latin1.length, Lines.SOMEWHERE);

        assertThat(reason(withoutHeader)).contains(Reason.MISSING_FIELD);
        assertThat(reason(badTime)).contains(Reason.BAD_TIME);
        assertThat(reason(badBytes)).contains(Reason.NOT_UTF_8);
    }

    private static String row(String metric, String time, String value, String status) {
        boolean expected = status.startsWith("2");
        return String.join(
                ",",
                metric,
                time,
                value,
                ",,," + expected,
                ",GET,GetForecast,HTTP/1.1,default,",
                status,
                ",,http://10.44.7.31/Forecast/5,,");
    }
}
