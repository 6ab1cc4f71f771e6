package io.failovertimeline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFeedTest {

    @TempDir
    Path folder;

    private final List<Problem> problems = new ArrayList<>();

    private List<IngestRecord> records() throws IOException {
        List<IngestRecord> records = new ArrayList<>();
        new FileFeed(InputStream.nullInputStream())
                .open(List.of(folder.toString()), GivenZones.NONE, GivenLoads.NONE, Optional.empty(), problems::add)
                .forEachRemaining(records::add);
        return records;
    }

    private void file(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    @Test
    void records_of_several_files_come_in_order_of_their_own_times() throws Exception {
        file(
                "db1.patroni.log",
                "2026-11-22 18:00:01,000 INFO: no action. I am (db1), the leader with the lock",
                "2026-11-22 18:00:11,000 INFO: no action. I am (db1), the leader with the lock");
        file(
                "db2.patroni.log",
                "2026-11-22 18:00:05,000 INFO: no action. I am (db2), a secondary, and following a leader (db1)");

        assertThat(records())
                .extracting(record -> record.at().orElseThrow())
                .containsExactly(
                        Instant.parse("2026-11-22T18:00:01Z"),
                        Instant.parse("2026-11-22T18:00:05Z"),
                        Instant.parse("2026-11-22T18:00:11Z"));
    }

    @Test
    void headers_say_what_the_line_itself_does_not() throws Exception {
        file("db1.patroni.yml", "scope: orders", "name: db1");
        file("db1.patroni.log", "2026-11-22 18:00:01,000 INFO: no action. I am (db1), the leader with the lock");

        IngestRecord record = records().get(0);

        assertThat(record.input()).isEqualTo(IngestRecord.Input.PATRONI_LOGS);
        assertThat(new String(record.value(), UTF_8)).endsWith("the leader with the lock");
        assertThat(record.hints().cluster()).contains("orders");
        assertThat(record.hints().host()).contains("db1");
        assertThat(record.hints().zone()).contains(ZoneOffset.UTC);
    }

    @Test
    void lines_with_a_journal_envelope_go_to_their_own_topic_and_requests_become_plain_records() throws Exception {
        file("journal.log", "2026-11-22T18:00:01+0000 db1 patroni[7]: server promoting");
        file(
                "vegeta.json",
                "{\"attack\":\"\",\"seq\":0,\"code\":500,\"timestamp\":\"2026-11-22T18:00:02Z\",\"latency\":1000000,"
                        + "\"bytes_out\":0,\"bytes_in\":0,\"error\":\"500\",\"body\":null,\"method\":\"GET\",\"url\":\"http://a/x\"}");

        List<IngestRecord> records = records();

        assertThat(records)
                .extracting(IngestRecord::input)
                .containsExactly(IngestRecord.Input.JOURNALD_LOGS, IngestRecord.Input.LOAD_RESULTS);
        assertThat(new String(records.get(1).value(), UTF_8)).contains("\"endpoint\":\"GET /x\"", "\"failed\":true");
    }

    @Test
    void a_journal_newest_first_is_sent_in_the_journals_order() throws Exception {
        String entry = "{\"__CURSOR\":\"s=" + "1".repeat(32) + ";i=%x;b=0;m=0;t=0;x=0\",\"_HOSTNAME\":\"db1\","
                + "\"__REALTIME_TIMESTAMP\":\"1795371433315764\",\"SYSLOG_IDENTIFIER\":\"patroni\",\"MESSAGE\":\"%s\"}";
        file("db1.json", entry.formatted(10, "  second line"), entry.formatted(9, "INFO:  stdout="));

        assertThat(records())
                .extracting(record -> record.origin().toString())
                .containsExactly("db1.json:2", "db1.json:1");
    }

    @Test
    void what_cannot_be_sent_is_named() throws Exception {
        file("empty.log");
        file("long.log", "x".repeat(2 << 20), "2026-11-22 18:00:01,000 INFO: Leader key released");

        assertThat(records()).hasSize(1);
        assertThat(problems).extracting(Problem::place).contains("long.log:1");
    }

    @Test
    void a_dump_that_tells_of_instants_is_one_record_and_others_stay_behind() throws Exception {
        String history = "| TL | LSN | Reason | Timestamp | New Leader |\n"
                + "|----|-----|--------|-----------|------------|\n"
                + "| 1 | 25623960 | no recovery target specified | 2023-12-10T16:19:54.543+00:00 | db1 |";
        file(
                "state.md",
                "```",
                history,
                "```",
                "+ Cluster: orders -+",
                "| Member | Role | State |",
                "| db1 | Leader | running |");

        assertThat(records()).singleElement().satisfies(record -> {
            assertThat(new String(record.value(), UTF_8)).isEqualTo(history);
            assertThat(record.hints().cluster()).contains("orders");
            assertThat(record.origin()).hasToString("state.md:2");
        });
    }
}
