package io.failovertimeline.decode;

import static io.failovertimeline.decode.Decoding.line;
import static io.failovertimeline.model.Precision.MICROS;
import static io.failovertimeline.model.Precision.MILLIS;
import static io.failovertimeline.model.Precision.SECONDS;
import static io.failovertimeline.model.Stamp.Clock.APPLICATION;
import static io.failovertimeline.model.Stamp.Clock.RECEPTION;
import static io.failovertimeline.model.Stamp.Clock.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogDecoderFormatsTest {

    private static final String PROMOTED = "promoted self to leader by acquiring session lock";
    private static final String JOURNAL = "\"__REALTIME_TIMESTAMP\":\"1702214394575123\",\"_HOSTNAME\":\"db1\",";

    record Example(
            String text,
            String format,
            String at,
            Precision precision,
            Stamp.Clock clock,
            String host,
            Component component,
            String message) {
        @Override
        public String toString() {
            return format + ": " + text;
        }
    }

    private static Example patroni(String text, String format, String at, Precision precision, Stamp.Clock clock) {
        return new Example(text, format, at, precision, clock, "db1", Component.PATRONI, PROMOTED);
    }

    private static Example of(
            String text, String format, String at, Precision precision, Component component, String message) {
        return new Example(text, format, at, precision, APPLICATION, "", component, message);
    }

    /** By {@code log.format}. */
    private static Example formatted(String text) {
        return of(text, "patroni", "2023-12-10T13:19:54.575Z", MILLIS, Component.PATRONI, PROMOTED);
    }

    private static Example received(
            String text, String format, String at, Precision precision, Component component, String message) {
        return new Example(text, format, at, precision, RECEPTION, "db1", component, message);
    }

    static List<Example> envelopes() {
        String plain = "2023-12-10 16:19:54,575 INFO: " + PROMOTED;
        String millis = "2023-12-10T13:19:54.575Z";
        String seconds = "2023-12-10T13:19:54Z";
        String micros = "2023-12-10T13:19:54.575123Z";
        return List.of(
                patroni("Dec 10 16:19:54 db1 patroni[626]: " + plain, "journald-short", millis, MILLIS, APPLICATION),
                patroni(
                        "Dec 10 16:19:54 db1 patroni[626]: 2023-12-10 16:19:54.575 INFO " + PROMOTED,
                        "journald-short",
                        millis,
                        MILLIS,
                        APPLICATION),
                patroni(
                        "Dec 10 16:19:54 db1 patroni[626]: INFO " + PROMOTED,
                        "journald-short",
                        seconds,
                        SECONDS,
                        RECEPTION),
                patroni(
                        "Dec 10 16:19:54 db1 postgres[626]: 2023-12-10 16:19:54,575 INFO " + PROMOTED,
                        "journald-short",
                        millis,
                        MILLIS,
                        APPLICATION),
                patroni(
                        "Dec 10 16:19:54 db1 patroni[626]: INFO:patroni.__main__:" + PROMOTED,
                        "journald-short",
                        seconds,
                        SECONDS,
                        RECEPTION),
                patroni(
                        "Dec 10 16:19:54.575123 db1 patroni[626]: INFO:patroni.__main__:" + PROMOTED,
                        "journald-short-precise",
                        micros,
                        MICROS,
                        RECEPTION),
                patroni(
                        "2023-12-10T16:19:54+0300 db1 patroni[626]: " + PROMOTED,
                        "journald-short-iso",
                        seconds,
                        SECONDS,
                        RECEPTION),
                patroni(
                        "2023-12-10T16:19:54+03:00 db1 patroni[626]: " + PROMOTED,
                        "journald-short-iso",
                        seconds,
                        SECONDS,
                        RECEPTION),
                patroni(
                        "2023-12-10T16:19:54.575123+0300 db1 patroni[626]: " + PROMOTED,
                        "journald-short-iso-precise",
                        micros,
                        MICROS,
                        RECEPTION),
                patroni(
                        "2023-12-10T16:19:54.575123+03:00 db1 patroni[626]: " + PROMOTED,
                        "syslog",
                        micros,
                        MICROS,
                        RECEPTION),
                patroni(
                        "Sun 2023-12-10 16:19:54 MSK db1 patroni[626]: " + plain,
                        "journald-short-full",
                        millis,
                        MILLIS,
                        APPLICATION),
                patroni(
                        "Sun 2023-12-10 16:19:54 MSK db1 patroni.service[626]: " + PROMOTED,
                        "journald-short-full",
                        seconds,
                        SECONDS,
                        RECEPTION),
                patroni(
                        "1702214394.575123 db1 patroni[626]: " + PROMOTED,
                        "journald-short-unix",
                        micros,
                        MICROS,
                        RECEPTION),
                patroni(
                        "Dec  1 16:19:54 db1 patroni[626]: " + PROMOTED,
                        "syslog",
                        "2023-12-01T13:19:54Z",
                        SECONDS,
                        RECEPTION),
                patroni("<30>Dec 10 16:19:54 db1 patroni[626]: " + PROMOTED, "syslog", seconds, SECONDS, RECEPTION),
                patroni(
                        "<30>1 2023-12-10T16:19:54.575123+03:00 db1 patroni 626 - - " + PROMOTED,
                        "syslog",
                        micros,
                        MICROS,
                        RECEPTION),
                patroni(
                        "<30>1 2023-12-10T16:19:54.575123+03:00 db1 patroni 626 - [a@1 b=\"]\\\"\"] \uFEFF" + PROMOTED,
                        "syslog",
                        micros,
                        MICROS,
                        RECEPTION),
                patroni(
                        "{" + JOURNAL + "\"SYSLOG_IDENTIFIER\":\"patroni\",\"MESSAGE\":\"" + plain + "\"}",
                        "journald-json",
                        millis,
                        MILLIS,
                        APPLICATION),
                patroni(
                        "{" + JOURNAL + "\"_SYSTEMD_UNIT\":\"patroni.service\",\"MESSAGE\":\"INFO:patroni.ha:"
                                + PROMOTED + "\"}",
                        "journald-json",
                        micros,
                        MICROS,
                        RECEPTION),
                patroni(
                        "{\"message\":\"" + plain + "\",\"host\":\"db1\",\"timestamp\":\"2023-12-10T13:19:54.576Z\","
                                + "\"SYSLOG_IDENTIFIER\":\"patroni\"}",
                        "shipper-json",
                        millis,
                        MILLIS,
                        APPLICATION),
                patroni(
                        "{\"@timestamp\":1702214394.575123,\"_HOSTNAME\":\"db1\",\"_SYSTEMD_UNIT\":\"patroni.service\","
                                + "\"MESSAGE\":\"" + PROMOTED + "\"}",
                        "journald-json",
                        micros,
                        MICROS,
                        RECEPTION),
                patroni(
                        "{\"@timestamp\":\"2023-12-10T13:19:54.575Z\",\"message\":\"" + PROMOTED
                                + "\",\"host\":{\"name\":\"db1\"},\"systemd\":{\"unit\":\"patroni.service\"}}",
                        "shipper-json",
                        millis,
                        MILLIS,
                        RECEPTION),
                patroni("db1  | " + plain, "patroni", millis, MILLIS, APPLICATION));
    }

    private static Example patroniJson(String line, String at, Precision precision) {
        return of(line, "patroni-json", at, precision, Component.PATRONI, PROMOTED);
    }

    static List<Example> programs() {
        String millis = "2023-12-10T13:19:54.575Z";
        String seconds = "2023-12-10T13:19:54Z";
        String stop = "LOG:  received fast shutdown request";
        return List.of(
                of("2023-12-10 16:19:54,575 INFO: " + PROMOTED, "patroni", millis, MILLIS, Component.PATRONI, PROMOTED),
                of("2023-12-10 16:19:54 INFO: " + PROMOTED, "patroni", seconds, SECONDS, Component.PATRONI, PROMOTED),
                patroniJson(
                        "{\"asctime\": \"2023-12-10 16:19:54,575\", \"levelname\": \"INFO\", \"message\": \"" + PROMOTED
                                + "\"}",
                        millis,
                        MILLIS),
                patroniJson(
                        "{\"@timestamp\": \"2023-12-10 16:19:54,575\", \"level\": \"INFO\", \"message\": \"" + PROMOTED
                                + "\"}",
                        millis,
                        MILLIS),
                patroniJson(
                        "{\"@timestamp\": \"2023-12-10 16:19:54,575\", \"level\": \"INFO\", \"msg\": \"" + PROMOTED
                                + "\", \"logger\": \"patroni.__main__\", \"module\": \"__main__\", \"app\": \"patroni\"}",
                        millis,
                        MILLIS),
                patroniJson(
                        "{\"time\": \"2023-12-10T16:19:54+0300\", \"severity\": \"INFO\", \"text\": \"" + PROMOTED
                                + "\", \"logger\": \"patroni.ha\"}",
                        seconds,
                        SECONDS),
                of(
                        "2023-12-10T16:19:54+0300 INFO: " + PROMOTED,
                        "patroni",
                        seconds,
                        SECONDS,
                        Component.PATRONI,
                        PROMOTED),
                of("< 2023-12-10 16:19:54.575 MSK > " + stop, "postgresql", millis, MILLIS, Component.POSTGRESQL, stop),
                of(
                        "[2023-12-10 16:19:54 MSK] [12] " + stop,
                        "postgresql",
                        seconds,
                        SECONDS,
                        Component.POSTGRESQL,
                        stop),
                of(
                        "raft2023/12/10 16:19:54 INFO: 1c became leader at term 2",
                        "etcd",
                        seconds,
                        SECONDS,
                        Component.ETCD,
                        "raft2023/12/10 16:19:54 INFO: 1c became leader at term 2"),
                of(
                        "2023-12-10 16:19:54.575 MSK [626] " + stop,
                        "postgresql",
                        millis,
                        MILLIS,
                        Component.POSTGRESQL,
                        stop),
                of(
                        "2023-12-10 16:19:54.575 +03 [626] " + stop,
                        "postgresql",
                        millis,
                        MILLIS,
                        Component.POSTGRESQL,
                        stop),
                of(
                        "2023-12-10 13:19:54 UTC [626-3] " + stop,
                        "postgresql",
                        seconds,
                        SECONDS,
                        Component.POSTGRESQL,
                        stop),
                of(
                        "2023-12-10 13:19:54.575 UTC [626] app@weather FATAL:  terminating connection",
                        "postgresql",
                        millis,
                        MILLIS,
                        Component.POSTGRESQL,
                        "FATAL:  terminating connection"),
                of(
                        "2023-12-10 13:19:54 UTC [66]: [5-1] user=,db=,app=,client= " + stop,
                        "postgresql",
                        seconds,
                        SECONDS,
                        Component.POSTGRESQL,
                        stop),
                of(
                        "2023-12-10 13:19:54 UTC:10.0.0.9(40112):app@weather:[1234]:ERROR:  deadlock detected",
                        "postgresql",
                        seconds,
                        SECONDS,
                        Component.POSTGRESQL,
                        "ERROR:  deadlock detected"),
                of(
                        "[2023-12-10 16:19:54] [NOTICE] promoting standby to primary",
                        "repmgr",
                        seconds,
                        SECONDS,
                        Component.REPMGR,
                        "promoting standby to primary"),
                of(
                        "2023-12-10 16:19:54 14377 INFO  primary_standby.c:1017: Promoting postgres",
                        "pg_autoctl",
                        seconds,
                        SECONDS,
                        Component.PG_AUTO_FAILOVER,
                        "Promoting postgres"),
                of("2023-12-10 16:19:54 " + stop, "postgresql", seconds, SECONDS, Component.POSTGRESQL, stop),
                of("1702214394.575 [626] " + stop, "postgresql", millis, MILLIS, Component.POSTGRESQL, stop),
                of(
                        "2023-12-10 16:19:54.575 MSK [1] СООБЩЕНИЕ:  система БД выключена",
                        "postgresql",
                        millis,
                        MILLIS,
                        Component.POSTGRESQL,
                        "LOG:  система БД выключена"),
                of(
                        "2023-12-10 13:19:54.575 UTC [9] STATEMENT:  select 'LOG:  received fast shutdown request'",
                        "postgresql",
                        millis,
                        MILLIS,
                        Component.POSTGRESQL,
                        "STATEMENT:  select 'LOG:  received fast shutdown request'"),
                of(
                        "{\"timestamp\":\"2023-12-10 13:19:54.575 UTC\",\"pid\":61,\"error_severity\":\"LOG\","
                                + "\"message\":\"received fast shutdown request\",\"query_id\":0}",
                        "postgresql-json",
                        millis,
                        MILLIS,
                        Component.POSTGRESQL,
                        stop),
                of(
                        "2023-12-10 16:19:54.575 MSK,\"app\",\"weather\",1234,\"10.0.0.9:4011\",6575.4d2,1,\"a,\"\"b\",2023-12-10"
                                + " 16:19:53 MSK,3/0,0,FATAL,57P01,\"terminating, \"\"now\"\"\",,,,,,,,,\"psql\"",
                        "postgresql-csv",
                        millis,
                        MILLIS,
                        Component.POSTGRESQL,
                        "FATAL:  terminating, \"now\""),
                formatted("2023-12-10 16:19:54,575 [INFO] " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 [INFO] patroni.ha: " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 - INFO - " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 - patroni.ha - INFO - " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 | INFO | " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 INFO patroni.ha: " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 patroni.ha INFO: " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 INFO " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 INFO     " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 INFO    : " + PROMOTED),
                formatted("2023-12-10 16:19:54,575,INFO," + PROMOTED),
                formatted("2023-12-10 16:19:54,575;INFO;" + PROMOTED),
                formatted("2023-12-10 16:19:54,575 patroni.ha INFO " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 1234 INFO " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 [1234] INFO: " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 INFO [1234] patroni.ha: " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 [MainThread] INFO: " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 INFO Thread-1 (run) ha.py:12 - " + PROMOTED),
                formatted("2023-12-10 16:19:54,575 - patroni.ha - MainThread - INFO - " + PROMOTED),
                formatted("INFO 2023-12-10 16:19:54,575 " + PROMOTED),
                formatted("INFO: 2023-12-10 16:19:54,575 patroni.ha: " + PROMOTED),
                formatted("[INFO] 2023-12-10 16:19:54,575 - " + PROMOTED),
                formatted("[2023-12-10 16:19:54,575] INFO: " + PROMOTED),
                formatted("[2023-12-10 16:19:54,575] [INFO] " + PROMOTED),
                of(
                        "2023-12-10 16:19:54,575 - ERROR:  x",
                        "postgresql",
                        millis,
                        MILLIS,
                        Component.POSTGRESQL,
                        "ERROR:  x"),
                of(
                        "2023-12-10 16:19:53.392123 I | raft: e8cc became follower at term 7",
                        "etcd",
                        "2023-12-10T13:19:53.392123Z",
                        MICROS,
                        Component.ETCD,
                        "e8cc became follower at term 7"),
                of(
                        "{\"level\":\"info\",\"ts\":\"2023-12-10T16:19:54.575+0300\",\"logger\":\"raft\",\"caller\":\"x.go:1\","
                                + "\"msg\":\"e8cc became follower at term 7\"}",
                        "etcd",
                        millis,
                        MILLIS,
                        Component.ETCD,
                        "e8cc became follower at term 7"),
                of(
                        "{\"level\":\"warn\",\"ts\":\"2023-12-10T13:19:54.575Z\",\"msg\":\"slow\",\"took\":\"1.2s\"}",
                        "etcd",
                        millis,
                        MILLIS,
                        Component.ETCD,
                        "slow took=1.2s"),
                of(
                        "2023-12-10 16:19:54.575 MSK [12] WARNING C-0x55: weather/app@10.0.0.9:4 pooler error: server down",
                        "pgbouncer",
                        millis,
                        MILLIS,
                        Component.PGBOUNCER,
                        "C-0x55: weather/app@10.0.0.9:4 pooler error: server down"),
                of(
                        "Sun Dec 10 16:19:54 2023: (VI_1) Entering MASTER STATE",
                        "keepalived",
                        seconds,
                        SECONDS,
                        Component.KEEPALIVED,
                        "(VI_1) Entering MASTER STATE"));
    }

    static List<Example> insideEnvelopes() {
        String short1 = "Dec 10 16:19:54 db1 ";
        String seconds = "2023-12-10T13:19:54Z";
        return List.of(
                received(
                        short1 + "patroni[18]: server promoting",
                        "journald-short",
                        seconds,
                        SECONDS,
                        Component.PATRONI,
                        "server promoting"),
                received(
                        short1 + "patroni[18]: LOG:  selected new timeline ID: 3",
                        "journald-short",
                        seconds,
                        SECONDS,
                        Component.POSTGRESQL,
                        "LOG:  selected new timeline ID: 3"),
                new Example(
                        short1 + "patroni[18]: 2023-12-10 16:19:54.575 MSK [1] LOG:  selected new timeline ID: 3",
                        "journald-short",
                        "2023-12-10T13:19:54.575Z",
                        MILLIS,
                        APPLICATION,
                        "db1",
                        Component.POSTGRESQL,
                        "LOG:  selected new timeline ID: 3"),
                received(
                        short1 + "postgres[18]: [5-1] user=app LOG:  database system is shut down",
                        "journald-short",
                        seconds,
                        SECONDS,
                        Component.POSTGRESQL,
                        "LOG:  database system is shut down"),
                received(
                        short1 + "haproxy[37]: [WARNING]  (37) : Server pg/db2 is DOWN.",
                        "journald-short",
                        seconds,
                        SECONDS,
                        Component.HAPROXY,
                        "Server pg/db2 is DOWN."),
                received(
                        short1 + "haproxy[37]: [WARNING] 343/161954 (37) : Server pg/db2 is DOWN.",
                        "journald-short",
                        seconds,
                        SECONDS,
                        Component.HAPROXY,
                        "Server pg/db2 is DOWN."),
                received(
                        short1 + "Keepalived_vrrp[9]: (VI_1) Entering MASTER STATE",
                        "journald-short",
                        seconds,
                        SECONDS,
                        Component.KEEPALIVED,
                        "(VI_1) Entering MASTER STATE"),
                received(
                        short1 + "kernel: sda: gone",
                        "journald-short",
                        seconds,
                        SECONDS,
                        Component.KERNEL,
                        "sda: gone"),
                received(
                        short1 + "systemd-logind[1]: System is powering down.",
                        "journald-short",
                        seconds,
                        SECONDS,
                        Component.SYSTEMD,
                        "System is powering down."),
                received(
                        short1 + "sudo[7]:   mc : TTY=pts/0 ; COMMAND=/usr/sbin/poweroff",
                        "journald-short",
                        seconds,
                        SECONDS,
                        Component.OPERATOR,
                        "  mc : TTY=pts/0 ; COMMAND=/usr/sbin/poweroff"),
                received(short1 + "cron[7]: job", "journald-short", seconds, SECONDS, Component.OTHER, "job"),
                new Example(
                        "{" + JOURNAL
                                + "\"_SOURCE_REALTIME_TIMESTAMP\":\"1702214394000001\",\"UNIT\":\"patroni.service\","
                                + "\"SYSLOG_IDENTIFIER\":\"systemd\",\"MESSAGE\":\"Stopping patroni.service\"}",
                        "journald-json",
                        "2023-12-10T13:19:54.000001Z",
                        MICROS,
                        SOURCE,
                        "db1",
                        Component.SYSTEMD,
                        "Stopping patroni.service"),
                new Example(
                        "2023-12-10T13:19:54.575123456Z stderr F 2023-12-10 13:19:54.575 UTC [1] LOG:  ready",
                        "container",
                        "2023-12-10T13:19:54.575Z",
                        MILLIS,
                        APPLICATION,
                        "",
                        Component.POSTGRESQL,
                        "LOG:  ready"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dec 10 16:19:54 db1 app[1]: 2023-12-10 16:19:54,575 INFO " + PROMOTED,
                "Dec 10 16:19:54 db1 app[1]: INFO 2023-12-10 16:19:54,575 " + PROMOTED,
                "Dec 10 16:19:54 db1 app[1]: [2023-12-10 16:19:54,575] INFO: " + PROMOTED,
                "Dec 10 16:19:54 db1 app[1]: INFO " + PROMOTED,
                "2023-12-10 16:19:54 INFO " + PROMOTED,
                "2023-12-10 16:19:54,575 INFO  [main] org.apache.zookeeper.ZooKeeper - " + PROMOTED,
                "2023-12-10 16:19:54,575 ERROR [main] org.apache.zookeeper.ZooKeeper - " + PROMOTED,
                "[2023-12-10 16:19:54,575] INFO " + PROMOTED + " (kafka.server.KafkaServer)"
            })
    void a_manner_that_other_programs_share_is_patronis_only_where_nothing_speaks_against_it(String text) {
        assertThat(Decoding.decode(text, Decoding.MOSCOW))
                .satisfiesAnyOf(
                        decoded -> assertThat(decoded).isNotInstanceOf(Decoded.Line.class),
                        decoded -> assertThat(((Decoded.Line) decoded).line().component())
                                .isNotEqualTo(Component.PATRONI));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user=,db= ",
                "user=postgres,db=weather,app=PostgreSQL JDBC Driver,client=::1 ",
                "user=[unknown],db=[unknown],app=[unknown],client=[local] ",
                "[1234] ",
                "1234 ",
                "[1234]: [5-1] user=,db=,app=,client= ",
                "6575bd2a.4d2 3/0 00000 ",
                "app@weather ",
                "[unknown]@[unknown] 10.0.0.9(4711) ",
                "@ "
            })
    void postgresql_in_the_stream_of_its_parent_needs_no_time_of_its_own(String prefix) {
        String message = "database system is ready to accept connections";
        for (String envelope : List.of(
                "Dec 10 16:19:54 db1 patroni[626]: %s",
                "2023-12-10T13:19:54Z stderr F %s",
                "{\"log\":\"%s\\n\",\"stream\":\"stderr\",\"time\":\"2023-12-10T13:19:54Z\"}")) {
            var line = line(envelope.formatted(prefix + "LOG:  " + message));

            assertThat(line.component()).isEqualTo(Component.POSTGRESQL);
            assertThat(line.message()).isEqualTo("LOG:  " + message);
            assertThat(line.stamp()).contains(new Stamp(Instant.parse("2023-12-10T13:19:54Z"), SECONDS, RECEPTION));
        }
    }

    @Test
    void docker_logs_with_times_give_postgresqls_lines_their_time() {
        assertThat(line("2023-12-10T13:19:54Z user=,db= LOG:  ready").stamp())
                .contains(new Stamp(Instant.parse("2023-12-10T13:19:54Z"), SECONDS, RECEPTION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dec 10 16:19:54 db1 patroni[626]: psql: error: FATAL:  the database system is starting up",
                "Dec 10 16:19:54 db1 patroni[626]: connection to server at \"db2\", port 5432 failed: FATAL:  the database system is starting up",
                "Dec 10 16:19:54 db1 patroni[626]: stderr=psql: FATAL:  the database system is starting up",
                "Dec 10 16:19:54 db1 app[1]: LOG:  database system is ready to accept connections",
                "2023-12-10T13:19:54Z stderr F FATAL:  terminating connection due to administrator command",
                "2023-12-10T13:19:54Z stderr F psycopg2.OperationalError: FATAL:  the database system is starting up"
            })
    void what_a_client_reports_is_no_line_of_postgresqls(String text) {
        assertThat(line(text).component()).isNotEqualTo(Component.POSTGRESQL);
    }

    @ParameterizedTest
    @MethodSource({"envelopes", "programs", "insideEnvelopes"})
    void each_format_gives_its_time_host_component_and_message(Example example) {
        var line = line(example.text());

        assertThat(Decoding.format(example.text())).isEqualTo(example.format());
        assertThat(line.stamp()).contains(new Stamp(Instant.parse(example.at()), example.precision(), example.clock()));
        assertThat(line.host()).isEqualTo(Optional.of(example.host()).filter(host -> !host.isEmpty()));
        assertThat(line.component()).isEqualTo(example.component());
        assertThat(line.message()).isEqualTo(example.message());
    }
}
