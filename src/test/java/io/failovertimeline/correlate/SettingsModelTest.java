package io.failovertimeline.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.correlate.SettingsModel.Facts;
import io.failovertimeline.correlate.SettingsModel.Loss;
import io.failovertimeline.model.BalancerChecks;
import io.failovertimeline.model.BySettings;
import io.failovertimeline.model.BySettings.Verdict;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SettingsModelTest {

    private static final Optional<Setting> TTL = Optional.of(Scene.stated(20));
    private static final Optional<Setting> LOOP_WAIT = Optional.of(Scene.stated(5));
    private static final Optional<Setting> RETRY_TIMEOUT = Optional.of(Scene.stated(5));

    @Test
    void a_key_lives_for_what_is_left_of_its_ttl_since_the_last_renewal() {
        BySettings told = told(all(), expired("10:00:00.700"), PhaseName.DETECTION, "10:00:05.000", "10:00:21.000");

        assertBounds(told, 15_700, 15_700, 16_700);
        assertThat(told.verdict()).isEqualTo(Verdict.WITHIN);
        assertThat(told.shares().get(0)).satisfies(ttl -> {
            assertThat(ttl.setting()).isEqualTo("ttl");
            assertThat(ttl.value()).isEqualTo("20 s");
            assertThat(ttl.origin()).contains(Origin.line("patroni.yml", 1));
            assertThat(ttl.explanation()).isEqualTo("ttl 20 s less 4.3 s since the last renewal");
        });
    }

    @Test
    void a_leader_that_was_due_may_have_renewed_once_more_and_not_said_so() {
        BySettings told = told(all(), expired("10:00:00.200"), PhaseName.DETECTION, "10:00:05.000", "10:00:24.500");

        assertBounds(told, 15_200, 15_200, 21_000);
        assertThat(told.verdict()).isEqualTo(Verdict.WITHIN);
    }

    @Test
    void a_key_that_went_before_it_can_have_expired_is_odd() {
        assertThat(told(all(), expired("10:00:01.500"), PhaseName.DETECTION, "10:00:05.001", "10:00:19.001")
                        .verdict())
                .isEqualTo(Verdict.SHORTER);
    }

    @Test
    void a_stamp_in_whole_seconds_is_not_held_against_a_phase() {
        assertThat(told(all(), expired("10:00:01.500"), PhaseName.DETECTION, "10:00:05", "10:00:21.000")
                        .verdict())
                .isEqualTo(Verdict.WITHIN);
    }

    @Test
    void a_replica_looks_at_once_or_with_its_next_round() {
        BySettings told = told(all(), expired("10:00:01.500"), PhaseName.ELECTION, "10:00:21.501", "10:00:21.777");

        assertBounds(told, 0, 0, 12_000);
        assertThat(told.verdict()).isEqualTo(Verdict.WITHIN);
        assertThat(told.shares())
                .extracting(BySettings.Share::setting)
                .containsExactly("loop_wait", "answers of peers", "retry_timeout");
    }

    @Test
    void an_election_longer_than_all_waits_together_is_odd() {
        assertThat(told(all(), expired("10:00:01.500"), PhaseName.ELECTION, "10:00:21.501", "10:00:33.777")
                        .verdict())
                .isEqualTo(Verdict.LONGER);
    }

    @Test
    void checks_pass_from_the_taking_of_the_lock_on() {
        BySettings told = told(all(), expired("10:00:01.500"), PhaseName.RECOVERY, "10:00:22.001", "10:00:25.100");

        assertBounds(told, 1_501, 2_501, 4_001);
        assertThat(told.shares()).extracting(BySettings.Share::explanation).containsExactly("rise 2 × inter 2 s");
    }

    @Test
    void service_may_have_been_back_as_soon_as_the_last_failure_was_sent() {
        Facts facts = facts(Loss.EXPIRED, Optional.of("10:00:01.500"), Optional.of("10:00:25.900"));

        assertThat(told(all(), facts, PhaseName.RECOVERY, "10:00:22.001", "10:00:29.100")
                        .verdict())
                .isEqualTo(Verdict.WITHIN);
        assertThat(told(
                                all(),
                                facts(Loss.EXPIRED, Optional.empty(), Optional.of("10:00:26.500")),
                                PhaseName.RECOVERY,
                                "10:00:22.001",
                                "10:00:29.100")
                        .verdict())
                .isEqualTo(Verdict.LONGER);
    }

    @Test
    void what_is_not_known_explains_nothing() {
        Facts facts = expired("10:00:01.500");
        ClusterSettings none = new ClusterSettings("orders", Optional.empty(), LOOP_WAIT, Optional.empty(), List.of());

        for (PhaseName name : PhaseName.values()) {
            assertThat(explained(none, facts, name, "10:00:05.001", "10:00:21.000"))
                    .isEmpty();
        }
    }

    @Test
    void phases_that_are_not_told_apart_are_not_explained() {
        Phase span =
                new Phase(PhaseName.DETECTION, PhaseName.ELECTION, Scene.at("10:00:05"), Scene.at("10:00:21"), false);

        assertThat(new SettingsModel(all(), expired("10:00:01.500")).explained(span))
                .isEqualTo(span);
    }

    @Test
    void an_incident_names_the_setting_its_value_and_where_it_stands() {
        Scene scene = new Scene().settings(all());
        for (int second = 0; second < 10; second += 5) {
            scene.leads("10:00:0" + second + ".700", "db1").follows("10:00:0" + second + ".800", "db2", "db1");
        }
        scene.cannotReach("10:00:10.100", "db2", "db1")
                .says(
                        "10:00:25.900",
                        "db2",
                        "patroni.promoted",
                        "promoted self to leader by acquiring session lock",
                        List.of(EventKind.LOCK_ACQUIRED, EventKind.PROMOTED))
                .leads("10:00:26.900", "db2");

        assertThat(Correlator.findings(scene.evidence()).incidents())
                .singleElement()
                .satisfies(incident -> assertThat(incident.phases().get(0).bySettings())
                        .hasValueSatisfying(
                                told -> assertThat(told.shares().get(0).explanation())
                                        .isEqualTo("ttl 20 s less 4.4 s since the last renewal")));
    }

    @Test
    void a_balancer_that_says_how_long_its_checks_took_bounds_how_long_the_old_leader_was_in() {
        Scene switchover = new Scene()
                .settings(slowChecks())
                .leads("10:00:00.100", "db1")
                .patroni("10:00:04.000", "db1", EventKind.SWITCHOVER_REQUESTED, "switchover-requested")
                .takesOver("10:00:05.000", "db2")
                .postgres("10:00:05.200", "db2", EventKind.READY_RW, "ready")
                .request("10:00:03.900", "GET /", false)
                .request("10:00:04.500", "GET /", true)
                .request("10:00:05.500", "GET /", true)
                .request("10:00:06.500", "GET /", true)
                .request("10:00:08.000", "GET /", false);
        Duration untold = recovery(switchover);

        Duration told = recovery(switchover.says(
                "10:00:07.500",
                "lb1",
                "haproxy.server-down",
                "Server primaries/db1 is DOWN, reason: Layer7 wrong status, code: 503, check duration: 2ms.",
                List.of(EventKind.BACKEND_DOWN),
                "backend",
                "primaries",
                "server",
                "db1",
                "milliseconds",
                "2"));

        assertThat(untold.minus(told)).isEqualTo(Duration.ofMillis(3 * (7_000 - 2)));
    }

    private static Duration recovery(Scene scene) {
        return scene.onlyIncident().phases().stream()
                .filter(phase -> phase.name() == PhaseName.RECOVERY)
                .findFirst()
                .flatMap(Phase::bySettings)
                .orElseThrow()
                .atMost();
    }

    private static ClusterSettings slowChecks() {
        BalancerChecks usual = all().balancers().get(0);
        BalancerChecks slow = new BalancerChecks(
                usual.backend(),
                usual.path(),
                usual.servers(),
                usual.inter(),
                usual.fastInter(),
                usual.downInter(),
                usual.rise(),
                usual.fall(),
                Duration.ofSeconds(7),
                usual.origin());
        return new ClusterSettings("orders", TTL, LOOP_WAIT, RETRY_TIMEOUT, List.of(slow));
    }

    private static ClusterSettings all() {
        BalancerChecks checks = new BalancerChecks(
                "primaries",
                "/primary",
                new TreeSet<>(List.of("db1", "db2")),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                2,
                3,
                Duration.ofSeconds(2),
                Origin.line("haproxy.cfg", 9));
        return new ClusterSettings("orders", TTL, LOOP_WAIT, RETRY_TIMEOUT, List.of(checks));
    }

    private static Facts expired(String lastRenewal) {
        return facts(Loss.EXPIRED, Optional.of(lastRenewal), Optional.empty());
    }

    private static Facts facts(Loss loss, Optional<String> lastRenewal, Optional<String> lastFailure) {
        return new Facts(
                loss,
                Scene.at("10:00:05.000"),
                lastRenewal.map(Scene::at),
                Optional.of(Scene.at("10:00:21.502")),
                "db2",
                true,
                false,
                lastFailure.map(Scene::at),
                Map.of(),
                Duration.ZERO);
    }

    private static BySettings told(ClusterSettings settings, Facts facts, PhaseName name, String from, String to) {
        return explained(settings, facts, name, from, to).orElseThrow();
    }

    private static Optional<BySettings> explained(
            ClusterSettings settings, Facts facts, PhaseName name, String from, String to) {
        Instant begin = Scene.at(from);
        return new SettingsModel(settings, facts)
                .explained(new Phase(name, name, begin, Scene.at(to), false))
                .bySettings();
    }

    private static void assertBounds(BySettings told, long least, long expected, long most) {
        assertThat(told.atLeast()).hasMillis(least);
        assertThat(told.expected()).hasMillis(expected);
        assertThat(told.atMost()).hasMillis(most);
    }
}
