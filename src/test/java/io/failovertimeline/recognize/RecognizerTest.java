package io.failovertimeline.recognize;

import static io.failovertimeline.model.EventKind.DEMOTION_STARTED;
import static io.failovertimeline.model.EventKind.FAULT_SIGNAL;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LEADER_RACE;
import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.LOCK_ACQUIRED;
import static io.failovertimeline.model.EventKind.PROMOTED;
import static io.failovertimeline.model.EventKind.PROMOTION_STARTED;
import static io.failovertimeline.model.EventKind.REFUSED;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Stamp;
import io.failovertimeline.model.Writer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecognizerTest {

    private static final Recognizer RECOGNIZER = new Recognizer(Catalog.builtIn());
    private static final Instant AT = Instant.parse("2023-12-10T13:19:54.575Z");
    private static final Origin ORIGIN = Origin.line("db1.journal", 17);

    @Test
    void a_promotion_is_an_event_with_all_it_proves() {
        ClusterEvent event = event(Component.PATRONI, "promoted self to leader by acquiring session lock");

        assertThat(event.kinds()).containsExactly(PROMOTED, LOCK_ACQUIRED, PROMOTION_STARTED);
        assertThat(event.cluster()).isEqualTo("batman");
        assertThat(event.at()).isEqualTo(AT);
        assertThat(event.precision()).isEqualTo(Precision.MILLIS);
        assertThat(event.host()).contains("db1");
        assertThat(event.rule()).isEqualTo("patroni.promoted-by-lock");
        assertThat(event.text()).isEqualTo("promoted self to leader by acquiring session lock");
        assertThat(event.origin()).isEqualTo(ORIGIN);
    }

    @Test
    void a_heartbeat_tells_role_member_and_leader() {
        ClusterEvent event =
                event(Component.PATRONI, "no action. I am (db1), a secondary, and following a leader (db2)");

        assertThat(event.kinds()).containsExactly(HEARTBEAT);
        assertThat(event.fields())
                .containsOnly(entry("role", "replica"), entry("member", "db1"), entry("leader", "db2"));
    }

    @Test
    void a_leader_of_nobody_is_left_out_of_a_heartbeat() {
        ClusterEvent event =
                event(Component.PATRONI, "no action. I am (db1), a secondary, and following a leader (None)");

        assertThat(event.fields()).containsOnly(entry("role", "replica"), entry("member", "db1"));
    }

    @Test
    void a_pause_is_told_beside_the_message_itself() {
        ClusterEvent event = event(Component.PATRONI, "PAUSE: no action. I am (db1), the leader with the lock");

        assertThat(event.fields())
                .containsOnly(entry("paused", "PAUSE"), entry("role", "leader"), entry("member", "db1"));
    }

    @Test
    void a_lock_owner_line_tells_no_role() {
        ClusterEvent event = event(Component.PATRONI, "Lock owner: db2; I am db1");

        assertThat(event.fields()).containsOnly(entry("leader", "db2"), entry("member", "db1"));
    }

    @Test
    void a_failed_request_tells_the_peer_its_address_and_why() {
        ClusterEvent event = event(
                Component.PATRONI,
                "Request failed to db2: GET http://10.0.10.3:8008/patroni (HTTPConnectionPool(host='10.0.10.3', port=8008):"
                        + " Max retries exceeded with url: /patroni (Caused by ProtocolError('Connection aborted.',"
                        + " ConnectionResetError(104, 'Connection reset by peer'))))");

        assertThat(event.kinds()).containsExactly(LEADER_UNREACHABLE, LEADER_RACE);
        assertThat(event.fields())
                .containsOnly(entry("member", "db2"), entry("address", "10.0.10.3"), entry("reason", "RESET"));
    }

    @Test
    void a_refusal_tells_its_reason() {
        ClusterEvent event = event(Component.PATRONI, "My wal position exceeds maximum replication lag");

        assertThat(event.kinds()).containsExactly(REFUSED, LEADER_RACE);
        assertThat(event.field("reason")).contains("LAG");
    }

    @Test
    void a_shutdown_request_tells_its_mode() {
        ClusterEvent event = event(Component.POSTGRESQL, "LOG:  received fast shutdown request");

        assertThat(event.kinds()).containsExactly(FAULT_SIGNAL, DEMOTION_STARTED);
        assertThat(event.fields()).containsOnly(entry("mode", "fast"));
    }

    @Test
    void a_started_stream_tells_position_and_timeline() {
        ClusterEvent event =
                event(Component.POSTGRESQL, "LOG:  started streaming WAL from primary at 0/3000000 on timeline 2");

        assertThat(event.kinds()).containsExactly(STREAM_STARTED);
        assertThat(event.fields()).containsOnly(entry("lsn", "0/3000000"), entry("timeline", "2"));
    }

    @Test
    void a_severity_in_another_language_does_not_hide_the_message() {
        ClusterEvent event = event(Component.POSTGRESQL, "СООБЩЕНИЕ:  selected new timeline ID: 3");

        assertThat(event.kinds()).containsExactly(PROMOTED);
        assertThat(event.field("timeline")).contains("3");
    }

    @Test
    void a_monitor_that_tells_of_another_node_promotes_nobody() {
        ClusterEvent event = event(
                Component.POSTGRESQL,
                "LOG:  Setting goal state of node 2 \"db2\" (10.0.0.2:5432) to prepare_promotion after node 1 \"db1\""
                        + " (10.0.0.1:5432) became unhealthy and 1 nodes reported their LSN position.");

        assertThat(event.kinds()).containsExactly(LEADER_RACE);
        assertThat(event.fields()).containsOnly(entry("candidate", "db2"), entry("member", "db1"));
    }

    @Test
    void a_peer_of_etcd_is_told_from_what_zap_adds() {
        ClusterEvent event = event(
                Component.ETCD,
                "lost TCP streaming connection with remote peer stream-reader-type=stream MsgApp v2"
                        + " local-member-id=b317c30c72a8e8f3 remote-peer-id=b707023495e51626 error=EOF");

        assertThat(event.rule()).isEqualTo("etcd.stream-lost");
        assertThat(event.fields()).containsOnly(entry("server", "b707023495e51626"));
    }

    @Test
    void a_command_of_root_needs_no_sudo() {
        assertThat(event(Component.OPERATOR, "[root@db2 ~]# halt").rule()).isEqualTo("operator.power-off");
        assertThat(event(Component.OPERATOR, "root@db2:/etc# reboot").rule()).isEqualTo("operator.power-off");
    }

    @Test
    void a_read_only_database_is_not_taken_for_a_ready_one() {
        assertThat(event(Component.POSTGRESQL, "LOG:  database system is ready to accept read-only connections")
                        .rule())
                .isEqualTo("postgresql.ready-read-only");
    }

    @Test
    void what_a_client_made_the_server_repeat_proves_nothing() {
        Recognition recognition = RECOGNIZER.recognize(
                line(Component.POSTGRESQL, "STATEMENT:  database system is ready to accept connections"), "batman");

        assertThat(recognition).isEqualTo(new Recognition.KnownNoise("postgresql.detail"));
    }

    @Test
    void an_act_without_a_time_is_a_mark() {
        Recognition recognition = RECOGNIZER.recognize(unstamped(Component.OPERATOR, "sudo poweroff"), "batman");

        assertThat(recognition)
                .isEqualTo(new Recognition.Significant(new Mark(
                        "batman", FAULT_SIGNAL, Optional.of("db1"), "operator.power-off", "sudo poweroff", ORIGIN)));
    }

    @Test
    void any_other_line_without_a_time_is_known_and_of_no_use() {
        Recognition recognition = RECOGNIZER.recognize(
                unstamped(Component.PATRONI, "promoted self to leader by acquiring session lock"), "batman");

        assertThat(recognition).isEqualTo(new Recognition.KnownNoise("patroni.promoted-by-lock"));
    }

    @Test
    void an_entry_is_tried_on_lines_of_its_component_only() {
        for (Component component : Component.values()) {
            Recognition recognition = RECOGNIZER.recognize(line(component, "Leader key released"), "batman");

            assertThat(recognition instanceof Recognition.Significant).isEqualTo(component == Component.PATRONI);
        }
    }

    @Test
    void every_message_of_the_lab_is_known() throws IOException {
        List<String> unknown = new ArrayList<>();
        for (String row : labMessages()) {
            int tab = row.indexOf('\t');
            LogLine line = line(Component.valueOf(row.substring(0, tab)), row.substring(tab + 1));
            if (RECOGNIZER.recognize(line, "batman") instanceof Recognition.Unknown) {
                unknown.add(row);
            }
        }

        assertThat(unknown).isEmpty();
        assertThat(RECOGNIZER.cutOff()).isEmpty();
    }

    @Test
    void every_example_may_matter_in_plain_text_and_in_json() {
        for (Entry entry : Catalog.builtIn().entries()) {
            for (String example : entry.examples()) {
                assertThat(mayMatter("Dec 10 16:19:54 db1 patroni[626]: " + example))
                        .as(example)
                        .isTrue();
                assertThat(mayMatter("{\"MESSAGE\":\"" + escaped(example) + "\"}"))
                        .as(example)
                        .isTrue();
            }
        }
    }

    @Test
    void an_entry_looks_at_digits_only_where_its_expression_names_some() {
        assertThat(RECOGNIZER.isDigitBlind(Component.SYSTEMD, "Started session-12.scope - Session 12 of User deploy."))
                .isTrue();
        assertThat(RECOGNIZER.isDigitBlind(Component.POSTGRESQL, "LOG:  nothing that is known: 17"))
                .isTrue();
        assertThat(digitBlind("exit code (?<action>[0-9]{1,3}) of %{NOTSPACE:member}"))
                .isTrue();
        assertThat(digitBlind("exit code (?:0|1) of .*")).isFalse();
        assertThat(digitBlind("exit code %{IPV4:address} .*")).isFalse();
    }

    private static boolean digitBlind(String grok) {
        Entry entry = new Entry(
                "own.exit",
                Set.of(Component.OPERATOR),
                List.of("exit code "),
                grok,
                List.of(EventKind.NOISE),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "own.yaml:1");
        return new Rule(entry, new Groks(new TreeMap<>())).isDigitBlind();
    }

    @Test
    void a_request_log_does_not_matter() {
        assertThat(mayMatter(
                        "10.44.7.31:40112 [22/Nov/2026:18:13:51.104] web app/app1 0/0/1/12/13 200 512 - - ---- \"GET"
                                + " /Cities HTTP/1.1\""))
                .isFalse();
    }

    @Test
    void no_entry_is_slow_on_text_made_to_slow_it_down() {
        Recognizer recognizer = new Recognizer(Catalog.builtIn());
        for (Entry entry : Catalog.builtIn().entries()) {
            Component component = entry.components().iterator().next();
            for (String hostile : hostile(entry)) {
                recognizer.recognize(line(component, hostile), "batman");
            }
        }

        assertThat(recognizer.cutOff()).isEmpty();
    }

    @Test
    void arbitrary_text_never_throws() {
        Random random = new Random(7);
        List<Entry> entries = Catalog.builtIn().entries();
        for (int n = 0; n < 20_000; n++) {
            Entry entry = entries.get(random.nextInt(entries.size()));
            String example =
                    entry.examples().get(random.nextInt(entry.examples().size()));
            Component component = Component.values()[random.nextInt(Component.values().length)];

            assertThat(RECOGNIZER.recognize(line(component, mutated(random, example)), "batman"))
                    .isNotNull();
        }
    }

    @Test
    void a_message_is_cut_before_it_is_matched_but_not_within_a_character() {
        String message = "Changed x from " + "a".repeat(Recognizer.LONGEST_MESSAGE - 16) + "\uD83D\uDE00 to b";

        assertThat(RECOGNIZER.recognize(line(Component.PATRONI, message), "batman"))
                .isInstanceOf(Recognition.Unknown.class);
        String kept = event(
                        Component.PATRONI,
                        "Got response from db2 http://10.0.0.2:8008/patroni: "
                                + "a".repeat(Recognizer.LONGEST_MESSAGE - 53)
                                + "\uD83D\uDE00\uD83D\uDE00")
                .text();
        assertThat(kept).hasSizeBetween(Recognizer.LONGEST_MESSAGE - 1, Recognizer.LONGEST_MESSAGE);
        assertThat(Character.isHighSurrogate(kept.charAt(kept.length() - 1))).isFalse();
    }

    private static Stream<String> hostileParts(Entry entry) {
        return Stream.concat(entry.literals().stream(), entry.examples().stream());
    }

    private static List<String> hostile(Entry entry) {
        String example = entry.examples().get(0);
        List<String> texts = new ArrayList<>();
        hostileParts(entry).forEach(part -> texts.add(repeated(part)));
        texts.add(example + repeated("("));
        texts.add(example + repeated(" ") + "\0");
        texts.add(example + repeated("a ") + "\0");
        texts.add(example + repeated(", ") + "\0");
        texts.add(repeated(" ") + example);
        texts.add(repeated("A=b ; ") + example);
        texts.add("sudo " + repeated("-a ") + example);
        texts.add("x: " + repeated("timed out Connection refused ") + example);
        return texts;
    }

    private static String repeated(String part) {
        return part.repeat(Recognizer.LONGEST_MESSAGE / part.length() + 1);
    }

    private static String mutated(Random random, String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(mutated.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> mutated.insert(at, (char) random.nextInt(0x10000));
                case 1 -> mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(8)));
                default -> mutated.insert(at, text);
            }
        }
        return mutated.toString();
    }

    private static List<String> labMessages() throws IOException {
        try (InputStream bytes = RecognizerTest.class.getResourceAsStream("/recognize/lab-messages.tsv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
    }

    private static boolean mayMatter(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        return RECOGNIZER.mayMatter(bytes, 0, bytes.length);
    }

    @Test
    void the_unit_that_systemd_speaks_of_is_the_one_that_journald_names() {
        LogLine line = line(Component.SYSTEMD, "Stopped Runners to orchestrate a high-availability PostgreSQL.");
        LogLine named = new LogLine(
                line.stamp(),
                line.host(),
                Writer.UNKNOWN,
                Optional.of("patroni.service"),
                line.component(),
                line.severity(),
                line.message(),
                line.origin());

        Recognition recognition = RECOGNIZER.recognize(named, "batman");

        assertThat(((ClusterEvent) ((Recognition.Significant) recognition).evidence()).field("unit"))
                .contains("patroni.service");
    }

    private static ClusterEvent event(Component component, String message) {
        Recognition recognition = RECOGNIZER.recognize(line(component, message), "batman");
        assertThat(recognition).isInstanceOf(Recognition.Significant.class);
        return (ClusterEvent) ((Recognition.Significant) recognition).evidence();
    }

    private static LogLine line(Component component, String message) {
        Stamp stamp = new Stamp(AT, Precision.MILLIS, Stamp.Clock.APPLICATION);
        return new LogLine(
                Optional.of(stamp),
                Optional.of("db1"),
                Writer.UNKNOWN,
                Optional.empty(),
                component,
                Optional.empty(),
                message,
                ORIGIN);
    }

    private static LogLine unstamped(Component component, String message) {
        return new LogLine(
                Optional.empty(),
                Optional.of("db1"),
                Writer.UNKNOWN,
                Optional.empty(),
                component,
                Optional.empty(),
                message,
                ORIGIN);
    }
}
