package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Evidence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of lines that come again and again, with the program's own stages. */
class HeartbeatRunsTest {

    private static final Instant BEGIN = Instant.parse("2026-01-07T11:00:00Z");
    private static final String LEADER = "no action. I am (db1), the leader with the lock";

    @TempDir
    Path stateDir;

    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        driver = DrivenStream.begin(stateDir, BEGIN);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void journal(Instant at, String program, String message) {
        journal(at, "db1", program, message);
    }

    private void journal(Instant at, String host, String program, String message) {
        String line = at.toString().replace("Z", "+00:00") + " " + host + " " + program + ": " + message;
        DrivenStream.journal(driver, line, at);
    }

    private void beat(int seconds) {
        journal(BEGIN.plusSeconds(seconds), "patroni[626]", LEADER);
    }

    private List<ClusterEvent> evidence() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        return evidenceAtOnce();
    }

    private List<ClusterEvent> evidenceAtOnce() {
        List<ClusterEvent> events = new ArrayList<>();
        driver.<String, Piece>getKeyValueStore(Correlate.EVIDENCE)
                .all()
                .forEachRemaining(entry -> events.add((ClusterEvent) entry.value.evidence()));
        events.sort(null);
        return events;
    }

    @Test
    void of_an_unbroken_run_of_heartbeats_the_first_and_the_latest_are_kept_and_how_long_it_was() {
        for (int second = 0; second <= 600; second += 10) {
            beat(second);
        }

        assertThat(evidence()).extracting(ClusterEvent::at).containsExactly(BEGIN, BEGIN.plusSeconds(600));
        assertThat(evidence().get(1).run()).contains(Duration.ofSeconds(600));
        assertThat(evidence().get(1).firstOfRun()).isEqualTo(evidence().get(0));
    }

    @Test
    void a_run_that_goes_on_within_a_second_is_told_once_and_what_is_held_of_it_is_stored() {
        beat(0);
        beat(10);
        beat(20);
        beat(30);
        List<ClusterEvent> told = evidenceAtOnce();
        List<Piece> stored =
                new HeldRuns(driver.<String, List<Piece>>getKeyValueStore(RecognizeLines.HELD_RUNS)).give(0);

        assertThat(told).extracting(ClusterEvent::at).containsExactly(BEGIN, BEGIN.plusSeconds(10));
        assertThat(stored)
                .extracting(piece -> ((ClusterEvent) piece.evidence()).at())
                .containsExactly(BEGIN.plusSeconds(30));
        assertThat(evidence()).extracting(ClusterEvent::at).containsExactly(BEGIN, BEGIN.plusSeconds(30));
    }

    @Test
    void what_was_told_is_no_longer_stored() {
        beat(0);
        beat(10);
        beat(20);
        evidence();
        journal(BEGIN.plusSeconds(21), "sshd[7]", "Accepted publickey for deploy");

        assertThat(driver.getKeyValueStore(RecognizeLines.HELD_RUNS).all()).isExhausted();
    }

    @Test
    void what_else_is_said_of_a_cluster_comes_after_the_heartbeats_before_it() {
        beat(0);
        beat(10);
        beat(20);
        journal(BEGIN.plusSeconds(21), "patroni[626]", "Lock owner: db2; I am db1");
        journal(
                BEGIN.plusSeconds(22),
                "patroni[626]",
                "demoting self because DCS is not accessible and I was a leader");

        assertThat(evidenceAtOnce()).extracting(ClusterEvent::at).contains(BEGIN.plusSeconds(20));
    }

    @Test
    void a_pause_that_is_too_long_ends_a_run_and_begins_another() {
        beat(0);
        beat(10);
        beat(40);
        beat(50);

        assertThat(evidence())
                .extracting(event -> Duration.between(BEGIN, event.at()).toSeconds())
                .containsExactly(0L, 10L, 40L, 50L);
    }

    @Test
    void lines_of_programs_outside_the_catalog_are_counted_and_leave_nothing() {
        beat(0);
        for (int second = 1; second < 9; second++) {
            journal(BEGIN.plusSeconds(second), "sshd[7]", "Accepted publickey for deploy");
        }
        beat(10);

        assertThat(evidence()).hasSize(2);
        assertThat(lines("unrelated")).isEqualTo(8);
    }

    @Test
    void
            a_line_that_proves_nothing_is_counted_as_others_that_differ_in_digits_were_and_one_that_says_more_is_recognized() {
        for (int second = 0; second < 5; second++) {
            journal(
                    BEGIN.plusSeconds(second),
                    "systemd[1]",
                    "Started session-" + second + ".scope - Session of User deploy.");
            journal(BEGIN.plusSeconds(second), "systemd[1]", "Reached an unheard-of target " + second + ".");
        }
        journal(BEGIN.plusSeconds(6), "systemd[1]", "Started postgresql.service - PostgreSQL.");

        assertThat(evidence()).extracting(ClusterEvent::at).containsExactly(BEGIN.plusSeconds(6));
        assertThat(lines("recognized")).isEqualTo(1);
        assertThat(lines("known-noise")).isEqualTo(5);
        assertThat(lines("unknown")).isEqualTo(5);
    }

    @Test
    void text_below_a_line_that_proves_nothing_belongs_to_it_and_not_to_one_above() {
        beat(0);
        for (int second = 1; second < 4; second++) {
            journal(BEGIN.plusSeconds(second), "systemd[1]", "Reached an unheard-of target " + second + ".");
            DrivenStream.journal(driver, "  and what it is for", BEGIN.plusSeconds(second));
        }
        beat(10);

        assertThat(evidence()).extracting(ClusterEvent::text).containsOnly(LEADER);
        assertThat(lines("rejected")).isZero();
    }

    private double lines(String what) {
        return driver.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(what + "-total"))
                .filter(entry -> "journald-logs".equals(entry.getKey().tags().get("lines-id")))
                .mapToDouble(entry -> (double) entry.getValue().metricValue())
                .sum();
    }

    @Test
    void the_store_of_open_records_holds_no_heartbeats() {
        beat(0);
        beat(10);

        assertThat(driver.getKeyValueStore(RecognizeLines.OPEN_RECORDS).all()).isExhausted();
    }

    private void says(String member, double second, String message) {
        Instant at = BEGIN.plusMillis(250 + Math.round(second * 1000));
        journal(at, member, "patroni[626]", message);
    }

    private void bothBeat(double from, double pause) {
        for (int round = 0; round < 8; round++) {
            double second = from + round * pause + (round % 2) * 0.02;
            says("db1", second, LEADER);
            says("db2", second + 0.1, "no action. I am (db2), a secondary, and following a leader (db1)");
        }
    }

    private List<Evidence> settings() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        List<Evidence> settings = new ArrayList<>();
        driver.<String, Piece>getKeyValueStore(Correlate.EVIDENCE).all().forEachRemaining(entry -> {
            if (entry.value.evidence() instanceof ClusterSettings its) {
                settings.add(its);
            }
        });
        return settings;
    }

    @Test
    void heartbeats_that_come_steadily_tell_the_pause_between_rounds() {
        bothBeat(0, 5);

        assertThat(settings()).hasSize(2).containsOnly(ClusterSettings.estimate("default", Duration.ofSeconds(5)));
    }

    @Test
    void heartbeats_that_come_at_no_pace_of_whole_seconds_tell_none() {
        bothBeat(0, 5.4);

        assertThat(settings()).isEmpty();
    }

    @Test
    void whenever_a_member_has_another_pace_it_takes_the_place_of_the_one_before() {
        bothBeat(0, 5);
        bothBeat(100, 7);
        bothBeat(200, 7);

        assertThat(settings()).hasSize(2).containsOnly(ClusterSettings.estimate("default", Duration.ofSeconds(7)));
    }

    /** Shippers send no settings. */
    @Test
    void a_leader_that_fell_silent_is_missed_from_its_next_round_on() {
        bothBeat(0, 5);
        says("db2", 52, "promoted self to leader by acquiring session lock");
        says("db2", 57, "no action. I am (db2), the leader with the lock");
        says("db1", 90, "Lock owner: db2; I am db1");
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        List<ObjectNode> incidents = driver.createOutputTopic(
                        "failovers", new StringDeserializer(), new JsonSerde<>(ObjectNode.class).deserializer())
                .readValuesToList();
        assertThat(incidents.get(incidents.size() - 1).path("startedAt").asText())
                .isEqualTo(BEGIN.plusMillis(40_270).toString());
    }
}
