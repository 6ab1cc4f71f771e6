package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.Scene.at;
import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LOCK_LOST;
import static io.failovertimeline.model.EventKind.LOCK_RELEASED;
import static io.failovertimeline.model.EventKind.PROMOTED;
import static io.failovertimeline.model.EventKind.READY_RW;
import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.ClockCorrection;
import io.failovertimeline.model.ClockOffset;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Step;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClocksTest {

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    /** db1 is stopped in good order and comes back; every delay is {@code slowness} times what it may be at the least. */
    private static Scene cleanStop(long slowness) {
        String time = "10:00:00.000";
        return new Scene()
                .leads("09:59:55.000", "db1")
                .follows("09:59:55.100", "db2", "db1")
                .follows("09:59:55.100", "db3", "db1")
                .stops(time, "db1")
                .postgres(later(time, 20 * slowness), "db2", STREAM_LOST, "end-of-wal", "reason", "CLEAN")
                .postgres(later(time, 22 * slowness), "db3", STREAM_LOST, "end-of-wal", "reason", "CLEAN")
                .postgres(later(time, 30 * slowness), "db1", DEMOTED, "shut-down")
                .patroni(later(time, 40 * slowness), "db1", LOCK_RELEASED, "key-released")
                .takesOver(later(time, 60 * slowness), "db2")
                .postgres(later(time, 62 * slowness), "db2", PROMOTED, "new-timeline", "timeline", "2")
                .postgres(later(time, 70 * slowness), "db2", READY_RW, "ready")
                .leads(later(time, 80 * slowness), "db2")
                .postgres(later(time, 90 * slowness), "db3", STREAM_STARTED, "streaming-started", "timeline", "2")
                .follows(later(time, 100 * slowness), "db3", "db2")
                .follows(later(time, 110 * slowness), "db1", "db2")
                .postgres(later(time, 120 * slowness), "db1", STREAM_STARTED, "streaming-started", "timeline", "2");
    }

    private static String later(String time, long millis) {
        return LocalTime.parse(time).plus(Duration.ofMillis(millis)).format(MILLIS);
    }

    private static List<Evidence> off(String host, Duration offset, Scene scene) {
        return ShiftedHost.by(offset, host, scene.evidence());
    }

    @Test
    void clocks_that_agree_are_not_mentioned() {
        Findings findings = cleanStop(10).findings();

        assertThat(findings.clocks()).isEmpty();
        assertThat(findings.incidents().get(0).events())
                .allSatisfy(step -> assertThat(step.correction()).isEmpty());
    }

    @Test
    void the_one_host_that_differs_from_two_is_the_one_that_is_off() {
        Findings findings = Correlator.findings(off("db1", Duration.ofSeconds(-40), cleanStop(10)));

        assertThat(findings.clocks()).extracting(ClockOffset::host).containsExactly("db1");
        assertThat(findings.clocks().get(0).offset()).isCloseTo(Duration.ofSeconds(-40), Duration.ofMillis(500));
        assertThat(findings.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
            assertThat(incident.oldLeader()).contains("db1");
            assertThat(incident.newLeader()).contains("db2");
        });
    }

    @Test
    void a_corrected_step_keeps_the_time_as_it_was_written() {
        Findings findings = Correlator.findings(off("db1", Duration.ofSeconds(-40), cleanStop(10)));

        ClockOffset clock = findings.clocks().get(0);
        Step stop = findings.incidents().get(0).events().stream()
                .filter(step -> step.text().contains("fast shutdown"))
                .findFirst()
                .orElseThrow();
        assertThat(stop.correction()).contains(new ClockCorrection(at("09:59:20.000"), clock.plusMinus()));
        assertThat(stop.at()).isEqualTo(at("09:59:20.000").minus(clock.offset()));
    }

    @Test
    void between_two_hosts_the_new_leaders_clock_is_taken_as_right() {
        Scene scene = new Scene()
                .leads("09:59:55.000", "db1")
                .follows("09:59:55.100", "db2", "db1")
                .stops("10:00:00.000", "db1")
                .postgres("10:00:00.050", "db2", STREAM_LOST, "end-of-wal", "reason", "CLEAN")
                .postgres("10:00:00.090", "db1", DEMOTED, "shut-down")
                .takesOver("10:00:01.000", "db2");

        Findings findings = Correlator.findings(off("db2", Duration.ofSeconds(7), scene));

        assertThat(findings.clocks()).singleElement().satisfies(clock -> {
            assertThat(clock.host()).isEqualTo("db1");
            assertThat(clock.offset()).isCloseTo(Duration.ofSeconds(-7), Duration.ofSeconds(1));
        });
    }

    @Test
    void clients_tell_which_of_two_hosts_is_off() {
        Scene scene = cleanStop(10);
        for (int second = -5; second < 30; second++) {
            boolean down = second >= 0 && second < 8;
            scene.request(later("10:00:00.200", second * 1000L), "GET /", down);
        }
        List<Evidence> ofTwo = off("db2", Duration.ofSeconds(90), scene).stream()
                .filter(piece -> !piece.toString().contains("host=Optional[db3]"))
                .toList();

        Findings findings = Correlator.findings(ofTwo);

        assertThat(findings.clocks()).extracting(ClockOffset::host).containsExactly("db2");
        assertThat(findings.incidents()).singleElement().satisfies(incident -> assertThat(incident.clientImpact())
                .isNotEmpty());
    }

    @Test
    void steady_heartbeats_prove_nothing() {
        Scene scene = new Scene();
        for (int second = 0; second < 50; second += 10) {
            scene.leads("10:00:" + (second + 10) + ".000", "db1")
                    .follows("10:02:" + (second + 10) + ".300", "db2", "db1");
        }

        assertThat(scene.findings().clocks()).isEmpty();
    }

    @Test
    void an_offset_with_a_limit_on_one_side_only_is_not_claimed() {
        Scene scene = new Scene()
                .leads("10:05:00.000", "db1")
                .follows("10:00:00.000", "db2", "db1")
                .stops("10:05:05.000", "db1")
                .takesOver("10:00:06.000", "db2")
                .leads("10:00:08.000", "db2");

        assertThat(scene.findings().clocks()).isEmpty();
    }

    @Test
    void a_bound_that_contradicts_surer_ones_is_left_out() {
        Clock a = Clock.ofHost("a");
        Clock b = Clock.ofHost("b");
        ClockBounds bounds = new ClockBounds(List.of(
                new ClockBound(a, b, Duration.ofSeconds(-9), ClockBound.Proof.NAMED_BEFORE_LOCK),
                new ClockBound(b, a, Duration.ofSeconds(2), ClockBound.Proof.TIMELINE),
                new ClockBound(a, b, Duration.ofSeconds(1), ClockBound.Proof.STOP_BEFORE_LOCK)));

        assertThat(bounds.limit(a, b)).map(ClockBounds.Limit::most).contains(Duration.ofSeconds(1));
        assertThat(bounds.limit(b, a)).map(ClockBounds.Limit::most).contains(Duration.ofSeconds(2));
    }

    @Test
    void bounds_add_up_along_a_chain_of_hosts() {
        Clock a = Clock.ofHost("a");
        Clock b = Clock.ofHost("b");
        Clock c = Clock.ofHost("c");
        ClockBounds bounds = new ClockBounds(List.of(
                new ClockBound(a, b, Duration.ofSeconds(3), ClockBound.Proof.TIMELINE),
                new ClockBound(b, c, Duration.ofSeconds(-1), ClockBound.Proof.TIMELINE)));

        assertThat(bounds.limit(a, c)).map(ClockBounds.Limit::most).contains(Duration.ofSeconds(2));
        assertThat(bounds.limit(c, a)).isEmpty();
    }

    @Test
    void two_leaders_within_the_error_of_a_clock_are_possible_not_proven() {
        Scene scene = new Scene()
                .leads("09:59:55.000", "db1")
                .follows("09:59:55.100", "db2", "db1")
                .takesOver("10:00:30.000", "db2")
                .postgres("10:00:30.100", "db2", PROMOTED, "new-timeline", "timeline", "2")
                .postgres("10:00:30.200", "db2", READY_RW, "ready")
                .postgres(
                        "10:00:30.250",
                        "db2",
                        HEARTBEAT,
                        "last-transaction",
                        "lastTransaction",
                        "2026-11-22 10:00:22.000000+00")
                .leads("10:00:32.000", "db2")
                .patroni("10:00:36.000", "db1", LOCK_LOST, "demoting-lock-not-owned")
                .follows("10:00:37.000", "db1", "db2")
                .postgres("10:00:40.000", "db1", STREAM_STARTED, "streaming-started", "timeline", "2");

        Findings trusted = scene.findings();
        Findings corrected = Correlator.findings(off("db1", Duration.ofSeconds(60), scene));

        assertThat(trusted.incidents().get(0).dualLeaders())
                .extracting(DualLeaders::verdict)
                .containsExactly(DualLeaders.Verdict.PROVEN);
        assertThat(corrected.clocks()).extracting(ClockOffset::host).containsExactly("db1");
        assertThat(corrected.incidents().get(0).dualLeaders())
                .extracting(DualLeaders::verdict)
                .doesNotContain(DualLeaders.Verdict.PROVEN);
    }

    @Test
    void no_reported_interval_excludes_the_truth_whatever_the_offsets_and_delays() {
        int claims = 0;
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Evidence> evidence = cleanStop(1 + random.nextInt(60)).evidence();
            List<Duration> offsets = new ArrayList<>();
            for (int host = 1; host <= 3; host++) {
                long most = random.nextBoolean() ? 500 : 120_000;
                Duration offset = random.nextInt(3) == 0
                        ? Duration.ZERO
                        : Duration.ofMillis((long) ((random.nextDouble() * 2 - 1) * most));
                offsets.add(offset);
                evidence = ShiftedHost.by(offset, "db" + host, evidence);
            }

            Findings findings = Correlator.findings(evidence);

            for (ClockOffset clock : findings.clocks()) {
                claims++;
                Duration own = offsets.get(number(clock.host()));
                assertThat(offsets.stream().map(own::minus))
                        .as("seed " + seed + ": " + offsets + " told as " + clock)
                        .anyMatch(
                                truth -> truth.compareTo(clock.atLeast()) >= 0 && truth.compareTo(clock.atMost()) <= 0);
            }
            assertThat(findings.clocks()).as("seed " + seed).hasSizeLessThan(3);
        }
        assertThat(claims).isGreaterThan(100);
    }

    private static int number(String host) {
        return host.charAt(host.length() - 1) - '1';
    }

    @Test
    void any_order_and_any_repetition_tell_the_same_offsets() {
        for (int seed = 0; seed < 50; seed++) {
            List<Evidence> evidence = new ArrayList<>(off("db3", Duration.ofSeconds(20), cleanStop(10)));
            Findings expected = Correlator.findings(evidence);
            evidence.addAll(evidence.subList(0, seed % evidence.size()));
            Collections.shuffle(evidence, new Random(seed));

            assertThat(Correlator.findings(evidence)).isEqualTo(expected);
            assertThat(expected.clocks()).hasSize(1);
        }
    }
}
