package io.failovertimeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members whose logs fall silent, by a clock that is moved by hand. */
class SilentSourcesTest {

    private static final Duration SILENT_AFTER = AlertRules.USUAL.of("batman").silentAfter();

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss,SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration LOOP = Duration.ofSeconds(10);

    private final Topics topics = Topics.standard();

    @TempDir
    Path stateDir;

    private TopologyTestDriver driver;
    private Instant now = Instant.parse("2026-01-07T11:00:00Z");

    @BeforeEach
    void start() {
        driver = DrivenStream.begin(stateDir, now);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void a_member_that_falls_silent_while_others_go_on_is_told_and_over_when_it_is_heard_again() {
        loops(3, "db1", "db2");
        loops(7, "db1");
        List<AlertRecord> silent = told();
        loops(1, "db1", "db2");
        List<AlertRecord> heard = told();

        assertThat(silent).singleElement().satisfies(alert -> {
            assertThat(alert.name()).isEqualTo("SourceSilent");
            assertThat(alert.change()).isEqualTo(AlertRecord.Change.FIRED);
            assertThat(alert.members()).containsExactly("db2");
        });
        assertThat(heard).singleElement().satisfies(alert -> {
            assertThat(alert.fingerprint()).isEqualTo(silent.get(0).fingerprint());
            assertThat(alert.change()).isEqualTo(AlertRecord.Change.RESOLVED);
        });
    }

    @Test
    void a_cluster_of_which_nothing_is_heard_any_more_is_told_member_by_member() {
        loops(3, "db1", "db2");
        loops(7);
        List<AlertRecord> silent = told();
        loops(2, "db1", "db2");

        assertThat(silent)
                .extracting(alert -> alert.name() + " " + alert.members() + " " + alert.change())
                .containsExactlyInAnyOrder("SourceSilent [db1] FIRED", "SourceSilent [db2] FIRED");
        assertThat(told()).extracting(AlertRecord::change).containsOnly(AlertRecord.Change.RESOLVED);
    }

    @Test
    void members_that_are_heard_are_told_nothing_of() {
        loops(20, "db1", "db2");

        assertThat(told()).isEmpty();
    }

    @Test
    void of_a_backlog_no_member_is_told_to_be_silent_whose_lines_are_only_read_later() {
        archive(0, 30, "db1");
        archive(0, 3, "db2");
        List<AlertRecord> meanwhile = told();
        archive(3, 30, "db2");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        driver.advanceWallClockTime(Duration.ofSeconds(20));

        assertThat(meanwhile).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void when_a_backlog_has_been_read_a_member_that_fell_silent_in_it_is_told() {
        archive(0, 30, "db1");
        archive(0, 3, "db2");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        driver.advanceWallClockTime(Duration.ofSeconds(20));
        driver.advanceWallClockTime(Duration.ofMinutes(5));

        // The archive ends, which makes nobody else silent.
        assertThat(told()).singleElement().satisfies(alert -> assertThat(alert.members())
                .containsExactly("db2"));
    }

    @Test
    void what_is_silent_stays_so_over_a_new_start_long_after_the_last_line() {
        List<Evidence> evidence = List.of(heartbeat(0), heartbeat(10));
        ClusterAlerts alerts = new ClusterAlerts();
        alerts.learn(evidence, Correlator.findings(evidence), now.plusSeconds(10), SILENT_AFTER);
        List<AlertRecord> fired = changes(alerts, now.plusSeconds(80));

        Instant later = now.plus(Duration.ofHours(1));
        ClusterAlerts restarted = new ClusterAlerts();
        restarted.told.putAll(alerts.told);
        restarted.learn(evidence, Correlator.findings(evidence), later, SILENT_AFTER);

        assertThat(fired).extracting(AlertRecord::name).containsExactly("SourceSilent");
        assertThat(changes(restarted, later.plusSeconds(1))).isEmpty();
    }

    private static List<AlertRecord> changes(ClusterAlerts alerts, Instant wallClock) {
        List<AlertRecord> changes = alerts.changes("batman", AlertRules.USUAL, wallClock, start -> false);
        changes.forEach(alerts::tell);
        return changes;
    }

    private ClusterEvent heartbeat(long second) {
        return new ClusterEvent(
                "batman",
                now.plusSeconds(second),
                Precision.MILLIS,
                List.of(EventKind.HEARTBEAT),
                Optional.of("db1"),
                "patroni.leader",
                new TreeMap<>(),
                "no action. I am (db1), the leader with the lock",
                Origin.record("patroni-logs", 0, second));
    }

    /** Reads what {@code member} wrote in these loops of an hour ago, while no time passes. */
    private void archive(int from, int to, String member) {
        for (int loop = from; loop < to; loop++) {
            write(member, now.minus(Duration.ofHours(1)).plus(LOOP.multipliedBy(loop)));
        }
    }

    /** Passes so many loops of Patroni, of which {@code members} write; the first of all leads. */
    private void loops(int count, String... members) {
        for (int loop = 0; loop < count; loop++) {
            now = now.plus(LOOP);
            driver.advanceWallClockTime(LOOP);
            for (String member : members) {
                write(member, now);
            }
        }
    }

    private void write(String member, Instant at) {
        String line = STAMP.format(at) + " INFO: no action. I am (" + member + "), "
                + (member.equals("db1") ? "the leader with the lock" : "a secondary, and following a leader (db1)");
        driver.createInputTopic("patroni-logs", new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        null,
                        line.getBytes(UTF_8),
                        new RecordHints(
                                        Optional.of("batman"),
                                        Optional.of(member),
                                        Optional.of(ZoneOffset.UTC),
                                        Optional.empty(),
                                        Optional.empty())
                                .headers(),
                        at));
    }

    private List<AlertRecord> told() {
        driver.advanceWallClockTime(Duration.ofMillis(1500));
        return driver.createOutputTopic(
                        topics.alerts().name(),
                        topics.alerts().keys().deserializer(),
                        topics.alerts().values().deserializer())
                .readValuesToList();
    }
}
