package io.failovertimeline.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinerTest {

    private static final String HEAD = "2026-11-22 18:15:23,146 ERROR: ";
    private static final String TRACEBACK = "Traceback (most recent call last):";

    @Test
    void a_dump_that_patroni_logs_is_one_record_at_the_place_of_its_first_line() {
        List<Telling> records = records(
                "2026-11-22 18:14:52,309 INFO: pg_controldata:",
                "  pg_control version number: 1300",
                "  Database cluster state: in production",
                "",
                "2026-11-22 18:14:52,310 INFO: Lock owner: db2; I am db1");

        assertThat(texts(records))
                .containsExactly(
                        "pg_controldata:\n  pg_control version number: 1300\n  Database cluster state: in production",
                        "Lock owner: db2; I am db1");
        assertThat(records.get(0).lines()).isEqualTo(3);
        assertThat(records.get(0).line().origin()).isEqualTo(Origin.line("test.log", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T18:15:23+0000 pg-a patroni[29]: ",
                "Nov 22 18:15:23 pg-a patroni[29]: ",
                "2026-11-22T18:15:23.146000Z stderr F ",
                ""
            })
    void a_traceback_belongs_to_the_error_above_it_and_ends_with_its_exception(String envelope) {
        List<Telling> records = records(Stream.of(
                        HEAD,
                        TRACEBACK,
                        "  File \"/usr/lib/python3.11/socket.py\", line 706, in readinto",
                        "    return self._sock.recv_into(b)",
                        "TimeoutError: timed out",
                        "During handling of the above exception, another exception occurred:",
                        TRACEBACK,
                        "  File \"/usr/lib/python3/dist-packages/patroni/dcs/etcd.py\", line 221, in _do_http_request",
                        "urllib3.exceptions.ReadTimeoutError: Read timed out.",
                        "2026-11-22 18:15:23,147 INFO: Reconnection allowed, looking for another server.")
                .map(envelope::concat));

        assertThat(records).extracting(Telling::lines).containsExactly(9, 1);
        assertThat(records.get(0).line().message())
                .startsWith("\n" + TRACEBACK + "\n  File")
                .endsWith("\nurllib3.exceptions.ReadTimeoutError: Read timed out.");
    }

    @Test
    void an_exception_without_words_is_one_record_whether_or_not_the_blank_behind_its_level_is_kept() {
        for (String end : List.of("ERROR: ", "ERROR:")) {
            List<Telling> records = records(
                    "Nov 22 18:15:23 pg-a patroni[29]: 2026-11-22 18:15:23,146 " + end,
                    "Nov 22 18:15:23 pg-a patroni[29]: " + TRACEBACK,
                    "Nov 22 18:15:23 pg-a patroni[29]: etcd.EtcdConnectionFailed: No more machines in the cluster");

            assertThat(texts(records))
                    .containsExactly("\n" + TRACEBACK + "\netcd.EtcdConnectionFailed: No more machines in the cluster");
        }
    }

    @Test
    void parts_of_a_message_that_was_split_for_syslog_belong_to_the_first_of_their_process() {
        List<Telling> records = records(
                "Nov 22 18:15:23 pg-a postgres[123]: [7-1] 2026-11-22 18:15:23.146 UTC [123] ERROR:  relation \"x\" does not exist",
                "Nov 22 18:15:23 pg-a postgres[123]: [7-2] 2026-11-22 18:15:23.146 UTC [123] STATEMENT:  select 1",
                "Nov 22 18:15:23 pg-a postgres[124]: [2-1] LOG:  received fast shutdown request",
                "Nov 22 18:15:23 pg-a postgres[123]: [7-3] #011, 'LOG:  starting'",
                "Nov 22 18:15:23 pg-a postgres[123]: [7-4]  from x",
                "Nov 22 18:15:23 pg-a postgres[124]: [3-1] LOG:  aborting any active transactions",
                "Nov 22 18:15:23 pg-a postgres[124]: [3-2] #011DETAIL:  at once");

        assertThat(texts(records))
                .containsExactlyInAnyOrder(
                        "ERROR:  relation \"x\" does not exist\nSTATEMENT:  select 1\n, 'LOG:  starting'\n from x",
                        "LOG:  received fast shutdown request",
                        "LOG:  aborting any active transactions\nDETAIL:  at once");
    }

    @Test
    void what_initdb_found_belongs_to_what_it_did_though_patroni_wrote_between() {
        List<Telling> records = records(
                "Nov 22 18:16:54 pg-a patroni[42]: selecting default max_connections ...",
                "Nov 22 18:16:54 pg-a patroni[28]: 2026-11-22 18:16:54,780 INFO: bootstrap in progress",
                "Nov 22 18:16:54 pg-a patroni[42]: 100",
                "Nov 22 18:16:54 pg-a patroni[42]: selecting default shared_buffers ... 128MB",
                "Nov 22 18:16:54 pg-a patroni[42]: 100");

        assertThat(texts(records))
                .containsExactlyInAnyOrder(
                        "selecting default max_connections ...\n100",
                        "bootstrap in progress",
                        "selecting default shared_buffers ... 128MB",
                        "100");
    }

    @Test
    void what_another_program_writes_after_the_exception_does_not_belong_to_it() {
        List<Telling> records = records(
                "Nov 22 18:15:23 pg-a patroni[29]: " + HEAD,
                "Nov 22 18:15:23 pg-a patroni[29]: " + TRACEBACK,
                "Nov 22 18:15:23 pg-a patroni[29]:   File \"x.py\", line 1, in y",
                "Nov 22 18:15:23 pg-a patroni[29]: TimeoutError: timed out",
                "Nov 22 18:15:24 pg-a patroni[29]: localhost:5432 - no response");

        assertThat(texts(records).get(1)).isEqualTo("localhost:5432 - no response");
    }

    @Test
    void an_exception_that_nobody_caught_does_not_belong_to_the_information_above_it() {
        List<Telling> records = records(
                "Nov 22 18:15:23 pg-a patroni[29]: 2026-11-22 18:15:23,146 INFO: no action. I am (pg-a), the leader with the lock",
                "Nov 22 18:15:23 pg-a patroni[29]: " + TRACEBACK,
                "Nov 22 18:15:23 pg-a patroni[29]:   File \"x.py\", line 1, in y",
                "Nov 22 18:15:23 pg-a patroni[29]: MemoryError");

        assertThat(records).extracting(Telling::lines).containsExactly(1, 3);
    }

    @Test
    void the_output_of_pg_rewind_and_the_history_are_one_record_each() {
        List<Telling> records = records(
                "2026-11-22 18:14:53,057 INFO: primary: history=1\t0/3474580\tno recovery target specified",
                "2\t0/4474580\tno recovery target specified",
                "2026-11-22 18:14:54,604 INFO:  stdout=",
                "2026-11-22 18:14:54,604 INFO:  stderr=pg_rewind: servers diverged at WAL location 0/3474580 on timeline 1",
                "pg_rewind: rewinding from last common checkpoint at 0/2000060 on timeline 1",
                "pg_rewind: Done!",
                "",
                "2026-11-22 18:14:54,605 WARNING: Postgresql is not running.");

        assertThat(records).extracting(Telling::lines).containsExactly(2, 1, 3, 1);
    }

    @Test
    void a_detail_belongs_to_the_record_of_its_process_whatever_others_write_between() {
        List<Telling> records = records(
                "2026-11-22 18:15:59.568 UTC [840] LOG:  replication terminated by primary server",
                "2026-11-22 18:15:59.568 UTC [839] LOG:  new target timeline is 2",
                "2026-11-22 18:15:59.568 UTC [840] DETAIL:  End of WAL reached on timeline 1 at 0/3476E28.",
                "\tand a line of it",
                "2026-11-22 18:15:59.569 UTC [839] STATEMENT:  select 1");

        assertThat(texts(records))
                .containsExactlyInAnyOrder(
                        "LOG:  replication terminated by primary server\nDETAIL:  End of WAL reached on timeline 1 at"
                                + " 0/3476E28.\nand a line of it",
                        "LOG:  new target timeline is 2\nSTATEMENT:  select 1");
    }

    @Test
    void a_detail_without_its_record_stays_alone() {
        assertThat(texts(records(
                        "2026-11-22 18:15:59.568 UTC [839] LOG:  new target timeline is 2",
                        "2026-11-22 18:15:59.568 UTC [840] DETAIL:  End of WAL reached on timeline 1 at 0/3476E28.")))
                .hasSize(2);
    }

    @Test
    void standard_error_csv_and_json_give_the_same_text() {
        String stderr = texts(records(
                        "2026-11-22 18:15:59.568 UTC [840] FATAL:  could not connect to the primary server: server closed the connection",
                        "\t\tThis probably means the server terminated abnormally",
                        "2026-11-22 18:15:59.568 UTC [840] DETAIL:  It is.",
                        "2026-11-22 18:15:59.568 UTC [840] HINT:  Wait."))
                .get(0);
        List<Telling> csv = records(
                "2026-11-22 18:15:59.568 UTC,,,840,,6b03315f.348,3,,2026-11-22 18:15:59 UTC,,0,FATAL,08006,\"could not connect to the primary server: server closed the connection",
                "\tThis probably means the server terminated abnormally\",\"It is.\",\"Wait.\",,,,,,,,,\"walreceiver\",,0",
                "2026-11-22 18:15:59.569 UTC,,,839,,6b03315f.347,6,,2026-11-22 18:15:59 UTC,,0,LOG,00000,\"new target timeline is 2\",,,,,,,,,\"\",\"startup\",,0");
        String json = texts(
                        records(
                                "{\"timestamp\":\"2026-11-22 18:15:59.568 UTC\",\"pid\":840,\"error_severity\":\"FATAL\",\"message\":\"could not connect to the primary server: server closed the connection\\n\\tThis probably means the server terminated abnormally\",\"detail\":\"It is.\",\"hint\":\"Wait.\"}"))
                .get(0);

        assertThat(texts(csv)).containsExactly(stderr, "LOG:  new target timeline is 2");
        assertThat(csv).extracting(Telling::lines).containsExactly(2, 1);
        assertThat(json).isEqualTo(stderr);
    }

    @Test
    void a_row_that_was_cut_off_is_ended_by_the_next() {
        List<Telling> records = records(
                "2026-11-22 18:15:59.568 UTC,,,840,,6b03315f.348,3,,2026-11-22 18:15:59 UTC,,0,FATAL,08006,\"could not conn",
                "2026-11-22 18:15:59.569 UTC,,,839,,6b03315f.347,6,,2026-11-22 18:15:59 UTC,,0,LOG,00000,\"new target timeline is 2\",,,,,,,,,\"\",\"startup\",,0");

        assertThat(texts(records)).containsExactly("FATAL:  could not conn", "LOG:  new target timeline is 2");
    }

    @Test
    void journalds_indented_lines_belong_to_the_entry_above_and_lose_its_margin() {
        List<Telling> records = records(
                "Nov 22 18:14:52 db1 patroni[29]: 2026-11-22 18:14:52,309 INFO: pg_controldata:",
                "                                   pg_control version number: 1300",
                "                                     deeper",
                "Nov 22 18:14:52 db1 sshd[1]: one",
                "                             two");

        assertThat(texts(records))
                .containsExactlyInAnyOrder("pg_controldata:\npg_control version number: 1300\n  deeper", "one\ntwo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"As the log shows, it failed.", "```", "", "| a | b |"})
    void text_that_belongs_to_no_record_ends_the_one_above(String prose) {
        List<Telling> records =
                records("2026-11-22 18:14:52,309 INFO: pg_controldata:", prose, "    an indented remark");

        assertThat(texts(records)).containsExactly("pg_controldata:");
    }

    @Test
    void a_line_is_told_at_once_and_told_anew_when_more_of_it_comes() {
        Joiner joiner = new Joiner(Joiner.USUAL_OPEN, unused -> {});

        List<Telling> told = tell(
                joiner,
                List.of(
                        "2026-11-22 18:15:59.568 UTC [840] LOG:  replication terminated by primary server",
                        "2026-11-22 18:15:59.568 UTC [840] DETAIL:  End of WAL reached on timeline 1 at 0/3476E28."));

        assertThat(told).extracting(Telling::lines).containsExactly(1, 2);
        assertThat(told).extracting(telling -> telling.line().origin()).containsOnly(Origin.line("test.log", 1));
    }

    @Test
    void the_lines_of_two_processes_make_the_same_records_however_they_are_mixed() throws IOException {
        List<String> one = excerpt("traceback.short.log");
        List<String> other = excerpt("controldata.short.log");
        List<String> expected = new ArrayList<>(texts(records(one.stream())));
        expected.addAll(texts(records(other.stream())));
        Random random = new Random(7);

        for (int round = 0; round < 50; round++) {
            List<Boolean> turns = new ArrayList<>(Collections.nCopies(one.size(), true));
            turns.addAll(Collections.nCopies(other.size(), false));
            Collections.shuffle(turns, random);
            var first = one.iterator();
            var second = other.iterator();

            List<Telling> records = records(turns.stream().map(turn -> turn ? first.next() : second.next()));

            assertThat(texts(records)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void of_too_many_open_records_the_one_that_was_touched_longest_ago_is_closed() {
        List<Telling> closed = new ArrayList<>();
        Joiner joiner = new Joiner(2, closed::add);

        tell(
                joiner,
                List.of(
                        "2026-11-22 18:15:59.568 UTC [1] LOG:  one",
                        "2026-11-22 18:15:59.568 UTC [2] LOG:  two",
                        "2026-11-22 18:15:59.568 UTC [1] DETAIL:  of one",
                        "2026-11-22 18:15:59.568 UTC [3] LOG:  three"));

        assertThat(texts(closed)).containsExactly("LOG:  two");
        assertThat(texts(joiner.open())).containsExactly("LOG:  one\nDETAIL:  of one", "LOG:  three");
    }

    @Test
    void a_record_keeps_8192_characters_and_counts_200_lines() {
        List<Telling> records = records(Stream.concat(
                Stream.of("2026-11-22 18:14:52,309 INFO: pg_controldata:"),
                IntStream.range(0, 250).mapToObj(n -> "  " + "x".repeat(98))));

        assertThat(records).hasSize(1);
        assertThat(records.get(0).lines()).isEqualTo(200);
        assertThat(records.get(0).line().message()).hasSize(8192);
    }

    @ParameterizedTest
    @CsvSource({"18:16:04.568, 1", "18:16:04.569, 2", "18:15:54.568, 1", "18:15:54.567, 2"})
    void a_line_joins_no_record_more_than_five_seconds_away(String time, int records) {
        assertThat(records(
                        "2026-11-22 18:15:59.568 UTC [840] LOG:  replication terminated by primary server",
                        "2026-11-22 " + time + " UTC [840] DETAIL:  End of WAL reached on timeline 1 at 0/3476E28."))
                .hasSize(records);
    }

    @Test
    void nothing_goes_on_where_lines_were_left_out() {
        List<Telling> closed = new ArrayList<>();
        Joiner joiner = new Joiner(Joiner.USUAL_OPEN, closed::add);

        tell(joiner, List.of("2026-11-22 18:14:52,309 INFO: pg_controldata:"));
        joiner.interrupt("");

        assertThat(texts(closed)).containsExactly("pg_controldata:");
        assertThat(joiner.text("", "  pg_control version number: 1300")).isEmpty();
    }

    @Test
    void wherever_another_takes_over_what_is_open_it_joins_what_would_have_been_joined() {
        String ready = "2026-11-22 18:14:16 UTC [52-8] LOG:  database system is ready to accept connections";
        List<String> lines = List.of(
                "2026-11-22 18:14:15 UTC [51-1] LOG:  starting archive recovery",
                ready,
                "\twhat goes on below it",
                "2026-11-22 18:14:16 UTC [1628-1] LOG:  duration: 801.964 ms  statement: SELECT '' AS path (",
                "\tFROM files",
                "\t)",
                "2026-11-22 18:14:17 UTC [52-9] DETAIL:  of its process",
                "\tand below that",
                "",
                "\tof none");
        String whole = lastOf(52, tell(new Joiner(Joiner.USUAL_OPEN, gone -> {}), lines));

        for (int cut = 2; cut < lines.size(); cut++) {
            Joiner before = new Joiner(Joiner.USUAL_OPEN, gone -> {});
            Joiner after = new Joiner(Joiner.USUAL_OPEN, gone -> {});
            List<Telling> told = new ArrayList<>(tell(before, lines.subList(0, cut)));
            // Others' open records are not handed over, nor in any order.
            List<Telling> open = new ArrayList<>(before.open());
            Collections.reverse(open);
            open.stream()
                    .filter(telling -> telling.stream().pid().orElseThrow() < 1000)
                    .forEach(telling -> after.resume(telling, before.standing(telling.stream())));
            told.addAll(tell(after, lines.subList(cut, lines.size())));

            assertThat(lastOf(52, told)).as("taken over after line " + cut).isEqualTo(whole);
        }
        assertThat(whole).endsWith("what goes on below it\nDETAIL:  of its process\nand below that");
    }

    private static String lastOf(int pid, List<Telling> told) {
        return told.stream()
                .filter(telling -> telling.stream().pid().orElse(0) == pid)
                .reduce((first, second) -> second)
                .orElseThrow()
                .line()
                .message();
    }

    private static List<Telling> records(String... lines) {
        return records(Stream.of(lines));
    }

    /** In the order in which they were closed. */
    private static List<Telling> records(Stream<String> lines) {
        List<Telling> closed = new ArrayList<>();
        Joiner joiner = new Joiner(Joiner.USUAL_OPEN, closed::add);
        tell(joiner, lines.toList());
        joiner.end();
        return closed;
    }

    private static List<Telling> tell(Joiner joiner, List<String> lines) {
        Hints hints = Decoding.hints("Z", "2026-11-22T18:00:00Z");
        List<Telling> told = new ArrayList<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            Optional<Telling> telling = joiner.row("", () -> line);
            if (telling.isEmpty()) {
                telling = new LogDecoder()
                        .decode(bytes, 0, bytes.length, hints, Origin.line("test.log", number))
                        .match(
                                decoded -> Optional.of(joiner.line("", decoded, 0)),
                                unreadable -> Optional.empty(),
                                nothing -> joiner.text("", line));
            }
            telling.ifPresent(told::add);
        }
        return told;
    }

    private static List<String> texts(Collection<Telling> records) {
        return records.stream().map(telling -> telling.line().message()).toList();
    }

    private static List<String> excerpt(String name) throws IOException {
        try (InputStream bytes = JoinerTest.class.getResourceAsStream("/decode/" + name)) {
            return new String(Objects.requireNonNull(bytes).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
