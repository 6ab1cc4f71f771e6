package io.failovertimeline.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {

    private static final String ENTRY = "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1\nMESSAGE=a\n";

    private static List<String> records(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        Framing.Ends ends = Framing.ofRecord(bytes).ends();
        List<String> records = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int next = ends.next(bytes, from, bytes.length);
            int following = next < 0 ? bytes.length : next;
            records.add(new String(bytes, from, following - from, UTF_8));
            from = following;
        }
        return records;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "__CURSOR=s=1~__REALTIME_TIMESTAMP=1~ | JOURNAL_EXPORT",
                "MESSAGE~....~__REALTIME_TIMESTAMP=1~ | JOURNAL_EXPORT",
                "-- Boot 39 --~~__CURSOR=s=1~__REALTIME_TIMESTAMP=1~ | JOURNAL_EXPORT",
                "PATH=/bin~HOME=/root~ | LINES",
                "{~  \"MESSAGE\" : \"a\"~}~ | PRETTY_JSON",
                "{~  \"ttl\" : 30~}~ | LINES",
                "-- Logs begin at then. --~Sun 2023-12-10 16:19:54.575123 MSK [s=1;i=2]~ | JOURNAL_VERBOSE",
                "Sun 2023-12-10 16:19:54 MSK db1 patroni[1]: text~ | LINES",
                "71 <30>1 2023-12-10T16:19:54Z db1 patroni - - - text | OCTET_COUNTED",
                "'' | LINES",
            })
    void the_first_line_that_is_no_mark_tells_how_an_input_is_divided(String head, Framing framing) {
        assertThat(Framing.of(head.replace('~', '\n').getBytes(UTF_8))).isEqualTo(framing);
    }

    @Test
    void a_kafka_record_may_hold_several_lines_entries_or_objects() {
        assertThat(records("one\ntwo\n")).containsExactly("one\n", "two\n");
        assertThat(records(ENTRY + "\n" + ENTRY)).containsExactly(ENTRY + "\n", ENTRY);
        assertThat(records("{\"a\":1}\n{\"b\":\n{\"c\":2}}\r\n{}"))
                .containsExactly("{\"a\":1}\n", "{\"b\":\n{\"c\":2}}\r\n", "{}");
    }
}
