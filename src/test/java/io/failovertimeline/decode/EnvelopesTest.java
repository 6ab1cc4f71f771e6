package io.failovertimeline.decode;

import static io.failovertimeline.decode.Decoding.decode;
import static io.failovertimeline.decode.Decoding.found;
import static io.failovertimeline.decode.Decoding.isNoise;
import static io.failovertimeline.decode.Decoding.isNothing;
import static io.failovertimeline.decode.Decoding.line;
import static io.failovertimeline.decode.Decoding.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Severity;
import io.failovertimeline.model.Stamp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopesTest {

    private static final String MICROS = "2023-12-10T13:19:54.575123Z";
    private static final String MILLIS = "2023-12-10T13:19:54.575Z";
    private static final String SECONDS = "2023-12-10T13:19:54Z";
    private static final String OWN = "2023-12-10 16:19:54,575 INFO: server promoting";

    /** A record that says {@code server promoting}, written by Patroni on db1. */
    record Example(String text, String format, String at, Stamp.Clock clock) {
        @Override
        public String toString() {
            return format + ": " + text;
        }
    }

    private static Example received(String text, String format, String at) {
        return new Example(text, format, at, Stamp.Clock.RECEPTION);
    }

    private static Example sent(String text, String format, String at) {
        return new Example(text, format, at, Stamp.Clock.SOURCE);
    }

    static List<Example> examples() {
        String said = "\"message\":\"server promoting\"";
        String patroni = "\"SYSLOG_IDENTIFIER\":\"patroni\",\"_HOSTNAME\":\"db1\"";
        return List.of(
                received("2023-12-10T08:19:54-0500 db1 patroni[626]: server promoting", "journald-short-iso", SECONDS),
                received("<30>Dec 10 16:19:54 db1 patroni: server promoting", "syslog", SECONDS),
                received("<30>2023-12-10T16:19:54.575123+03:00 db1 patroni[626]: server promoting", "syslog", MICROS),
                received(
                        "<30>1 2023-12-10T16:19:54.575123+03:00 db1 patroni 626 - - server promoting",
                        "syslog",
                        MICROS),
                received(
                        "71 <30>1 2023-12-10T16:19:54.575123+03:00 db1 patroni - - - server promoting",
                        "syslog",
                        MICROS),
                received("Dez 10 16:19:54 db1 patroni[626]: server promoting", "journald-short", SECONDS),
                received("déc. 10 16:19:54 db1 patroni[626]: server promoting", "journald-short", SECONDS),
                received("дек 10 16:19:54 db1 patroni[626]: server promoting", "journald-short", SECONDS),
                received("dic 10 16:19:54 db1 patroni[626]: server promoting", "journald-short", SECONDS),
                received(
                        "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1702214394575123\n_HOSTNAME=db1\n"
                                + "SYSLOG_IDENTIFIER=patroni\nMESSAGE=server promoting\n",
                        "journald-export",
                        MICROS),
                sent(
                        "Sun 2023-12-10 16:19:55.000001 MSK [s=1;i=2]\n    _HOSTNAME=db1\n"
                                + "    SYSLOG_IDENTIFIER=patroni\n    MESSAGE=server promoting\n"
                                + "    _SOURCE_REALTIME_TIMESTAMP=1702214394575123",
                        "journald-verbose",
                        MICROS),
                received(
                        "Sun 2023-12-10 16:19:54.575123 MSK [s=1;i=2]\n    _HOSTNAME=db1\n"
                                + "    SYSLOG_IDENTIFIER=patroni\n    MESSAGE=server promoting",
                        "journald-verbose",
                        MICROS),
                received(
                        "{\n\t\"__REALTIME_TIMESTAMP\" : \"1702214394575123\",\n\t" + patroni
                                + ",\n\t\"MESSAGE\" : \"server promoting\"\n}",
                        "journald-json",
                        MICROS),
                received(
                        "\u001e{\"__REALTIME_TIMESTAMP\":\"1702214394575123\"," + patroni
                                + ",\"MESSAGE\":\"server promoting\"}",
                        "journald-json",
                        MICROS),
                received(
                        "{\"timestamp\":\"2023-12-10T13:19:54.575123Z\",\"host\":\"db1\",\"PRIORITY\":\"INFO\","
                                + "\"SYSLOG_IDENTIFIER\":\"patroni\",\"source_type\":\"journald\"," + said + "}",
                        "shipper-json",
                        MICROS),
                received(
                        "{\"@timestamp\":1702214394.575123,\"_hostname\":\"db1\",\"syslog_identifier\":\"patroni\","
                                + "\"_pid\":\"626\"," + said + "}",
                        "shipper-json",
                        MICROS),
                received(
                        "{\"@timestamp\":\"2023-12-10T13:19:54.575123Z\",\"hostname\":\"db1\","
                                + "\"systemd_unit\":\"patroni.service\"," + said + "}",
                        "shipper-json",
                        MICROS),
                received(
                        "{\"@timestamp\":\"2023-12-10T13:19:54.575Z\",\"host.hostname\":\"db1\","
                                + "\"syslog.identifier\":\"patroni\"," + said + "}",
                        "shipper-json",
                        MILLIS),
                received(
                        "{\"@timestamp\":\"2023-12-10T13:19:54.575Z\",\"host\":{\"hostname\":\"db1\",\"name\":\"x\"},"
                                + "\"systemd\":{\"unit\":\"patroni.service\"},\"log\":{\"syslog\":{\"priority\":6}},"
                                + said
                                + "}",
                        "shipper-json",
                        MILLIS),
                received(
                        "{\"@timestamp\":\"2023-12-10T13:19:54.999Z\",\"host\":{\"name\":\"shipper\"},"
                                + "\"log\":{\"file\":{\"path\":\"/var/log/syslog\"}},"
                                + "\"message\":\"Dec 10 16:19:54 db1 patroni[626]: server promoting\"}",
                        "journald-short",
                        SECONDS),
                received(
                        "{\"@timestamp\":\"2023-12-10T13:19:54.575Z\",\"@version\":\"1\",\"host\":\"db1\","
                                + "\"program\":\"patroni\",\"event\":{\"original\":\"server promoting\"}}",
                        "shipper-json",
                        MILLIS),
                sent(
                        "{\"message\":\" server promoting\",\"fromhost\":\"db1\",\"programname\":\"patroni\","
                                + "\"priority\":\"info\",\"timereported\":\"2023-12-10T16:19:54.575123+03:00\","
                                + "\"timegenerated\":\"2023-12-10T16:19:55.000001+03:00\"}",
                        "shipper-json",
                        MICROS),
                received(
                        "{\"version\":\"1.1\",\"host\":\"db1\",\"short_message\":\"server\","
                                + "\"full_message\":\"server promoting\",\"timestamp\":1702214394.575123,\"level\":6,"
                                + "\"_container_name\":\"patroni\"}",
                        "shipper-json",
                        MICROS),
                received(
                        "{\"HOST\":\"db1\",\"PROGRAM\":\"patroni\",\"PID\":\"626\",\"MESSAGE\":\"server promoting\","
                                + "\"ISODATE\":\"2023-12-10T16:19:54+03:00\",\"PRIORITY\":\"info\"}",
                        "syslog-json",
                        SECONDS),
                received(
                        "{\"log\":\"server promoting\\n\",\"stream\":\"stderr\",\"time\":\"2023-12-10T13:19:54.575123Z\","
                                + "\"kubernetes\":{\"pod_name\":\"db1\",\"container_name\":\"patroni\"}}",
                        "docker-json",
                        MICROS),
                received(
                        "2023-12-10T13:19:54.999999999Z stderr F Dec 10 16:19:54 db1 patroni[626]: server promoting",
                        "journald-short",
                        SECONDS),
                new Example(
                        "[98694.000446] db1 patroni[626]: " + OWN,
                        "journald-short-monotonic",
                        MILLIS,
                        Stamp.Clock.APPLICATION),
                new Example(
                        "[98694.000446 <    0.000123 >] db1 patroni[626]: " + OWN,
                        "journald-short-monotonic",
                        MILLIS,
                        Stamp.Clock.APPLICATION),
                new Example("[pod/db1/postgres] " + OWN, "patroni", MILLIS, Stamp.Clock.APPLICATION),
                new Example("\u001b[36mdb1  | \u001b[0m" + OWN, "patroni", MILLIS, Stamp.Clock.APPLICATION));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void each_envelope_tells_time_clock_host_and_program(Example example) {
        Decoded.Line found = found(example.text(), Decoding.MOSCOW);

        LogLine line = found.line();
        assertThat(found.format()).isEqualTo(example.format());
        assertThat(line.stamp().orElseThrow().at()).isEqualTo(example.at());
        assertThat(line.stamp().orElseThrow().clock()).isEqualTo(example.clock());
        assertThat(line.host()).contains("db1");
        assertThat(line.component()).isEqualTo(Component.PATRONI);
        assertThat(line.message()).isEqualTo("server promoting");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<30>Dec 10 16:19:54 patroni[626]: text | patroni | 626",
                "<30>Dec 10 16:19:54 haproxy: text | haproxy | ",
                "<30>Dec 10 16:19:54 db1 patroni-cluster-of-weather-app[6 text | patroni-cluster-of-weather-app | ",
            })
    void a_tag_may_stand_without_host_and_be_cut_after_32_characters(String text, String program, Long pid) {
        LogLine line = line(text);

        assertThat(line.message()).isEqualTo("text");
        assertThat(line.writer().program()).contains(program);
        assertThat(line.writer().pid()).isEqualTo(pid == null ? OptionalLong.empty() : OptionalLong.of(pid));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Dec 10 16:19:54 db1 cron[1]: message repeated 3 times: [ text] | text",
                "Dec 10 16:19:54 db1 cron[1]: message repeated often: [ text] | message repeated often: [ text]",
                "2023-12-10T16:19:54.575123+03:00 db1 cron[1]: one#012#011two #1 | one\\n\\ttwo #1",
                "<30>Dec 10 16:19:54 db1 cron[1]: #0123 | \\n3",
            })
    void what_a_syslog_daemon_does_to_a_message_is_undone(String text, String message) {
        assertThat(line(text).message()).isEqualTo(message.replace("\\n", "\n").replace("\\t", "\t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \t",
                "-- Boot 39117f8764ab473b86fd8ecd8cf6e98e --",
                "-- Reboot --",
                "-- No entries --",
                "-- Logs begin at Sun 2023-12-10 16:19:54 MSK, end at Sun 2023-12-10 16:20:54 MSK. --",
                "-- Journal begins at Sun 2023-12-10 16:19:54 MSK. --",
                "```text",
                "Dec 10 16:19:54 db1 last message repeated 3 times",
                "Dec 10 16:19:54 db1 patroni[626]: [1.2K blob data]",
                "{\"__REALTIME_TIMESTAMP\":\"1702214394000000\",\"MESSAGE\":\"[120B blob data]\"}",
                "{\"__REALTIME_TIMESTAMP\":\"1702214394000000\",\"_HOSTNAME\":\"db1\"}",
                "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1702214394575123\n_HOSTNAME=db1\n",
            })
    void marks_and_records_without_text_are_known_to_tell_nothing(String text) {
        assertThat(isNoise(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[98694.000446] db1 patroni[626]: server promoting",
                "[    3.141592] usb 1-1: new device",
                "-- a rule --",
                "the leader was gone | 2023-12-10 16:19:54 so they said",
            })
    void what_cannot_be_placed_is_no_record(String text) {
        assertThat(isNothing(text)).isTrue();
        assertThat(isNoise(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2023-12-10T13:19:54.575123456Z stderr P the first half, | stderr | true",
                "2023-12-10T13:19:54.575123456Z stderr F and the second | stderr | false",
                "{\"log\":\"the first half, \",\"stream\":\"stdout\",\"time\":\"2023-12-10T13:19:54Z\"} | stdout | true",
                "{\"log\":\"and the second\\n\",\"stream\":\"stdout\",\"time\":\"2023-12-10T13:19:54Z\"} | stdout | false",
                "{\"__REALTIME_TIMESTAMP\":\"1702214394000000\",\"_STREAM_ID\":\"ab\",\"_LINE_BREAK\":\"line-max\",\"MESSAGE\":\"x\"} | ab | true",
                "{\"__REALTIME_TIMESTAMP\":\"1702214394000000\",\"_STREAM_ID\":\"ab\",\"_LINE_BREAK\":\"eof\",\"MESSAGE\":\"x\"} | ab | false",
            })
    void a_part_of_a_line_is_told_from_a_whole_one(String text, String stream, boolean isPartial) {
        Decoded.Line found = found(text, Decoding.MOSCOW);

        assertThat(found.isPartial()).isEqualTo(isPartial);
        assertThat(found.envelope().orElseThrow().part().stream()).contains(stream);
    }

    @Test
    void a_part_keeps_the_blank_at_its_end() {
        assertThat(line("{\"log\":\"the first half, \",\"stream\":\"stdout\",\"time\":\"2023-12-10T13:19:54Z\"}")
                        .message())
                .isEqualTo("the first half, ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__CURSOR=s=1\nMESSAGE\n\u0004\0\0\0\0\0\0\0cut",
                "__CURSOR=s=1\nMESSAGE\n\u0004\0\0",
                "__CURSOR=s=1\nno field\n",
            })
    void a_torn_entry_of_an_export_is_named(String text) {
        assertThat(reason(text)).contains(Decoded.Reason.BROKEN_EXPORT);
    }

    @Test
    void a_field_of_an_export_may_be_of_counted_bytes_and_be_given_twice() {
        LogLine line = line("__REALTIME_TIMESTAMP=1702214394575123\n_PID=7\nMESSAGE\n\u0007\0\0\0\0\0\0\0one\ntwo\n"
                + "MESSAGE=three\nPRIORITY=3\n");

        assertThat(line.message()).isEqualTo("one\ntwo");
        assertThat(line.severity()).contains(Severity.ERR);
        assertThat(line.writer().pid()).hasValue(7);
    }

    @Test
    void a_value_of_several_lines_in_a_verbose_entry_is_put_together() {
        LogLine line =
                line("Sun 2023-12-10 16:19:54.575123 MSK [s=1;i=2]\n    MESSAGE=one\n            two\n    PRIORITY=3");

        assertThat(line.message()).isEqualTo("one\ntwo");
        assertThat(line.severity()).contains(Severity.ERR);
    }

    @Test
    void a_multi_line_record_of_filebeat_keeps_its_lines() {
        LogLine line =
                line("{\"@timestamp\":\"2023-12-10T13:20:00.000Z\",\"host\":{\"name\":\"db1\"},\"log\":{\"flags\":"
                        + "[\"multiline\"]},\"message\":\"2023-12-10 16:19:54.575 MSK [700] ERROR:  x\\n\\tat y\"}");

        assertThat(line.message()).isEqualTo("ERROR:  x\n\tat y");
        assertThat(line.stamp().orElseThrow().at()).isEqualTo(MILLIS);
    }

    @Test
    void a_line_that_a_pager_cut_is_not_completed() {
        assertThat(line("Dec 10 16:19:54 db1 patroni[626]: server promo>").message())
                .isEqualTo("server promo>");
    }

    @Test
    void a_shipper_that_read_a_file_late_does_not_move_its_records() {
        String late = "{\"@timestamp\":\"2024-02-01T08:00:00.000Z\",\"message\":\"Dec 10 16:19:54 db1 patroni[6]: x\"}";

        assertThat(line(late).stamp().orElseThrow().at()).isEqualTo(SECONDS);
        assertThat(decode(late, Hints.none())).isInstanceOf(Decoded.Unreadable.class);
    }

    @Test
    void the_host_of_the_inner_envelope_wins() {
        LogLine line = line("{\"@timestamp\":\"2023-12-10T13:19:54Z\",\"host\":\"relay\","
                + "\"message\":\"<27>Dec 10 16:19:54 db1 cron[1]: x\"}");

        assertThat(line.host()).isEqualTo(Optional.of("db1"));
        assertThat(line.severity()).contains(Severity.ERR);
    }

    @Test
    void what_fluent_bit_5_1_sends_of_a_file_and_of_the_journal_has_its_host_and_patronis_own_time() {
        LogLine ofFile = line(
                "{\"@timestamp\":\"2026-11-23T21:27:56.270238Z\",\"log\":\"2026-11-22 18:14:16,948 INFO: promoted self"
                        + " to leader by acquiring session lock\",\"host\":\"db2\"}");
        LogLine ofJournal = line("{\"@timestamp\":\"2026-11-22T18:13:51.685753Z\",\"SYSLOG_FACILITY\":\"3\","
                + "\"_RUNTIME_SCOPE\":\"system\",\"_HOSTNAME\":\"pg-b\",\"PRIORITY\":\"6\",\"_EXE\":\"/usr/bin/python3.11\","
                + "\"_STREAM_ID\":\"eaa09b443a8743d7a72c231d8b91194a\",\"_PID\":\"29\",\"SYSLOG_IDENTIFIER\":\"patroni\","
                + "\"_TRANSPORT\":\"stdout\",\"_SYSTEMD_UNIT\":\"patroni.service\",\"MESSAGE\":\"2026-11-22 18:13:51,681"
                + " INFO: promoted self to leader by acquiring session lock\"}");

        assertThat(ofFile.host()).contains("db2");
        assertThat(ofJournal.host()).contains("pg-b");
        assertThat(ofJournal.stamp().orElseThrow().clock()).isEqualTo(Stamp.Clock.APPLICATION);
        assertThat(ofFile.stamp().orElseThrow().clock()).isEqualTo(Stamp.Clock.APPLICATION);
    }
}
