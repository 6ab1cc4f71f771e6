package io.failovertimeline.decode;

import static io.failovertimeline.decode.Decoding.MOSCOW;
import static io.failovertimeline.decode.Decoding.at;
import static io.failovertimeline.decode.Decoding.decode;
import static io.failovertimeline.decode.Decoding.hints;
import static io.failovertimeline.decode.Decoding.isNothing;
import static io.failovertimeline.decode.Decoding.line;
import static io.failovertimeline.decode.Decoding.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Precision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogDecoderTest {

    private static final String PATRONI = " db1 patroni[626]: INFO:patroni.ha:Lock owner: db1; I am db1";

    @ParameterizedTest
    @CsvSource({
        "Dec 31 23:59:59, 2024-01-01T00:00:00Z, 2023-12-31T23:59:59Z",
        "Jan  1 00:00:01, 2024-01-01T00:00:00Z, 2024-01-01T00:00:01Z",
        "Jan  1 00:00:01, 2023-12-31T12:00:00Z, 2024-01-01T00:00:01Z",
        "Feb 29 12:00:00, 2024-03-01T00:00:00Z, 2024-02-29T12:00:00Z",
        "Feb 29 12:00:00, 2023-03-01T00:00:00Z, 2024-02-29T12:00:00Z",
        "Feb 29 12:00:00, 2021-03-01T00:00:00Z, 2020-02-29T12:00:00Z",
        "Jul 01 12:00:00, 2023-12-10T00:00:00Z, 2023-07-01T12:00:00Z",
    })
    void a_missing_year_is_the_one_that_comes_nearest(String time, String near, String expected) {
        assertThat(at(time + PATRONI, hints("Z", near))).isEqualTo(expected);
    }

    @Test
    void without_anything_near_a_missing_year_is_not_guessed() {
        Decoded decoded = decode("Dec 10 16:19:54" + PATRONI, Hints.none());

        assertThat(decoded)
                .isInstanceOfSatisfying(Decoded.Unreadable.class, unreadable -> assertThat(unreadable.reason())
                        .isEqualTo(Decoded.Reason.BAD_TIME));
    }

    @Test
    void a_year_inside_the_message_is_enough() {
        assertThat(at("Dec 10 16:19:54 db1 patroni[1]: 2023-12-10 16:19:54,575 INFO: x", Hints.none()))
                .isEqualTo("2023-12-10T16:19:54.575Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2023-07-10 16:19:54, 2023-07-10T14:19:54Z",
        "2023-12-10 16:19:54, 2023-12-10T15:19:54Z",
        "2023-10-29 02:30:00, 2023-10-29T00:30:00Z",
        "2023-03-26 02:30:00, 2023-03-26T01:30:00Z",
    })
    void local_times_follow_the_zones_summer_time(String time, String expected) {
        assertThat(at(time + ",000 INFO: x", hints("Europe/Berlin", "2023-12-10T12:00:00Z")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2023-10-29 02:30:00.000 CEST, Europe/Berlin, 2023-10-29T00:30:00Z",
        "2023-10-29 02:30:00.000 CET, Europe/Berlin, 2023-10-29T01:30:00Z",
        "2023-07-10 02:30:00.000 CEST, +01:00, 2023-07-10T00:30:00Z",
        "2012-07-10 12:00:00.000 MSK, Europe/Moscow, 2012-07-10T08:00:00Z",
        "2023-07-10 12:00:00.000 IST, Asia/Kolkata, 2023-07-10T06:30:00Z",
        "2023-07-10 12:00:00.000 IST, Asia/Jerusalem, 2023-07-10T09:00:00Z",
        "2023-07-10 12:00:00.000 GMT, Asia/Kolkata, 2023-07-10T12:00:00Z",
        "2023-07-10 12:00:00.000 +0530, Z, 2023-07-10T06:30:00Z",
    })
    void an_abbreviation_tells_winter_from_summer_and_never_more_than_it_means(
            String time, String zone, String expected) {
        assertThat(at(time + " [1] LOG:  x", hints(zone, "2023-12-10T12:00:00Z")))
                .isEqualTo(expected);
    }

    @Test
    void an_envelope_with_a_zone_proves_the_offset_of_the_time_inside() {
        Hints wrong = hints("America/New_York", "2023-12-10T12:00:00Z");

        assertThat(at("2023-12-10T13:19:55Z db1 patroni[1]: 2023-12-10 16:19:54,575 INFO: x", wrong))
                .isEqualTo("2023-12-10T13:19:54.575Z");
        assertThat(at("2023-12-10T13:19:55Z db1 patroni[1]: 2023-12-10 19:04:54,575 INFO: x", wrong))
                .as("Nepal, 5:45 ahead")
                .isEqualTo("2023-12-10T13:19:54.575Z");
    }

    @Test
    void an_envelope_minutes_away_proves_nothing() {
        assertThat(at("2023-12-10T13:25:00Z db1 patroni[1]: 2023-12-10 16:19:54,575 INFO: x", MOSCOW))
                .isEqualTo("2023-12-10T13:19:54.575Z");
    }

    @Test
    void whole_seconds_inside_give_way_to_a_finer_envelope_that_agrees() {
        var agreeing = line("2023-12-10T13:19:54.575123+00:00 db1 patroni[1]: 2023-12-10 13:19:54 UTC [1] LOG:  x");
        var disagreeing = line("2023-12-10T13:20:54.575123+00:00 db1 patroni[1]: 2023-12-10 13:19:54 UTC [1] LOG:  x");

        assertThat(agreeing.stamp().orElseThrow().at()).isEqualTo("2023-12-10T13:19:54.575123Z");
        assertThat(disagreeing.stamp().orElseThrow().at()).isEqualTo("2023-12-10T13:19:54Z");
        assertThat(disagreeing.stamp().orElseThrow().precision()).isEqualTo(Precision.SECONDS);
    }

    @Test
    void each_host_has_its_own_zone() {
        TreeMap<String, ZoneId> zones = new TreeMap<>();
        zones.put("db1", ZoneId.of("+03:00"));
        Instant near = Instant.parse("2023-12-10T12:00:00Z");
        Hints hints = new Hints(Optional.of("db1"), ZoneId.of("Z"), zones, Optional.of(near));

        assertThat(at("Dec 10 16:19:54 db1 patroni[1]: x", hints)).isEqualTo("2023-12-10T13:19:54Z");
        assertThat(at("Dec 10 16:19:54 db2 patroni[1]: x", hints)).isEqualTo("2023-12-10T16:19:54Z");
        assertThat(at("2023-12-10 16:19:54,000 INFO: x", hints)).isEqualTo("2023-12-10T13:19:54Z");
        assertThat(line("2023-12-10 16:19:54,000 INFO: x", hints).host()).contains("db1");
    }

    @ParameterizedTest
    @CsvSource({
        "FEHLER, ERROR",
        "WARNUNG, WARNING",
        "HINWEIS, NOTICE",
        "ZUSAMMENHANG, CONTEXT",
        "ERREUR, ERROR",
        "ATTENTION, WARNING",
        "DÉTAIL, DETAIL",
        "'ASTUCE ', HINT",
        "'INSTRUCTION ', STATEMENT",
        "DETALLE, DETAIL",
        "SENTENCIA, STATEMENT",
        "ERRORE, ERROR",
        "FATALE, FATAL",
        "PÂNICO, PANIC",
        "AVISO, WARNING",
        "OSTRZEŻENIE, WARNING",
        "KATASTROFALNY, FATAL",
        "VARNING, WARNING",
        "LOGG, LOG",
        "HATA, ERROR",
        "СООБЩЕНИЕ, LOG",
        "ВАЖНО, FATAL",
        "ПОМИЛКА, ERROR",
        "ფატალური, FATAL",
        "詳細, DETAIL",
        "文脈, CONTEXT",
        "로그, LOG",
        "치명적오류, FATAL",
        "명령 구문, STATEMENT",
        "日志, LOG",
        "致命错误, FATAL",
        "错误, ERROR",
        "錯誤, ERROR",
    })
    void a_severity_in_any_language_of_postgresql_is_told_in_english(String word, String english) {
        assertThat(line("2023-12-10 16:19:54.575 UTC [1] " + word + ":  x").message())
                .isEqualTo(english + ":  x");
        assertThat(line("2023-12-10 16:19:54.575 UTC [1] " + word + ":  x").component())
                .isEqualTo(Component.POSTGRESQL);
    }

    @Test
    void a_translated_severity_with_one_blank_behind_it_is_only_a_word() {
        assertThat(decode("2023-12-10 16:19:54.575 UTC [1] cleaning NOTA: x", Hints.none()))
                .isInstanceOf(Decoded.Nothing.class);
    }

    @ParameterizedTest
    @CsvSource({
        "repmgrd, promotion candidate is x, promotion candidate is x",
        "repmgr, 'NOTICE: STANDBY PROMOTE successful', STANDBY PROMOTE successful",
    })
    void a_level_before_what_repmgr_says_is_not_part_of_it(String program, String text, String message) {
        var line = line("Dec 10 16:19:54 db2 " + program + "[7]: " + text);

        assertThat(line.component()).isEqualTo(Component.REPMGR);
        assertThat(line.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "'16:19:54 14377 INFO  Promoting postgres', PG_AUTO_FAILOVER, Promoting postgres",
        "'16:19:54 14377 WARN  keeper.c:12 Failed to contact the monitor', PG_AUTO_FAILOVER, Failed to contact the monitor",
        "'LOG:  received promote request', POSTGRESQL, 'LOG:  received promote request'",
    })
    void what_stands_under_pg_autoctl_is_its_own_or_its_databases(String text, Component component, String message) {
        var line = line("Dec 10 16:19:54 db2 pg_autoctl[7]: " + text);

        assertThat(line.component()).isEqualTo(component);
        assertThat(line.message()).isEqualTo(message);
    }

    @Test
    void a_stamp_of_the_raft_library_makes_a_line_etcds_under_any_name() {
        assertThat(line("Dec 10 16:19:54 etcd1 sh[33]: raft2023/12/10 16:19:54 INFO: 1c became leader at term 2")
                        .component())
                .isEqualTo(Component.ETCD);
    }

    @ParameterizedTest
    @CsvSource({
        "mcuser@db2:~$ sudo poweroff, db2, sudo poweroff",
        "root@db1:/var/log# systemctl stop patroni, db1, root@db1:/var/log# systemctl stop patroni",
        "[root@db1 ~]# reboot, db1, [root@db1 ~]# reboot",
        "postgres@pg-a.lab.net:~/15/main$ pg_ctl stop, pg-a.lab.net, pg_ctl stop",
    })
    void a_command_at_a_prompt_has_a_host_and_no_time(String text, String host, String command) {
        var line = line(text);

        assertThat(line.stamp()).isEmpty();
        assertThat(line.host()).contains(host);
        assertThat(line.component()).isEqualTo(Component.OPERATOR);
        assertThat(line.message()).isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFDec 10 16:19:54 db1 patroni[626]: server promoting",
                "\u001b[32mDec 10 16:19:54\u001b[0m db1 patroni[626]: \u001b[1mserver promoting\u001b[0m",
                "Dec\u00a010 16:19:54 db1 patroni[626]:\u00a0server promoting",
                "> Dec 10 16:19:54 db1 patroni[626]: server promoting",
                "    Dec 10 16:19:54 db1 patroni[626]: server promoting",
                "- `Dec 10 16:19:54 db1 patroni[626]: server promoting`",
                "data: {\"__REALTIME_TIMESTAMP\":\"1702214394000000\",\"SYSLOG_IDENTIFIER\":\"patroni\","
                        + "\"MESSAGE\":[27,91,49,109,115,101,114,118,101,114,32,112,114,111,109,111,116,105,110,103,27,91,48,109]}",
                "Dec 10 16:19:54 db1 patroni[626]: server promoting\r",
            })
    void what_copying_leaves_around_a_line_is_taken_off(String text) {
        var line = line(text);

        assertThat(line.message().strip()).isEqualTo("server promoting");
        assertThat(line.component()).isEqualTo(Component.PATRONI);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"text\" | text",
                "[116,101,120,116] | text",
                "[\"text\",\"other\"] | text",
                "[null,[116,101,120,116]] | text",
            })
    void journald_writes_a_message_in_several_ways(String message, String expected) {
        assertThat(line("{\"__REALTIME_TIMESTAMP\":\"1702214394000000\",\"MESSAGE\":" + message + "}")
                        .message())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"__REALTIME_TIMESTAMP\":\"1702214394000000\",\"MESSAGE\":null} | CONTENT_GONE",
                "{\"_HOSTNAME\":\"db1\",\"MESSAGE\":\"text\"} | MISSING_FIELD",
                "{\"_HOSTNAME\":\"db1\",\"MESSAGE\":\"te | BROKEN_JSON",
                "{\"_HOSTNAME\":\"db1\",\"lease\":7E6633939001346,\"MESSAGE\":\"text\"} | BROKEN_JSON",
                "{\"MESSAGE\":\"a\"}{\"MESSAGE\":\"b\"} | BROKEN_JSON",
                "{\"__REALTIME_TIMESTAMP\":\"1702214394000000\",\"MESSAGE\":[255,254,65]} | NOT_UTF_8",
                "Feb 30 16:19:54 db1 patroni[626]: text | BAD_TIME",
                "2023-12-10 25:19:54,575 INFO: text | BAD_TIME",
            })
    void a_record_that_breaks_its_format_is_named(String text, Decoded.Reason expected) {
        assertThat(reason(text)).contains(expected);
    }

    @Test
    void another_programs_words_are_not_taken_for_patronis() {
        assertThat(line("Dec 10 16:19:54 db1 app[1]: ERROR:root:gone").component())
                .isEqualTo(Component.OTHER);
        assertThat(line("Dec 10 16:19:54 db1 sh[1]: ERROR:patroni.ha:gone").component())
                .isEqualTo(Component.PATRONI);
    }

    @Test
    void a_record_that_is_not_utf_8_is_named_and_other_bytes_are_nothing() {
        byte[] record = "Dec 10 16:19:54 db1 patroni[626]: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        byte[] other = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(decode(record, MOSCOW))
                .isInstanceOfSatisfying(Decoded.Unreadable.class, unreadable -> assertThat(unreadable.reason())
                        .isEqualTo(Decoded.Reason.NOT_UTF_8));
        assertThat(decode(other, MOSCOW)).isInstanceOf(Decoded.Nothing.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "# A heading",
                "On Dec 10 16:19:54 the leader was gone",
                "Dec 10 16:19:54 we saw that it was gone: a pity",
                "2023-12-10 16:19:54 the leader was gone",
                "streaming | 2023-12-10 16:19:35.447349+03 | 2023-12-10 16:19:35.449881+03 | db1 | 10.0.10.3 | 5432",
                "| db1 | 10.0.10.3 | Leader | running | 3 | |",
                "-- Boot 39117f8764ab473b86fd8ecd8cf6e98e --",
                "INFO:patroni.ha:Lock owner: db1; I am db1",
                "  Latest checkpoint's TimeLineID:       2",
                "\t2023-12-10 16:19:54,575 INFO: a quoted continuation",
                "mcuser@db2:~$ ",
                "metric_name,timestamp,metric_value,check",
                "{\"metric\":\"http_reqs\",\"type\":\"Point\",\"data\":{\"time\":\"2023-12-10T16:19:54Z\",\"value\":1}}",
                "{\"attack\":\"a\",\"code\":200,\"timestamp\":\"2023-12-10T13:19:54Z\",\"error\":\"\"}",
                "{\"message\":",
                "{",
                "10.0.0.9 - - [10/Dec/2023:16:19:54 +0300] \"GET / HTTP/1.1\" 503 19",
            })
    void what_is_no_log_record_is_nothing(String text) {
        assertThat(isNothing(text)).isTrue();
    }
}
