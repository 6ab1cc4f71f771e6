package io.failovertimeline.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CutLinesTest {

    private static final String PATRONI =
            "2023-12-10 16:19:54,575 INFO: promoted self to leader by acquiring session lock";

    static Stream<Arguments> envelopes() {
        String journal = "{\"__REALTIME_TIMESTAMP\":\"1702214394600000\",%s,\"MESSAGE\":\"%%s\"}";
        String shipped = "{\"@timestamp\":1702214394.6,%s,\"log\":\"%%s\"}";
        return Stream.of(
                Arguments.of(
                        "2023-12-10T13:19:54.575123456Z stderr P %s", "2023-12-10T13:19:54.575223456Z stderr F %s"),
                Arguments.of(
                        "{\"log\":\"%s\",\"stream\":\"stderr\",\"time\":\"2023-12-10T13:19:54Z\"}",
                        "{\"log\":\"%s\\n\",\"stream\":\"stderr\",\"time\":\"2023-12-10T13:19:54Z\"}"),
                Arguments.of(
                        journal.formatted("\"_STREAM_ID\":\"ab\",\"_LINE_BREAK\":\"line-max\""),
                        journal.formatted("\"_STREAM_ID\":\"ab\"")),
                Arguments.of(
                        journal.formatted("\"CONTAINER_NAME\":\"db\",\"CONTAINER_PARTIAL_MESSAGE\":\"true\""),
                        journal.formatted("\"CONTAINER_NAME\":\"db\"")),
                Arguments.of(
                        shipped.formatted(
                                "\"partial_message\":\"true\",\"partial_id\":\"7\",\"partial_last\":\"false\""),
                        shipped.formatted(
                                "\"partial_message\":\"true\",\"partial_id\":\"7\",\"partial_last\":\"true\"")),
                Arguments.of(
                        shipped.formatted("\"stream\":\"stderr\",\"_p\":\"P\""),
                        shipped.formatted("\"stream\":\"stderr\",\"_p\":\"F\"")),
                Arguments.of(
                        "__REALTIME_TIMESTAMP=1702214394600000\n_STREAM_ID=ab\n_LINE_BREAK=line-max\nMESSAGE=%s\n",
                        "__REALTIME_TIMESTAMP=1702214394600001\n_STREAM_ID=ab\nMESSAGE=%s\n"));
    }

    @ParameterizedTest
    @MethodSource("envelopes")
    void a_line_is_read_as_if_nobody_had_cut_it_wherever_it_was_cut(String first, String last) {
        for (int at = 1; at < PATRONI.length(); at++) {
            String begin = first.formatted(PATRONI.substring(0, at));
            String end = last.formatted(PATRONI.substring(at));

            List<CutLines.Whole> whole = wholeOf(List.of(begin, end));

            assertThat(whole).as("cut at %d", at).hasSize(1);
            LogLine line = whole.get(0).line().orElseThrow().line();
            assertThat(line.message()).isEqualTo("promoted self to leader by acquiring session lock");
            assertThat(line.severity()).contains(Severity.INFO);
            assertThat(line.stamp().orElseThrow().at()).isEqualTo("2023-12-10T13:19:54.575Z");
            assertThat(line.origin()).isEqualTo(Origin.line("test.log", 1));
            assertThat(whole.get(0).lines()).isEqualTo(2);
        }
    }

    @Test
    void json_inside_is_read_when_all_of_it_is_there() {
        List<CutLines.Whole> whole = wholeOf(List.of(
                "2023-12-10T13:19:54.6Z stderr P {\"timestamp\":\"2023-12-10 13:19:54.575 UTC\",\"pid\":7,\"error_sev",
                "2023-12-10T13:19:54.6Z stderr P erity\":\"LOG\",\"message\":\"database system is ready to ",
                "2023-12-10T13:19:54.6Z stderr F accept connections\",\"backend_type\":\"postmaster\"}"));

        LogLine line = whole.get(0).line().orElseThrow().line();
        assertThat(whole).hasSize(1);
        assertThat(line.component()).isEqualTo(Component.POSTGRESQL);
        assertThat(line.message()).contains("database system is ready to accept connections");
        assertThat(whole.get(0).lines()).isEqualTo(3);
    }

    @Test
    void streams_that_take_turns_do_not_mix() {
        List<String> texts = texts(List.of(
                "2023-12-10T13:19:54.1Z stderr P one ",
                "2023-12-10T13:19:54.1Z stdout P uno ",
                "2023-12-10T13:19:54.2Z stderr P two ",
                "2023-12-10T13:19:54.2Z stdout F dos",
                "2023-12-10T13:19:54.3Z stdout F whole",
                "2023-12-10T13:19:54.3Z stderr F three"));

        assertThat(texts).containsExactly("uno dos", "whole", "one two three");
    }

    @Test
    void hosts_and_processes_that_take_turns_do_not_mix() {
        String record =
                "{\"__REALTIME_TIMESTAMP\":\"1702214394600000\",\"_HOSTNAME\":\"%s\",\"_PID\":\"%s\",%s\"MESSAGE\":\"%s\"}";
        String goesOn = "\"_LINE_BREAK\":\"line-max\",";

        assertThat(texts(List.of(
                        record.formatted("db1", "1", goesOn, "a"),
                        record.formatted("db2", "1", goesOn, "b"),
                        record.formatted("db1", "2", goesOn, "c"),
                        record.formatted("db1", "2", "", "C"),
                        record.formatted("db1", "1", "", "A"),
                        record.formatted("db2", "1", "", "B"))))
                .containsExactly("cC", "aA", "bB");
    }

    @Test
    void a_part_that_comes_late_begins_another_line() {
        assertThat(texts(List.of(
                        "2023-12-10T13:19:54.1Z stderr P one",
                        "2023-12-10T13:19:59.2Z stderr P two",
                        "2023-12-10T13:20:04.1Z stderr F three")))
                .containsExactly("one", "twothree");
    }

    @Test
    void a_line_whose_end_never_comes_is_taken_as_it_is() {
        assertThat(texts(List.of("2023-12-10T13:19:54.1Z stderr P one", "2023-12-10T13:19:54.1Z stderr P two")))
                .containsExactly("onetwo");
    }

    @Test
    void what_exceeds_the_bound_is_left_out_and_the_message_says_so() {
        String long16k = "x".repeat(16384);
        List<String> parts = new ArrayList<>();
        for (int part = 0; part < 300; part++) {
            parts.add("2023-12-10T13:19:54.1Z stderr " + (part < 299 ? "P " : "F ") + long16k);
        }

        List<CutLines.Whole> whole = wholeOf(parts);

        assertThat(whole).hasSize(1);
        assertThat(whole.get(0).lines()).isEqualTo(300);
        assertThat(whole.get(0).line().orElseThrow().line().message())
                .isEqualTo("x".repeat(CutLine.LONGEST) + " [" + (300 * 16384 - CutLine.LONGEST)
                        + " more characters were left out]");
    }

    @Test
    void the_line_that_was_touched_longest_ago_goes_when_too_many_are_open() {
        List<String> parts = new ArrayList<>();
        for (int host = 0; host < 66; host++) {
            parts.add(
                    ("{\"__REALTIME_TIMESTAMP\":\"1702214394600000\",\"_HOSTNAME\":\"db%d\",\"_LINE_BREAK\":\"line-max\","
                                    + "\"MESSAGE\":\"of %d\"}")
                            .formatted(host, host));
        }

        assertThat(texts(parts).subList(0, 3)).containsExactly("of 0", "of 1", "of 2");
    }

    @Test
    void a_letter_that_was_cut_in_two_does_not_make_the_line_unreadable() {
        assertThat(
                        texts(
                                List.of(
                                        "{\"log\":\"relation \\\"\u0433\u043e\\ufffd\",\"stream\":\"stderr\",\"time\":\"2023-12-10T13:19:54Z\"}",
                                        "{\"log\":\"\\ufffd\u043e\u0434\\\"\\n\",\"stream\":\"stderr\",\"time\":\"2023-12-10T13:19:54Z\"}")))
                .containsExactly("relation \"\u0433\u043e\ufffd\ufffd\u043e\u0434\"");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothing_is_lost_however_lines_are_cut_and_mixed(long seed) {
        Random random = new Random(seed);
        List<String> parts = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
            parts.add("2023-12-10T13:%02d:%02d.1Z std%s %s part %d,"
                    .formatted(
                            n / 60,
                            n % 60,
                            random.nextBoolean() ? "out" : "err",
                            random.nextInt(3) > 0 ? "P" : "F",
                            n));
        }

        List<CutLines.Whole> whole = wholeOf(parts);

        assertThat(whole.stream().mapToLong(CutLines.Whole::lines).sum()).isEqualTo(500);
        assertThat(String.join("", texts(parts)).split(",")).hasSize(500);
    }

    private static List<String> texts(List<String> records) {
        return wholeOf(records).stream()
                .map(whole -> whole.line().orElseThrow().line().message())
                .toList();
    }

    private static List<CutLines.Whole> wholeOf(List<String> records) {
        CutLines lines = new CutLines(Joiner.USUAL_OPEN);
        List<CutLines.Whole> whole = new ArrayList<>();
        for (int n = 0; n < records.size(); n++) {
            byte[] bytes = records.get(n).getBytes(StandardCharsets.UTF_8);
            Decoded decoded =
                    new LogDecoder().decode(bytes, 0, bytes.length, Decoding.MOSCOW, Origin.line("test.log", n + 1));
            assertThat(decoded).isInstanceOf(Decoded.Line.class);
            whole.addAll(lines.line("", (Decoded.Line) decoded, Decoding.MOSCOW, 0, 1));
        }
        whole.addAll(lines.end());
        return whole;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ä", "—", "😀"})
    void a_letter_that_was_cut_in_two_is_whole_again(String letter) {
        byte[] text = ("FATAL:  Rolle " + letter + " gibt es nicht").getBytes(StandardCharsets.UTF_8);
        int begin = "FATAL:  Rolle ".length();
        for (int at = begin; at <= begin + letter.getBytes(StandardCharsets.UTF_8).length; at++) {
            List<CutLines.Whole> whole = new ArrayList<>();
            CutLines cut = new CutLines(8);
            byte[] first = with("2023-12-10T13:19:54.575123456Z stderr P ", text, 0, at);
            byte[] last = with("2023-12-10T13:19:54.575223456Z stderr F ", text, at, text.length);
            for (byte[] record : List.of(first, last)) {
                new LogDecoder()
                        .decode(record, 0, record.length, Hints.none(), Origin.line("test.log", 1))
                        .match(
                                line -> whole.addAll(cut.line("", line, Hints.none(), 0, 1)),
                                unreadable -> false,
                                nothing -> false);
            }

            assertThat(whole).as("cut at %d", at).singleElement().satisfies(line -> assertThat(
                            line.line().orElseThrow().line().message())
                    .isEqualTo("FATAL:  Rolle " + letter + " gibt es nicht"));
        }
    }

    private static byte[] with(String head, byte[] text, int from, int to) {
        byte[] before = head.getBytes(StandardCharsets.UTF_8);
        byte[] record = Arrays.copyOf(before, before.length + to - from);
        System.arraycopy(text, from, record, before.length, to - from);
        return record;
    }

    @Test
    void journalds_bytes_of_a_letter_in_two_parts_are_put_together() {
        String record = "{\"__REALTIME_TIMESTAMP\":\"1702214394600000\",\"_STREAM_ID\":\"ab\",%s\"MESSAGE\":%s}";

        List<String> texts = texts(List.of(
                record.formatted("\"_LINE_BREAK\":\"line-max\",", "[103,114,195]"), record.formatted("", "[188,110]")));

        assertThat(texts).containsExactly("grün");
    }

    @Test
    void a_line_whose_place_another_takes_is_whole_where_it_began() {
        CutLines cut = new CutLines(1);
        List<CutLines.Whole> whole = new ArrayList<>();
        for (String record : List.of("2023-12-10T13:19:54.1Z stderr P one ", "2023-12-10T13:19:54.1Z stdout P uno ")) {
            byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
            new LogDecoder()
                    .decode(
                            bytes,
                            0,
                            bytes.length,
                            Hints.none(),
                            Origin.line("test.log", record.contains("one") ? 1 : 2))
                    .match(
                            line -> whole.addAll(cut.line("", line, Hints.none(), 0, 1)),
                            unreadable -> false,
                            nothing -> false);
        }

        assertThat(whole).extracting(CutLines.Whole::origin).containsExactly(Origin.line("test.log", 1));
    }
}
