package io.failovertimeline.decode.state;

import static io.failovertimeline.decode.state.Dumps.captured;
import static io.failovertimeline.decode.state.Dumps.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.Hints;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Precision;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateFactsTest {

    private static Hints hints(int hours, String near) {
        return new Hints(
                Optional.of("db1"),
                ZoneOffset.ofHours(hours),
                new TreeMap<>(),
                Optional.of(near).filter(text -> !text.isEmpty()).map(Instant::parse));
    }

    @Test
    void a_history_tells_of_promotions() throws IOException {
        List<StateFact> facts = StateFacts.of(captured("patronictl-history.txt", 1, 6), Hints.none());

        assertThat(facts).extracting(StateFact::kind).containsOnly(EventKind.PROMOTED);
        assertThat(facts.get(1).stamp().at()).isEqualTo("2026-11-22T18:18:04.445094Z");
        assertThat(facts.get(1).stamp().precision()).isEqualTo(Precision.MICROS);
        assertThat(facts.get(1).fields())
                .containsEntry("member", "pg-a")
                .containsEntry("lsn", "0/3495110")
                .containsEntry("reason", "no recovery target specified");
        assertThat(facts.get(1).rule()).isEqualTo("state.history");
        assertThat(facts.get(1).line()).isEqualTo(4);
    }

    @Test
    void the_dcs_tells_of_them_in_the_same_words() throws IOException {
        List<StateFact> ofTable = StateFacts.of(captured("patronictl-history.txt", 1, 6), Hints.none());
        List<StateFact> ofKeys = StateFacts.of(captured("etcd-keys.txt", 1, 14), Hints.none());

        assertThat(ofKeys)
                .extracting(StateFact::text)
                .isEqualTo(ofTable.stream().map(StateFact::text).toList());
        assertThat(ofKeys).allSatisfy(fact -> assertThat(fact.cluster()).contains("orders"));
    }

    @Test
    void a_time_without_offset_is_in_the_hosts_zone_and_an_empty_one_tells_nothing() {
        StateDump history = read(
                "| TL | LSN | Reason | Timestamp | New Leader |",
                "| 1 | 25623960 | no recovery target specified | | |",
                "| 2 | 25624000 | no recovery target specified | 2023-12-10T16:19:54.543001 | db1 |");

        assertThat(StateFacts.of(history, hints(3, "")))
                .extracting(fact -> fact.stamp().at())
                .containsExactly(Instant.parse("2023-12-10T13:19:54.543001Z"));
    }

    @Test
    void a_standby_had_word_from_its_sender() {
        StateDump receiver = read(
                "status | last_msg_send_time | last_msg_receipt_time | sender_host",
                "----+----+----+----",
                "streaming | 2023-12-10 16:19:35.44+0330 | 2023-12-10 16:19:35.449881+03:30 | 10.0.10.3",
                "(1 row)");

        assertThat(StateFacts.of(receiver, hints(0, ""))).singleElement().satisfies(fact -> {
            assertThat(fact.kind()).isEqualTo(EventKind.HEARTBEAT);
            assertThat(fact.host()).contains("db1");
            assertThat(fact.stamp().at()).isEqualTo("2023-12-10T12:49:35.449881Z");
            assertThat(fact.text()).contains("streaming from 10.0.10.3");
        });
    }

    @Test
    void times_of_day_are_of_the_day_that_is_known_and_go_on_behind_midnight() {
        StateDump trace = read(
                "TIME     PID               LADDR:LPORT          RADDR:RPORT  STATE",
                "23:59:59 0             10.0.10.3:28084       10.0.10.2:5432   ESTABLISHED",
                "00:00:01 0             10.0.10.3:28084       10.0.10.2:5432   ESTABLISHED");

        assertThat(StateFacts.of(trace, hints(3, "2023-12-10T09:00:00Z")))
                .extracting(fact -> fact.stamp().at().toString())
                .containsExactly("2023-12-10T20:59:59Z", "2023-12-10T21:00:01Z");
        assertThat(StateFacts.of(trace, hints(3, ""))).isEmpty();
    }

    @Test
    void what_has_no_time_says_nothing_of_instants() throws IOException {
        assertThat(StateFacts.of(captured("patronictl-list.txt", 2, 7), Hints.none()))
                .isEmpty();
    }

    @Test
    void the_line_above_tells_where_and_when() {
        assertThat(Lead.of("mcuser@db1:~$ patronictl list", Hints.none()).host())
                .contains("db1");
        Lead comment = Lead.of("# 2026-11-22T18:15:18.166+00:00 on db2", Hints.none());
        assertThat(comment.host()).contains("db2");
        assertThat(comment.takenAt()).contains(Instant.parse("2026-11-22T18:15:18.166Z"));
    }
}
