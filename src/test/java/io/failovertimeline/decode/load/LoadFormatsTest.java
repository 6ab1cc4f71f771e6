package io.failovertimeline.decode.load;

import static io.failovertimeline.decode.load.Lines.decode;
import static io.failovertimeline.decode.load.Lines.detect;
import static io.failovertimeline.decode.load.Lines.reason;
import static io.failovertimeline.decode.load.Lines.requests;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.RequestResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadFormatsTest {

    private static final String RECORD = "{\"generator\":\"locust\",\"endpoint\":\"GET /Cities\","
            + "\"start\":\"2023-12-10T13:19:54.575Z\",\"latencyMs\":12.5,\"failed\":false}";

    @ParameterizedTest
    @CsvSource({
        "switchover.k6.csv, k6-csv",
        "switchover.vegeta.json, vegeta-json",
        "leader-killed.k6.json, k6-json",
    })
    void the_first_line_of_a_source_tells_its_format(String file, String format) {
        assertThat(detect(Lines.ofFile(file).get(0))).map(LoadDecoder::format).contains(format);
    }

    @Test
    void a_plain_record_a_sample_and_a_header_with_other_columns_are_told_too() {
        assertThat(detect(RECORD)).map(LoadDecoder::format).contains("request-json");
        assertThat(detect(Lines.ofFile("leader-killed.k6.json").get(9)))
                .map(LoadDecoder::format)
                .contains("k6-json");
        assertThat(detect("\uFEFFtimestamp,\"metric_name\",metric_value,url\r\n"))
                .map(LoadDecoder::format)
                .contains("k6-csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"__REALTIME_TIMESTAMP\":\"1702214394575123\",\"_HOSTNAME\":\"db1\",\"PRIORITY\":\"6\","
                        + "\"MESSAGE\":\"promoted self to leader by acquiring session lock\"}",
                "{\"message\":\"no action\",\"timestamp\":\"2023-12-10T13:19:54.575123Z\",\"host\":\"db1\",\"source_type\":\"journald\"}",
                "{\"timestamp\":\"2023-12-10T13:19:54Z\",\"code\":200,\"latency\":12,\"msg\":\"apply request took too long\"}",
                "{\"level\":\"info\",\"type\":\"Point\",\"metric\":\"x\",\"msg\":\"no data\"}",
                "{\"type\":\"audit\",\"metric\":\"x\",\"data\":{}}",
                "Dec 10 16:19:54 db1 patroni[626]: metric_name,timestamp",
                "2023-12-10 16:19:54,575 INFO: no action. I am (db1), the leader with the lock",
                "Running 30s test @ http://app/",
                "2023-12-10 16:19:54.575 UTC,\"app\",\"app\",626,\"10.0.0.9:40112\",6575bfda.272,1,\"idle\",2023-12-10 16:19:53 UTC,3/0,0,FATAL,57P01",
                "[2023-12-10 16:19:54.575] \"GET /\" 503",
                "10.0.0.9:40112 [10/Dec/2023:16:19:52.104] pg/1: SSL handshake failure"
            })
    void a_log_line_is_no_load_result(String line) {
        assertThat(detect(line)).isEmpty();
    }

    @Test
    void records_of_all_json_formats_may_come_mixed() {
        List<String> records = alternating(
                Lines.ofFile("leader-killed.k6.json"), Lines.ofFile("switchover.vegeta.json"), List.of(RECORD));
        List<RequestResult> one = requests(LoadFormats.ofRecords(), records);

        List<RequestResult> apart = new ArrayList<>();
        apart.addAll(requests(new K6Json(Lines.NAMES), Lines.ofFile("leader-killed.k6.json")));
        apart.addAll(requests(new VegetaJson(Lines.NAMES), Lines.ofFile("switchover.vegeta.json")));
        apart.addAll(requests(new RequestJson(Lines.NAMES), List.of(RECORD)));
        Comparator<RequestResult> byStart = Comparator.comparing(RequestResult::start);
        assertThat(one.stream().sorted(byStart).toList())
                .isEqualTo(apart.stream().sorted(byStart).toList());
    }

    @Test
    void a_record_of_no_format_is_unreadable() {
        LoadDecoder records = LoadFormats.ofRecords();

        assertThat(reason(decode(records, "{\"message\":\"hello\"}"))).contains(Reason.MISSING_FIELD);
        assertThat(reason(decode(records, "hello"))).contains(Reason.BROKEN_RESULT);
        assertThat(reason(decode(records, "{\"generator\":\"k6\""))).contains(Reason.BROKEN_JSON);
    }

    @SafeVarargs
    private static List<String> alternating(List<String>... sources) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            for (List<String> source : sources) {
                if (i < source.size()) {
                    all.add(source.get(i));
                }
            }
        }
        return all;
    }
}
