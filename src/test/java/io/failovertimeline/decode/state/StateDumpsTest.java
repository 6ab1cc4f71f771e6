package io.failovertimeline.decode.state;

import static io.failovertimeline.decode.state.Dumps.captured;
import static io.failovertimeline.decode.state.Dumps.collapsed;
import static io.failovertimeline.decode.state.Dumps.column;
import static io.failovertimeline.decode.state.Dumps.find;
import static io.failovertimeline.decode.state.Dumps.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.StateKind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDumpsTest {

    @Test
    void a_list_names_its_cluster_members_and_roles() throws IOException {
        StateDump list = captured("patronictl-list.txt", 2, 7);

        assertThat(list.kind()).isEqualTo(StateKind.PATRONICTL_LIST);
        assertThat(list.cluster()).contains("orders");
        assertThat(column(list, "member")).containsExactly("pg-a", "pg-b");
        assertThat(column(list, "role")).containsExactly("Sync Standby", "Leader");
        assertThat(column(list, "tl")).containsExactly("2", "2");
        assertThat(column(list, "lag_in_mb")).containsExactly("0", "-");
        assertThat(list.rows()).extracting(StateDump.Row::line).containsExactly(3, 4);
    }

    @Test
    void a_copy_with_collapsed_blanks_says_the_same() throws IOException {
        List<String> lines = captured("patronictl-list.txt").subList(1, 7);

        assertThat(read(collapsed(lines))).isEqualTo(read(lines.toArray(String[]::new)));
    }

    @Test
    void a_topology_is_a_list_whose_branches_are_no_part_of_names() throws IOException {
        assertThat(column(captured("patronictl-topology.txt", 1, 6), "member")).containsExactly("pg-a", "pg-b");
    }

    @Test
    void columns_of_newer_versions_are_read_by_their_header_and_broken_cells_are_joined() {
        StateDump list = read(
                "+ Cluster: batman (7277694203142172922) -+-----------+----+-------------+-----+------------+-----+----------+",
                "| Member | Host           | Role    | State     | TL | Receive LSN | Lag | Replay LSN | Lag | Tags     |",
                "+--------+----------------+---------+-----------+----+-------------+-----+------------+-----+----------+",
                "| db1    | 10.0.0.1       | Leader  | running   |  3 |             |     |            |     | a: true  |",
                "|        |                |         |           |    |             |     |            |     | b: false |",
                "| db2    | 10.0.0.2:5433  | Replica | streaming |  3 | 0/4000148   |   1 | 0/4000140  |   2 |          |",
                "+--------+----------------+---------+-----------+----+-------------+-----+------------+-----+----------+",
                " Maintenance mode: on",
                " Switchover scheduled at: 2024-05-01T10:00:00+00:00",
                "                    from: db1");

        assertThat(list.cluster()).contains("batman");
        assertThat(column(list, "tags")).startsWith("a: true b: false");
        assertThat(column(list, "receive_lag")).contains("1");
        assertThat(column(list, "replay_lag")).contains("2");
        assertThat(column(list, "maintenance_mode")).contains("on");
        assertThat(column(list, "switchover_scheduled_at")).contains("2024-05-01T10:00:00+00:00");
    }

    @Test
    void a_list_before_2_0_has_no_title_and_names_the_cluster_in_each_row() {
        StateDump list = read(
                "+---------+--------+----------+--------+---------+----+-----------+",
                "| Cluster | Member |   Host   |  Role  |  State  | TL | Lag in MB |",
                "+---------+--------+----------+--------+---------+----+-----------+",
                "|  batman |  db1   | 10.0.0.1 | Leader | running |  3 |       0.0 |",
                "|  batman |  db2   | 10.0.0.2 |        | running |  3 |       1.0 |",
                "|  batman |  db3   | 10.0.0.3 |        | stopped |    |   unknown |",
                "+---------+--------+----------+--------+---------+----+-----------+",
                " Maintenance mode: on",
                " Switchover scheduled at: 2020-05-01T10:00:00+00:00",
                "                    from: db1");

        assertThat(list.cluster()).contains("batman");
        assertThat(column(list, "member")).startsWith("db1", "db2", "db3");
        assertThat(column(list, "role")).startsWith("Leader", "-", "-");
        assertThat(column(list, "lag_in_mb")).startsWith("0.0", "1.0", "unknown");
        assertThat(column(list, "maintenance_mode")).contains("on");
        assertThat(column(list, "from")).contains("db1");
    }

    @Test
    void a_citus_cluster_has_groups() {
        StateDump list = read(
                "+ Citus cluster: demo ----+----------+---------+---------+----+-----------+",
                "| Group | Member  | Host       | Role         | State   | TL | Lag in MB |",
                "+-------+---------+------------+--------------+---------+----+-----------+",
                "|     0 | coord1  | 172.27.0.2 | Leader       | running |  1 |           |");

        assertThat(list.cluster()).contains("demo");
        assertThat(column(list, "group")).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"Cluster\": \"batman\", \"Member\": \"db1\", \"Host\": \"10.0.0.1\", \"Role\": \"Leader\","
                        + " \"State\": \"running\", \"TL\": 3}, {\"Cluster\": \"batman\", \"Member\": \"db2\","
                        + " \"Host\": \"10.0.0.2\", \"Role\": \"Replica\", \"State\": \"streaming\", \"TL\": 3}]",
                "Cluster\tMember\tHost\tRole\tState\tTL\tLag in MB\nbatman\tdb1\t10.0.0.1\tLeader\trunning\t3\t\n"
                        + "batman\tdb2\t10.0.0.2\tReplica\tstreaming\t3\t0",
                "- Cluster: batman\n  Host: 10.0.0.1\n  Member: db1\n  Role: Leader\n  State: running\n  TL: 3\n"
                        + "- Cluster: batman\n  Host: 10.0.0.2\n  Member: db2\n  Role: Replica\n  TL: 3",
                "{\"members\": [{\"name\": \"db1\", \"role\": \"Leader\", \"timeline\": 3}, {\"name\": \"db2\","
                        + " \"role\": \"Replica\", \"timeline\": 3}], \"scope\": \"batman\"}",
                "{\n  \"members\": [\n    {\n      \"name\": \"db1\",\n      \"role\": \"Leader\",\n      \"timeline\": 3\n"
                        + "    },\n    {\n      \"name\": \"db2\",\n      \"role\": \"Replica\",\n      \"timeline\": 3\n    }\n"
                        + "  ],\n  \"scope\": \"batman\"\n}",
                "[\n  {\n    \"Cluster\": \"batman\",\n    \"Member\": \"db1\",\n    \"Role\": \"Leader\",\n    \"Host\": \"x\",\n"
                        + "    \"TL\": 3\n  },\n  {\n    \"Cluster\": \"batman\",\n    \"Member\": \"db2\",\n"
                        + "    \"Role\": \"Replica\",\n    \"TL\": 3\n  }\n]",
            })
    void members_read_the_same_in_every_format(String text) {
        StateDump list = read(text);

        assertThat(list.cluster()).contains("batman");
        assertThat(column(list, "member")).containsExactly("db1", "db2");
        assertThat(column(list, "role")).containsExactly("Leader", "Replica");
        assertThat(column(list, "tl")).containsExactly("3", "3");
    }

    @Test
    void a_history_has_positions_as_postgresql_writes_them() throws IOException {
        StateDump history = captured("patronictl-history.txt", 1, 6);

        assertThat(history.kind()).isEqualTo(StateKind.PATRONICTL_HISTORY);
        assertThat(column(history, "lsn")).containsExactly("54999816", "55136528");
        assertThat(column(history, "lsn_hex")).containsExactly("0/3473B08", "0/3495110");
        assertThat(column(history, "new_leader")).containsExactly("pg-b", "pg-a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"TL\": 1, \"LSN\": 25623960, \"Reason\": \"no recovery target specified\","
                        + " \"Timestamp\": \"2019-09-23T16:57:57+02:00\"}]",
                "TL\tLSN\tReason\tTimestamp\n1\t25623960\tno recovery target specified\t2019-09-23T16:57:57+02:00",
                "- LSN: 25623960\n  Reason: no recovery target specified\n  TL: 1\n  Timestamp: '2019-09-23T16:57:57+02:00'",
                "[[1,25623960,\"no recovery target specified\",\"2019-09-23T16:57:57+02:00\"]]",
                "| TL |      LSN |            Reason            |         Timestamp         |\n"
                        + "|  1 | 25623960 | no recovery target specified | 2019-09-23T16:57:57+02:00 |",
            })
    void a_history_without_leaders_reads_the_same_in_every_format(String text) {
        StateDump history = read(text);

        assertThat(history.kind()).isEqualTo(StateKind.PATRONICTL_HISTORY);
        assertThat(column(history, "tl")).containsExactly("1");
        assertThat(column(history, "lsn_hex")).containsExactly("0/186FD98");
        assertThat(column(history, "timestamp")).containsExactly("2019-09-23T16:57:57+02:00");
        assertThat(column(history, "new_leader")).containsExactly("-");
    }

    @Test
    void keys_of_the_dcs_read_the_same_as_text_and_in_base64() throws IOException {
        StateDump text = captured("etcd-keys.txt", 1, 14);
        StateDump json = captured("etcd-keys.json", 1, 1);

        assertThat(text.kind()).isEqualTo(StateKind.DCS_KEYS);
        assertThat(text.cluster()).contains("orders");
        assertThat(column(text, "key"))
                .containsExactly(
                        "config",
                        "history",
                        "history",
                        "initialize",
                        "leader",
                        "members/pg-a",
                        "members/pg-b",
                        "status");
        assertThat(column(text, "value")).contains("pg-a", "7711061496352124980");
        assertThat(column(text, "ttl")).startsWith("20");
        assertThat(column(text, "optime_hex")).endsWith("0/34F6718");
        assertThat(json.rows())
                .extracting(StateDump.Row::fields)
                .isEqualTo(text.rows().stream().map(StateDump.Row::fields).toList());
    }

    @Test
    void values_of_keys_may_span_lines_be_empty_or_missing() {
        StateDump keys = read(
                "/service/batman/0/config",
                "{",
                "  \"ttl\": 30,",
                "  \"/service/batman/leader\": 1",
                "}",
                "/service/batman/initialize",
                "",
                "/service/batman/optime/leader",
                "67108864",
                "/service/batman/sync",
                "null");

        assertThat(keys.cluster()).contains("batman");
        assertThat(column(keys, "key")).containsExactly("config", "initialize", "optime/leader", "sync");
        assertThat(column(keys, "optime_hex")).contains("0/4000000");
    }

    @Test
    void tables_of_etcdctl_are_read_by_their_header() throws IOException {
        StateDump status = captured("endpoint-status.txt", 1, 7);
        StateDump newer = read(
                "+-----------------+------------------+---------+-----------------+-----------+-----------+",
                "|    ENDPOINT     |        ID        | VERSION | STORAGE VERSION | IS LEADER | RAFT TERM |",
                "+-----------------+------------------+---------+-----------------+-----------+-----------+",
                "| 10.44.7.11:2379 | b317c30c72a8e8f3 |   3.6.0 |           3.6.0 |      true |         2 |");
        StateDump health = read(
                "+----------------+--------+-----------+-------+",
                "|    ENDPOINT    | HEALTH |   TOOK    | ERROR |",
                "+----------------+--------+-----------+-------+",
                "| 127.0.0.1:2379 |  false | 2.1234ms  |  x    |");

        assertThat(status.kind()).isEqualTo(StateKind.ETCD_ENDPOINT_STATUS);
        assertThat(column(status, "is_leader")).containsExactly("true", "false", "false");
        assertThat(column(newer, "storage_version")).containsExactly("3.6.0");
        assertThat(health.kind()).isEqualTo(StateKind.ETCD_ENDPOINT_HEALTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+------------------+---------+-------+-----------------------+-----------------------+------------+\n"
                        + "|        ID        | STATUS  | NAME  |      PEER ADDRS       |     CLIENT ADDRS      | IS LEARNER |\n"
                        + "+------------------+---------+-------+-----------------------+-----------------------+------------+\n"
                        + "| 28cd7332cee13aa8 | started | etcd1 | http://10.0.10.4:2380 | http://10.0.10.4:2379 |      false |",
                "28cd7332cee13aa8, started, etcd1, http://10.0.10.4:2380, http://10.0.10.4:2379, false",
                "{\"header\":{\"cluster_id\":1},\"members\":[{\"ID\":2940132793799228072,\"name\":\"etcd1\","
                        + "\"peerURLs\":[\"http://10.0.10.4:2380\"],\"clientURLs\":[\"http://10.0.10.4:2379\"]}]}",
            })
    void members_of_etcd_read_the_same_in_every_format(String text) {
        StateDump members = read(text);

        assertThat(members.kind()).isEqualTo(StateKind.ETCD_MEMBERS);
        assertThat(column(members, "id")).containsExactly("28cd7332cee13aa8");
        assertThat(column(members, "name")).containsExactly("etcd1");
        assertThat(column(members, "client_addrs")).containsExactly("http://10.0.10.4:2379");
        assertThat(column(members, "is_learner")).containsExactly("false");
    }

    @Test
    void a_view_reads_the_same_aligned_and_expanded() throws IOException {
        StateDump aligned = captured("pg-stat-replication.txt", 3, 6);
        StateDump expanded = captured("pg-stat-replication.txt", 8, 28);

        assertThat(aligned.kind()).isEqualTo(StateKind.PG_STAT_REPLICATION);
        assertThat(expanded.kind()).isEqualTo(StateKind.PG_STAT_REPLICATION);
        for (String name : List.of("application_name", "state", "sync_state", "client_addr", "pid")) {
            assertThat(column(aligned, name)).isEqualTo(column(expanded, name)).doesNotContain("-");
        }
        assertThat(column(aligned, "backend_xmin")).containsExactly("-");
    }

    @Test
    void selected_columns_in_a_write_up_are_enough() {
        StateDump receiver = read(
                "status | last_msg_send_time | last_msg_receipt_time | slot_name | sender_host | sender_port",
                "-----------+-------------------------------+-------------------------------+-----------+------+------",
                "streaming | 2023-12-10 16:19:35.447349+03 | 2023-12-10 16:19:35.449881+03 | db1 | 10.0.10.3 | 5432",
                "(1 row)");

        assertThat(receiver.kind()).isEqualTo(StateKind.PG_STAT_WAL_RECEIVER);
        assertThat(column(receiver, "sender_host")).containsExactly("10.0.10.3");
    }

    @Test
    void a_view_without_rows_is_a_dump_too() {
        assertThat(read(" pid | application_name | sync_state ", "-----+---+---", "(0 rows)")
                        .rows())
                .isEmpty();
    }

    @Test
    void a_value_that_psql_breaks_is_joined() {
        StateDump receiver = read(
                " status    |   conninfo   | sender_port ",
                "-----------+--------------+-------------",
                " streaming | user=a      +|        5432",
                "           | host=b       |            ",
                "(1 row)");

        assertThat(column(receiver, "conninfo")).containsExactly("user=a host=b");
    }

    @Test
    void recovery_is_a_view_of_one_column() {
        StateDump recovery = read(" pg_is_in_recovery ", "-------------------", " f", "(1 row)");

        assertThat(recovery.kind()).isEqualTo(StateKind.PG_IS_IN_RECOVERY);
        assertThat(column(recovery, "pg_is_in_recovery")).containsExactly("f");
    }

    @Test
    void a_members_own_answer_names_it_and_its_cluster() {
        StateDump status =
                read("{\"state\": \"running\", \"postmaster_start_time\": \"2024-08-28 19:39:26.352526+00:00\","
                        + " \"role\": \"master\", \"server_version\": 150004, \"xlog\": {\"location\": 67395656},"
                        + " \"timeline\": 1, \"replication\": [], \"patroni\": {\"version\": \"3.0.2\", \"scope\": \"demo\","
                        + " \"name\": \"patroni1\"}}");

        assertThat(status.kind()).isEqualTo(StateKind.PATRONI_STATUS);
        assertThat(status.cluster()).contains("demo");
        assertThat(column(status, "member")).containsExactly("patroni1");
        assertThat(column(status, "xlog_location_hex")).containsExactly("0/4046048");
    }

    @Test
    void segments_sent_again_are_counted_by_pair_and_second_and_midnight_begins_a_day() {
        StateDump trace = read(
                "TIME     PID               LADDR:LPORT          RADDR:RPORT  STATE",
                "23:59:59 0             10.0.10.3:28084       10.0.10.2:5432   ESTABLISHED",
                "23:59:59 0             10.0.10.3:28090       10.0.10.2:5432   ESTABLISHED",
                "00:00:01 17         fe80::1:28084         fe80::2: 2379   SYN_SENT");

        assertThat(column(trace, "retransmits")).containsExactly("2", "1");
        assertThat(column(trace, "remote")).containsExactly("10.0.10.2", "fe80::2");
        assertThat(column(trace, "remote_port")).containsExactly("5432", "2379");
        assertThat(column(trace, "local_port")).containsExactly("-", "28084");
        assertThat(column(trace, "day")).containsExactly("0", "1");
    }

    @Test
    void bccs_trace_reads_as_bpftraces() {
        StateDump trace = read(
                "TIME     PID    IP LADDR:LPORT          T> RADDR:RPORT          STATE",
                "01:55:05 0      4  10.153.223.157:22    R> 69.53.245.40:34619   ESTABLISHED",
                "01:55:05 0      4  10.153.223.157:22    L> 69.53.245.40:34619   ESTABLISHED");

        assertThat(column(trace, "local")).containsExactly("10.153.223.157");
        assertThat(column(trace, "retransmits")).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| Host | Role |\n|------|------|\n| db1 | database |",
                "| Name | Meaning |\n| --- | --- |\n| reply_time | when |",
                "+------+-------+\n| host | value |\n+------+-------+\n| a    | b     |",
                "status | what | why\nstreaming | it streams | always",
                "state | sync_state\nyes | no",
                "db1  | 2023-12-10 16:19:54,575 INFO: no action. I am (db1), the leader with the lock",
                "{\"state\":\"running\",\"message\":\"x\"}",
                "{\"ttl\":5,\"msg\":\"lease granted\"}",
                "/var/lib/postgresql/data/config\nx",
                "/etc/haproxy/status",
                "[\n1\n]",
                "TIME is up",
                "-[ RECORD 1 ]---\nname | value",
                "- Host: example.org\n  Role: none",
            })
    void other_tables_and_texts_are_no_dumps(String text) {
        assertThat(find(text)).isEmpty();
    }
}
