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
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadFilesTest {

    private static final Instant SENT = Instant.parse("2023-12-10T13:19:54.575Z");

    @ParameterizedTest
    @CsvSource({
        "power-cut.jmeter.csv, jmeter-csv, 39, 12",
        "etcd-quorum-lost.pgbench.log, pgbench-log, 216, 0",
        "two-failovers.locust.csv, locust-history, 246, 102",
        "leader-killed.access.log, access-log, 136, 84",
    })
    void a_file_of_a_lab_tells_each_of_its_requests(String file, String format, long requests, long failed) {
        List<String> lines = Lines.ofFile(file);
        LoadDecoder decoder = detect(lines.get(0));

        List<RequestResult> results = requests(decoder, lines);

        assertThat(decoder.format()).isEqualTo(format);
        assertThat(results.stream().mapToLong(RequestResult::count).sum()).isEqualTo(requests);
        assertThat(results.stream()
                        .filter(RequestResult::failed)
                        .mapToLong(RequestResult::count)
                        .sum())
                .isEqualTo(failed);
    }

    @Test
    void offsets_count_from_the_start_that_is_given_and_are_refused_once_without() {
        List<String> lines = Lines.ofFile("switchover.hey.csv");

        List<RequestResult> placed = requests(detect(lines.get(0), Optional.of("2026-11-22T18:15:37.5Z")), lines);
        LoadDecoder unplaced = detect(lines.get(0));

        assertThat(placed).hasSize(12).filteredOn(RequestResult::failed).hasSize(3);
        assertThat(placed.get(0).start()).isEqualTo(Instant.parse("2026-11-22T18:15:55.512300Z"));
        assertThat(isNothing(decode(unplaced, lines.get(0)))).isTrue();
        assertThat(reason(decode(unplaced, lines.get(1)))).contains(Reason.NO_START);
        assertThat(isNothing(decode(unplaced, lines.get(2)))).isTrue();
    }

    /** The same request in each format that tells of single ones, so that all formats of one run agree. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "vegeta-csv!1702214394575000000,503,2103000000,0,19,503 Service Unavailable,,,17,GET,http://app/,",
                "jmeter-csv!1702214394575,2103,GET /,503,Service Unavailable,TG 1-3,text,false,,312,118,10,10,http://app/,2101,0,2",
                "jmeter-xml!<httpSample t=\"2103\" ts=\"1702214394575\" s=\"false\" lb=\"GET /\" rc=\"503\" rm=\"x\"/>",
                "gatling-log!REQUEST\\t\\tGET /\\t1702214394575\\t1702214396678\\tKO\\tstatus.find.in(200,304), found 503",
                "gatling-log!REQUEST\\t12\\t\\tGET /\\t1702214394575\\t1702214396678\\tKO\\tstatus.find.in(200,304), found 503",
                "phout!1702214394.575\\tGET /#17\\t2103000\\t290\\t51\\t2103100\\t110\\t2103400\\t118\\t312\\t0\\t503",
                "locust-requests!{\"request_type\":\"GET\",\"name\":\"/\",\"response_time\":2103.0,\"start_time\":1702214394.575,"
                        + "\"exception\":\"HTTPError('503 Server Error: Service Unavailable for url: http://app/')\"}",
                "access-log![2023-12-10T13:19:54.575Z] \"GET / HTTP/1.1\" 503 - 0 91 2103 - \"-\" \"ua\" \"id\" \"app\" \"10.0.0.2:80\"",
                "haproxy-requests!10.0.0.9:40112 [10/Dec/2023:13:19:54.575] web app/app1 0/0/1/2102/2103 503 19 - - ---- "
                        + "1/1/0/0/0 0/0 \"GET / HTTP/1.1\"",
            })
    void one_request_is_the_same_in_every_format(String format, String line) {
        String text = line.replace("\\t", "\t");
        LoadDecoder decoder = detect(text);

        RequestResult request = request(decode(decoder, text)).orElseThrow();

        assertThat(decoder.format()).isEqualTo(format);
        assertThat(request.start()).isEqualTo(SENT);
        assertThat(request.latency()).isEqualTo(Duration.ofMillis(2103));
        assertThat(request.endpoint()).isEqualTo("GET /");
        assertThat(request.error()).isEqualTo("HTTP 503");
        // Kafka's records are told by the same marks
        assertThat(requests(LoadFormats.ofRecords(), List.of(text))).containsExactly(request);
    }

    @Test
    void pgbench_stamps_the_end_in_microseconds_without_zeros_in_front_and_names_what_failed() {
        LoadDecoder pgbench = detect("0 199 2241 0 1702214394 608");

        assertThat(request(decode(pgbench, "0 199 2241 0 1702214394 608")))
                .map(RequestResult::start)
                .contains(Instant.parse("2023-12-10T13:19:53.998367Z"));
        assertThat(request(decode(pgbench, "0 200 serialization 0 1702214395 12 0 3")))
                .map(RequestResult::error)
                .contains("serialization");
        assertThat(isNothing(decode(pgbench, "0 201 skipped 0 1702214395 13 99")))
                .isTrue();
    }

    @Test
    void counts_of_an_interval_are_as_coarse_as_the_interval() {
        List<String> lines = List.of(
                "1702214390 100 250000 900000 1200 4100 0 0 0 0 0 0 0 2 1",
                "1702214395 90 250000 900000 1200 4100 0 0 0 0 0 0 0 0 0");

        List<RequestResult> results = requests(detect(lines.get(0)), lines);

        assertThat(results).extracting(RequestResult::count).containsExactly(100L, 3L, 90L);
        assertThat(results).extracting(RequestResult::precision).containsOnly(Precision.TEN_SECONDS);
    }

    @Test
    void artillery_counts_statuses_and_errors_of_each_ten_seconds() {
        String report =
                "{\"aggregate\":{\"counters\":{\"http.requests\":9}},\"intermediate\":[{\"period\":\"1702214390000\","
                        + "\"counters\":{\"http.requests\":9,\"http.codes.200\":5,\"http.codes.503\":3,\"errors.ETIMEDOUT\":1}}]}";

        List<RequestResult> results = requests(detect(report), List.of(report));

        assertThat(results).extracting(RequestResult::count).containsExactly(5L, 3L, 1L);
        assertThat(results).extracting(RequestResult::error).containsExactly("", "HTTP 503", "ETIMEDOUT");
    }

    @Test
    void a_quoted_field_of_jmeter_may_have_line_breaks_and_a_transaction_counts_by_its_samples() {
        List<String> lines = List.of(
                "timeStamp,elapsed,label,responseCode,responseMessage,success,failureMessage",
                "1702214394575,2103,GET /,200,OK,false,\"Test failed: text expected",
                "to contain /Moscow/\"",
                "1702214394575,2103,visit,200,\"Number of samples in transaction : 1, number of failing samples : 1\",false,");

        List<RequestResult> results = requests(detect(lines.get(0)), lines);

        assertThat(results)
                .extracting(RequestResult::error)
                .containsExactly("Test failed: text expected to contain /Moscow/");
    }

    @Test
    void of_nested_xml_samples_the_outermost_counts_but_a_transactions_own() {
        String page = "<httpSample t=\"9\" ts=\"1702214394575\" s=\"true\" lb=\"page\" rc=\"200\" rm=\"OK\">"
                + "<httpSample t=\"3\" ts=\"1702214394575\" s=\"true\" lb=\"page-0\" rc=\"302\" rm=\"Found\"/></httpSample>";
        String visit = "<sample t=\"9\" ts=\"1702214394575\" s=\"true\" lb=\"visit\" rc=\"200\" "
                + "rm=\"Number of samples in transaction : 2, number of failing samples : 0\">" + page + page
                + "</sample>";

        assertThat(requests(detect(page), List.of(page, visit)))
                .extracting(RequestResult::endpoint)
                .containsExactly("page", "page", "page");
    }

    @Test
    void xml_can_reach_for_nothing_outside() {
        String evil = "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                + "<sample t=\"9\" ts=\"1702214394575\" s=\"true\" lb=\"&x;\" rc=\"200\" rm=\"OK\"/>";

        assertThat(reason(decode(new JmeterXml(Lines.NAMES), evil))).contains(Reason.BROKEN_XML);
    }

    @ParameterizedTest
    @CsvSource({
        "1/0/2471 212 --, true, '', PT0S",
        "1/-1/4001 0 sC, true, sC connect timeout, PT0S",
        "1/-1/0 0 SC, true, SC server refused or none, PT0S",
        "-1/-1/5000 0 sQ, true, sQ queue timeout, PT0S",
        "1/0/7200000 212 SD, true, SD server closed, PT2H",
        "1/0/7200000 212 D-, true, D- server marked down, PT2H",
        "1/0/2471 212 CD, false, '', PT0S",
        "1/0/2471 212 cD, false, '', PT0S",
        "0/0/0 0 PR, false, '', PT0S",
        "0/0/0 0 LR, false, '', PT0S",
    })
    void a_session_fails_by_who_ended_it_and_when(String timesAndState, boolean counts, String error, Duration later) {
        String line = "10.0.0.9:40112 [10/Dec/2023:13:19:54.575] pg pg/db2 " + timesAndState + " 5/5/5/5/0 0/0";

        Outcome outcome = haproxy(line, Optional.empty());

        assertThat(request(outcome).isPresent()).isEqualTo(counts);
        assertThat(request(outcome).map(RequestResult::error))
                .isEqualTo(counts ? Optional.of(error) : Optional.empty());
        assertThat(request(outcome).map(RequestResult::start))
                .isEqualTo(counts ? Optional.of(SENT.plus(later)) : Optional.empty());
    }

    @Test
    void the_time_of_a_haproxy_line_tells_the_offset_of_the_times_in_it() {
        String line = "10.0.0.9:40112 [10/Dec/2023:16:19:54.575] pg pg/db2 1/0/2471 212 -- 5/5/5/5/0 0/0";

        Outcome outcome = haproxy(line, Optional.of(Instant.parse("2023-12-10T13:19:57Z")));

        assertThat(request(outcome)).map(RequestResult::start).contains(SENT);
    }

    @ParameterizedTest
    @CsvSource({
        "200 19 \"-\" \"ua\", true, false",
        "404 19, true, false",
        "502 157 \"-\" \"ua\" rt=2.103, true, true",
        "499 0 \"-\" \"ua\", false, false",
    })
    void a_web_server_fails_with_500_and_above_and_a_request_given_up_says_nothing(
            String rest, boolean counts, boolean failed) {
        String line = "10.0.0.9 - - [10/Dec/2023:16:19:54 +0300] \"GET /Forecast/17?x HTTP/1.1\" " + rest;

        Optional<RequestResult> request = request(decode(new AccessLog(Lines.NAMES), line));

        assertThat(request.isPresent()).isEqualTo(counts);
        assertThat(request.filter(RequestResult::failed).isPresent()).isEqualTo(failed);
        assertThat(request.map(RequestResult::endpoint).orElse("GET /Forecast/{id}"))
                .isEqualTo("GET /Forecast/{id}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Percentage served,Time in ms!ab-percentiles",
                "Method,Name,Error,Occurrences!locust-failures",
                "{\"summary\":{},\"latencyPercentiles\":{},\"statusCodeDistribution\":{}}!oha-summary",
                "{\"connections\":3,\"sampleInt\":1000,\"start\":\"x\",\"finish\":\"y\",\"non2xx\":48}!autocannon-summary",
            })
    void a_summary_is_named_and_of_no_use(String line, String format) {
        LoadDecoder decoder = detect(line);

        assertThat(decoder.format()).isEqualTo(format);
        assertThat(reason(decode(decoder, line))).contains(Reason.TOTALS_ONLY);
    }

    @Test
    void a_locust_total_that_falls_was_reset_and_rows_for_all_count_only_alone() {
        String header =
                "Timestamp,User Count,Type,Name,Total Request Count,Total Failure Count,Total Average Response Time";
        List<RequestResult> alone = requests(
                detect(header),
                List.of(
                        header,
                        "1702214394,5,,Aggregated,10,1,5",
                        "1702214395,5,,Aggregated,14,1,5",
                        "1702214396,5,,Aggregated,3,3,5"));
        List<RequestResult> named = requests(
                detect(header), List.of(header, "1702214394,5,,Aggregated,10,1,5", "1702214394,5,GET,/,10,1,5"));

        assertThat(alone).extracting(RequestResult::count).containsExactly(9L, 1L, 4L, 3L);
        assertThat(named).extracting(RequestResult::endpoint).containsOnly("GET /");
    }

    private static Outcome haproxy(String line, Optional<Instant> written) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return new HaproxyRequest(Lines.NAMES)
                .read(bytes, 0, bytes.length, ZoneOffset.UTC, written)
                .orElseThrow();
    }

    private static LoadDecoder detect(String line) {
        return detect(line, Optional.empty());
    }

    private static LoadDecoder detect(String line, Optional<String> start) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        LoadContext context = new LoadContext(start.flatMap(Timestamp::rfc3339), ZoneOffset.UTC, Lines.NAMES);
        return LoadFormats.detect(bytes, 0, bytes.length, context).orElseThrow();
    }
}
