package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.ClientOutage;
import io.failovertimeline.model.ErrorKind;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.RecoveryTargets;
import io.failovertimeline.model.RtoVerdict;
import io.failovertimeline.model.SentIn;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A leader is silent from 10:00:30 on, and another takes over at 10:01:00. */
class ClientAccountsTest {

    private static final Instant BEGIN = at("10:00:00");

    private static Scene takeover() {
        Scene scene = new Scene().ttl(30);
        for (int second = 0; second <= 30; second += 10) {
            scene.leads("10:00:" + two(second), "pg-a").follows("10:00:" + two(second), "pg-b", "pg-a");
        }
        return scene.cannotReach("10:00:59", "pg-b", "pg-a")
                .takesOver("10:01:00.000", "pg-b")
                .leads("10:01:10", "pg-b")
                .leads("10:01:20", "pg-b")
                .leads("10:01:30", "pg-b")
                .leads("10:02:00", "pg-b");
    }

    @Test
    void each_failed_request_is_counted_in_the_phase_in_which_it_was_sent() {
        Scene scene = takeover();
        requests(scene, "GET /a", 0, 36, false, 20);
        requests(scene, "GET /a", 36, 65, true, 20);
        requests(scene, "GET /a", 65, 90, false, 20);

        Incident incident = scene.onlyIncident();

        ClientImpact felt = incident.clientImpact().get(0);
        assertThat(felt.failedBySending().values().stream()
                        .mapToLong(count -> count)
                        .sum())
                .isEqualTo(felt.failedRequests());
        for (Phase phase : incident.phases()) {
            long sent = 4 * seconds(phase, 36, 65);
            assertThat(felt.failedBySending().getOrDefault(SentIn.of(phase.name()), 0L))
                    .isEqualTo(sent);
        }
        assertThat(felt.errorKinds()).containsOnlyKeys(ErrorKind.SERVER_ERROR);
        assertThat(felt.firstServedAfterPromotion()).contains(BEGIN.plusSeconds(65));
    }

    @Test
    void an_incident_is_held_against_the_target_of_its_cluster() {
        Scene scene = takeover();
        requests(scene, "GET /a", 0, 36, false, 20);
        requests(scene, "GET /a", 36, 50, true, 20);
        requests(scene, "GET /a", 50, 90, false, 20);
        requests(scene, "GET /b", 0, 45, false, 20);
        requests(scene, "GET /b", 45, 65, true, 20);
        requests(scene, "GET /b", 65, 90, false, 20);
        requests(scene, "GET /c", 0, 90, false, 20);

        Incident incident = held(scene, "20s");

        assertThat(outage(incident, "GET /a")).isEqualTo(Duration.ofSeconds(14));
        assertThat(outage(incident, "GET /b")).isEqualTo(Duration.ofSeconds(20));
        assertThat(outage(incident, "GET /c")).isZero();
        assertThat(outage(incident, "")).isEqualTo(Duration.ofSeconds(29));
        assertThat(incident.rto()).contains(RtoVerdict.MISSED);
        assertThat(held(scene, "29s").rto()).contains(RtoVerdict.MET);
        assertThat(held(scene, "elsewhere=1s").rto()).isEmpty();
    }

    @Test
    void without_any_request_nobody_knows_whether_the_target_was_met() {
        assertThat(held(takeover(), "1s").rto()).contains(RtoVerdict.UNKNOWN);
    }

    @Test
    void requests_that_all_succeeded_meet_any_target() {
        Scene scene = takeover();
        requests(scene, "GET /a", 0, 90, false, 20);

        assertThat(held(scene, "1ms").rto()).contains(RtoVerdict.MET);
    }

    @Test
    void a_stray_failure_is_no_outage() {
        Scene scene = takeover();
        requests(scene, "GET /a", 0, 62, false, 20);
        requests(scene, "GET /a", 62, 62.25, true, 20);
        requests(scene, "GET /a", 62.25, 90, false, 20);

        Incident incident = held(scene, "1ms");

        assertThat(incident.clientImpact()).hasSize(1);
        assertThat(outage(incident, "GET /a")).isZero();
    }

    @Test
    void clients_that_stall_belong_to_the_incident_and_count_as_out() {
        Scene scene = takeover();
        requests(scene, "GET /a", 0, 36, false, 20);
        requests(scene, "GET /a", 64, 110, false, 20);

        Findings findings = scene.findings();

        Incident incident = findings.incidents().get(0);
        ErrorWindow stall = findings.errorWindows().get(0);
        assertThat(stall.kind()).isEqualTo(WindowKind.STALL);
        assertThat(findings.windowIncidents()).containsExactly(incident.id());
        assertThat(incident.clientImpact()).isEmpty();
        assertThat(outage(incident, "GET /a")).isEqualTo(Duration.ofMillis(28_250));
    }

    @Test
    void slow_requests_are_a_brown_out_apart_from_the_outage() {
        Scene scene = takeover();
        requests(scene, "GET /a", 0, 36, false, 20);
        requests(scene, "GET /a", 36, 62, true, 20);
        requests(scene, "GET /a", 62, 68, false, 3_000);
        requests(scene, "GET /a", 68, 90, false, 20);

        ClientOutage outage = outageOf(scene.onlyIncident(), "GET /a");

        assertThat(outage.outage()).isEqualTo(Duration.ofSeconds(26));
        assertThat(outage.brownOut()).isEqualTo(Duration.ofSeconds(6));
        assertThat(outage.over()).isTrue();
    }

    @Test
    void what_was_slow_long_before_belongs_to_no_incident() {
        Scene scene = takeover();
        requests(scene, "GET /a", -120, -60, false, 20);
        requests(scene, "GET /a", -60, -50, false, 2_000);
        requests(scene, "GET /a", -50, 90, false, 20);

        Findings findings = scene.findings();

        assertThat(findings.errorWindows()).singleElement().matches(window -> window.slowness()
                .isPresent());
        assertThat(findings.windowIncidents()).containsExactly("");
    }

    private static Incident held(Scene scene, String target) {
        return scene.findings()
                .heldAgainst(RecoveryTargets.parse(List.of(target)))
                .incidents()
                .get(0);
    }

    private static Duration outage(Incident incident, String endpoint) {
        return outageOf(incident, endpoint).outage();
    }

    private static ClientOutage outageOf(Incident incident, String endpoint) {
        Optional<String> wanted = Optional.of(endpoint).filter(name -> !name.isEmpty());
        return incident.clientOutages().stream()
                .filter(outage -> outage.endpoint().equals(wanted))
                .findFirst()
                .orElseThrow();
    }

    /** How many whole seconds from {@code from} to {@code to} begin in {@code phase}. */
    private static long seconds(Phase phase, int from, int to) {
        long seconds = 0;
        for (int second = from; second < to; second++) {
            Instant at = BEGIN.plusSeconds(second);
            seconds += !at.isBefore(phase.from()) && at.isBefore(phase.to()) ? 1 : 0;
        }
        return seconds;
    }

    private static void requests(Scene scene, String endpoint, double from, double to, boolean failed, long millis) {
        for (double second = from; second < to; second += 0.25) {
            scene.request(BEGIN.plusMillis(Math.round(second * 1000)), endpoint, failed, Duration.ofMillis(millis));
        }
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}
