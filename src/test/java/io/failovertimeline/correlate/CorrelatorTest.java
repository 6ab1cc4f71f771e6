package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.Scene.at;
import static io.failovertimeline.model.EventKind.CRASH_RECOVERY;
import static io.failovertimeline.model.EventKind.DCS_LOST;
import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.DEMOTION_STARTED;
import static io.failovertimeline.model.EventKind.FAILSAFE;
import static io.failovertimeline.model.EventKind.FAULT_SIGNAL;
import static io.failovertimeline.model.EventKind.LOCK_ACQUIRED;
import static io.failovertimeline.model.EventKind.LOCK_LOST;
import static io.failovertimeline.model.EventKind.LOCK_RELEASED;
import static io.failovertimeline.model.EventKind.PROMOTED;
import static io.failovertimeline.model.EventKind.PROMOTION_STARTED;
import static io.failovertimeline.model.EventKind.READY_RW;
import static io.failovertimeline.model.EventKind.REFUSED;
import static io.failovertimeline.model.EventKind.RESTARTING;
import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;
import static io.failovertimeline.model.EventKind.SWITCHOVER_REQUESTED;
import static io.failovertimeline.model.EventKind.WATCHDOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrelatorTest {

    /** The leader's host dies at 10:00:01, its key expires, db2 takes over, db1 comes back. */
    private static Scene powerCut() {
        return new Scene()
                .ttl(20)
                .leads("09:59:46.700", "db1")
                .leads("09:59:56.700", "db1")
                .follows("09:59:56.750", "db2", "db1")
                .postgres("10:00:01", "db2", STREAM_LOST, "wal-stream-broken", "timeline", "1")
                .follows("10:00:06.650", "db2", "db1")
                .follows("10:00:16.650", "db2", "db1")
                .cannotReach("10:00:16.808", "db2", "db1")
                .patroni("10:00:16.903", "db2", WATCHDOG, "watchdog-activated")
                .takesOver("10:00:16.948", "db2")
                .postgres("10:00:16", "db2", PROMOTED, "new-timeline", "timeline", "2")
                .postgres("10:00:16", "db2", READY_RW, "ready")
                .leads("10:00:18.153", "db2")
                .patroni("10:00:52.306", "db1", CRASH_RECOVERY, "crash-recovery-in-progress")
                .postgres("10:00:55", "db1", STREAM_STARTED, "streaming-started", "timeline", "2")
                .follows("10:00:56.000", "db1", "db2");
    }

    @Test
    void a_dead_host_is_a_failover_with_every_phase() {
        Incident incident = powerCut().onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
        assertThat(incident.oldLeader()).contains("db1");
        assertThat(incident.newLeader()).contains("db2");
        assertThat(incident.timelineBefore()).contains(1);
        assertThat(incident.timelineAfter()).contains(2);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.HOST_DOWN);
        assertThat(incident.startedAt()).isEqualTo(at("10:00:01"));
        assertThat(incident.leaderLost()).contains(new Incident.LeaderLost(at("10:00:16.700"), true));
        assertThat(incident.lockAcquiredAt()).contains(at("10:00:16.903"));
        assertThat(incident.rejoinedAt()).contains(at("10:00:55"));
        assertThat(incident.state()).isEqualTo(Incident.State.CLOSED);
        assertThat(incident.phases())
                .extracting(Phase::name)
                .containsExactly(PhaseName.DETECTION, PhaseName.ELECTION, PhaseName.PROMOTION, PhaseName.RECOVERY);
    }

    @Test
    void phases_neither_overlap_nor_leave_gaps() {
        List<Phase> phases = powerCut()
                .request("10:00:01.500", "GET /", true)
                .request("10:00:19.500", "GET /", true)
                .request("10:00:20.600", "GET /", false)
                .onlyIncident()
                .phases();

        for (int i = 1; i < phases.size(); i++) {
            assertThat(phases.get(i).from()).isEqualTo(phases.get(i - 1).to());
        }
        assertThat(phases).extracting(Phase::through).endsWith(PhaseName.RECOVERY, PhaseName.REJOIN);
    }

    @Test
    void postgres_log_in_whole_seconds_gives_way_to_patronis_milliseconds() {
        Incident incident = powerCut().onlyIncident();

        assertThat(incident.promotedAt()).contains(at("10:00:16.948"));
    }

    @Test
    void postgres_log_in_milliseconds_tells_the_promotion_itself() {
        Incident incident = powerCut()
                .postgres("10:00:17.021", "db2", PROMOTED, "archive-recovery-complete", "timeline", "2")
                .onlyIncident();

        assertThat(incident.promotedAt()).contains(at("10:00:17.021"));
    }

    @Test
    void without_its_own_word_the_database_is_ready_at_the_latest_when_the_new_leader_says_so() {
        Incident incident = new Scene()
                .follows("10:00:00.000", "db2", "db1")
                .cannotReach("10:00:00.100", "db2", "db1")
                .takesOver("10:00:01.000", "db2")
                .leads("10:00:02.500", "db2")
                .onlyIncident();

        assertThat(incident.databaseReadyAt()).isEmpty();
        assertThat(incident.databaseReadyNotAfter()).contains(at("10:00:02.500"));
        assertThat(incident.phases()).last().matches(Phase::upperBound);
    }

    @Test
    void a_request_before_the_takeover_makes_it_a_switchover() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .patroni("10:00:05.000", "db1", SWITCHOVER_REQUESTED, "switchover-requested")
                .stops("10:00:05.200", "db1")
                .patroni("10:00:06.300", "db1", LOCK_RELEASED, "key-released")
                .takesOver("10:00:06.400", "db2")
                .leads("10:00:07.500", "db2")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.SWITCHOVER);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.OPERATOR_REQUEST);
        assertThat(incident.startedAt()).isEqualTo(at("10:00:05.000"));
        assertThat(incident.leaderLost()).contains(new Incident.LeaderLost(at("10:00:06.300"), false));
    }

    @Test
    void an_orderly_stop_of_the_leader_is_the_cause() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .stops("10:00:03.200", "db1")
                .takesOver("10:00:04.400", "db2")
                .leads("10:00:05.500", "db2")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.CLEAN_SHUTDOWN);
        Step proof = incident.events().get(incident.cause().evidence().get(0));
        assertThat(proof.text()).contains("fast shutdown");
    }

    @Test
    void a_poweroff_in_a_transcript_tells_the_cause_though_it_has_no_time() {
        Incident incident = new Scene()
                .mark("db2", "sudo poweroff")
                .follows("10:00:00.000", "db1", "db2")
                .cannotReach("10:00:00.100", "db1", "db2")
                .takesOver("10:00:01.000", "db1")
                .leads("10:00:02.000", "db1")
                .onlyIncident();

        assertThat(incident.cause().code()).isEqualTo(CauseCode.CLEAN_SHUTDOWN);
        assertThat(incident.marks()).extracting(mark -> mark.text()).containsExactly("sudo poweroff");
        assertThat(incident.startedAt()).isEqualTo(at("10:00:00.100"));
    }

    @Test
    void a_leader_that_wakes_up_without_its_lock_had_stalled_and_there_were_two() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .follows("10:00:15.000", "db2", "db1")
                .cannotReach("10:00:20.200", "db2", "db1")
                .takesOver("10:00:20.300", "db2")
                .postgres("10:00:20.500", "db2", READY_RW, "ready")
                .leads("10:00:21.500", "db2")
                .patroni("10:00:27.000", "db1", DCS_LOST, "dcs-request-reset")
                .says(
                        "10:00:30.000",
                        "db1",
                        "patroni.demoting-lock-not-owned",
                        "demoting self because I do not have the lock and I was a leader",
                        List.of(LOCK_LOST, DEMOTED))
                .follows("10:00:40.000", "db1", "db2")
                .onlyIncident();

        assertThat(incident.cause().code()).isEqualTo(CauseCode.PATRONI_STALLED);
        assertThat(incident.dualLeaders()).singleElement().satisfies(both -> {
            assertThat(both.members()).containsExactly("db1", "db2");
            assertThat(both.verdict()).isEqualTo(DualLeaders.Verdict.PROVEN);
            assertThat(both.from()).isEqualTo(at("10:00:20.500"));
            assertThat(both.to()).isEqualTo(at("10:00:30.000"));
            assertThat(both.evidence()).singleElement().satisfies(index -> assertThat(
                            incident.events().get(index).text())
                    .startsWith("demoting self because"));
        });
    }

    @Test
    void the_same_leader_after_losing_the_dcs_is_a_dcs_outage() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .patroni("10:00:10.000", "db1", DCS_LOST, "dcs-error")
                .patroni("10:00:10.100", "db1", DEMOTION_STARTED, "demoting-mode")
                .says(
                        "10:00:50.000",
                        "db1",
                        "patroni.promoted-by-lock",
                        "promoted self to leader by acquiring session lock",
                        List.of(PROMOTED, LOCK_ACQUIRED))
                .leads("10:00:51.000", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.DCS_OUTAGE);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.DCS_UNREACHABLE);
        assertThat(incident.newLeader()).contains("db1");
        assertThat(incident.leaderLost()).contains(new Incident.LeaderLost(at("10:00:10.100"), false));
    }

    @Test
    void a_restart_in_place_is_no_failover() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .stops("10:00:05.000", "db1")
                .postgres("10:00:06.000", "db1", READY_RW, "ready")
                .leads("10:00:10.000", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.LEADER_RESTART);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.OPERATOR_REQUEST);
        assertThat(incident.databaseReadyAt()).contains(at("10:00:06.000"));
    }

    @Test
    void a_candidate_that_finds_itself_unfit_leaves_the_cluster_without_a_leader() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .follows("10:00:05.000", "db2", "db1")
                .patroni("10:00:30.000", "db2", REFUSED, "refused-lag", "reason", "LAG")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.LEADERLESS);
        assertThat(incident.state()).isEqualTo(Incident.State.OPEN);
    }

    @Test
    void heartbeats_alone_tell_nothing() {
        Scene scene = new Scene();
        for (int second = 10; second < 60; second += 5) {
            scene.leads("10:00:" + second + ".000", "db1").follows("10:00:" + second + ".050", "db2", "db1");
        }

        assertThat(scene.findings().incidents()).isEmpty();
    }

    @Test
    void the_first_start_of_a_member_is_no_loss_of_it() {
        Scene scene = new Scene()
                .leads("10:00:00.000", "db1")
                .postgres("10:00:02", "db2", CRASH_RECOVERY, "was-interrupted")
                .postgres("10:00:03", "db2", STREAM_STARTED, "streaming-started", "timeline", "1")
                .follows("10:00:05.000", "db2", "db1");

        assertThat(scene.findings().incidents()).isEmpty();
    }

    @Test
    void a_replica_that_starts_anew_was_lost() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .follows("10:00:01.000", "db2", "db1")
                .postgres("10:01:02", "db2", CRASH_RECOVERY, "was-interrupted")
                .postgres("10:01:03", "db2", STREAM_STARTED, "streaming-started", "timeline", "1")
                .leads("10:01:10.000", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.REPLICA_LOSS);
        assertThat(incident.rejoinedAt()).contains(at("10:01:03"));
    }

    @Test
    void two_failovers_within_a_minute_are_two_incidents() {
        List<Incident> incidents = new Scene()
                .leads("10:00:00.000", "db1")
                .cannotReach("10:00:20.000", "db2", "db1")
                .takesOver("10:00:20.300", "db2")
                .leads("10:00:21.500", "db2")
                .follows("10:00:30.000", "db1", "db2")
                .leads("10:00:31.500", "db2")
                .stops("10:00:33.000", "db2")
                .takesOver("10:00:34.500", "db1")
                .leads("10:00:35.500", "db1")
                .findings()
                .incidents();

        assertThat(incidents).extracting(Incident::kind).containsOnly(IncidentKind.FAILOVER);
        assertThat(incidents).extracting(i -> i.newLeader().orElseThrow()).containsExactly("db2", "db1");
        assertThat(incidents.get(1).cause().code()).isEqualTo(CauseCode.CLEAN_SHUTDOWN);
    }

    @Test
    void a_line_that_stands_twice_is_one_step_with_the_finer_time() {
        Incident incident = new Scene()
                .follows("10:00:00.000", "db2", "db1")
                .takesOver("10:00:16", "db2")
                .takesOver("10:00:16.948", "db2")
                .leads("10:00:18.153", "db2")
                .onlyIncident();

        assertThat(incident.events())
                .filteredOn(step -> step.type() == EventKind.PROMOTED)
                .extracting(Step::at)
                .containsExactly(at("10:00:16.948"));
    }

    @Test
    void requests_that_fail_while_the_cluster_is_well_are_client_errors() {
        Scene scene = new Scene().leads("10:00:00.000", "db1").leads("10:00:40.000", "db1");
        for (int i = 0; i < 9; i++) {
            scene.request("10:00:05." + i + "00", "GET /", true);
        }
        scene.request("10:00:07.000", "GET /", false);

        assertThat(scene.onlyIncident().kind()).isEqualTo(IncidentKind.CLIENT_ERRORS);
    }

    @Test
    void a_postmaster_that_dies_under_a_living_patroni_is_a_crash_and_no_failover() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .follows("10:00:05.000", "db2", "db1")
                .patroni("10:00:10.000", "db1", RESTARTING, "postgresql-not-running")
                .patroni("10:00:10.100", "db1", CRASH_RECOVERY, "crash-recovery-in-progress")
                .patroni("10:00:12.000", "db1", PROMOTION_STARTED, "promoted-with-lock")
                .postgres("10:00:12.100", "db1", PROMOTED, "new-timeline", "timeline", "2")
                .postgres("10:00:12.200", "db1", READY_RW, "ready")
                .leads("10:00:13.000", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.LEADER_RESTART);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.POSTGRES_CRASH);
        assertThat(incident.timelineAfter()).contains(2);
    }

    @Test
    void a_crash_that_patroni_recovers_as_primary_is_a_crash_too() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .patroni("10:00:10.000", "db1", RESTARTING, "postgresql-not-running")
                .patroni("10:00:10.100", "db1", RESTARTING, "starting-primary-after-failure")
                .postgres("10:00:10.900", "db1", CRASH_RECOVERY, "not-properly-shut-down")
                .postgres("10:00:12.200", "db1", READY_RW, "ready")
                .leads("10:00:13.000", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.LEADER_RESTART);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.POSTGRES_CRASH);
        assertThat(incident.databaseReadyAt()).contains(at("10:00:12.200"));
    }

    @Test
    void a_leader_whose_host_dies_and_leads_again_since_nobody_was_fit_left_the_cluster_leaderless() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .follows("10:00:15.000", "db2", "db1")
                .patroni("10:00:21.000", "db2", REFUSED, "refused-lag", "reason", "LAG")
                .patroni("10:00:31.000", "db2", REFUSED, "refused-lag", "reason", "LAG")
                .says("10:00:50.000", "db1", "systemd.journal-started", "Journal started", List.of(RESTARTING))
                .takesOver("10:01:00.000", "db1")
                .leads("10:01:01.000", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.LEADERLESS);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.HOST_DOWN);
        assertThat(incident.refusals()).extracting(refusal -> refusal.reason()).containsOnly("LAG");
    }

    @Test
    void a_leader_that_alone_lost_the_dcs_was_cut_off() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .patroni("10:00:10.000", "db1", DCS_LOST, "dcs-error")
                .says(
                        "10:00:10.200",
                        "db1",
                        "patroni.demoting-dcs-lost",
                        "demoting self because DCS is not accessible and I was a leader",
                        List.of(DEMOTION_STARTED, DCS_LOST))
                .stops("10:00:10.300", "db1")
                .cannotReach("10:00:20.000", "db2", "db1")
                .takesOver("10:00:20.200", "db2")
                .leads("10:00:21.000", "db2")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.NETWORK_PARTITION);
        assertThat(incident.dualLeaders())
                .extracting(DualLeaders::verdict)
                .containsExactly(DualLeaders.Verdict.EXCLUDED);
    }

    @Test
    void a_key_that_is_free_before_its_ttl_was_let_go() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .cannotReach("10:00:03.000", "db2", "db1")
                .takesOver("10:00:03.200", "db2")
                .leads("10:00:04.000", "db2")
                .onlyIncident();

        assertThat(incident.cause().code()).isEqualTo(CauseCode.CLEAN_SHUTDOWN);
    }

    @Test
    void a_process_killed_for_lack_of_memory_names_the_shortage() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .says(
                        "10:00:05.000",
                        "db1",
                        "kernel.oom-killed",
                        "Out of memory: Killed process 61 (postgres)",
                        List.of(FAULT_SIGNAL),
                        "reason",
                        "OOM")
                .postgres("10:00:05.100", "db1", FAULT_SIGNAL, "process-killed", "signal", "9")
                .postgres("10:00:07.000", "db1", READY_RW, "ready")
                .leads("10:00:10.000", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.LEADER_RESTART);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.RESOURCE_EXHAUSTION);
    }

    @Test
    void one_server_of_the_dcs_that_does_not_answer_is_no_incident() {
        Scene scene = new Scene()
                .leads("10:00:00.000", "db1")
                .patroni("10:00:02.000", "db1", DCS_LOST, "dcs-request-refused", "reason", "REFUSED")
                .leads("10:00:10.000", "db1");

        assertThat(scene.findings().incidents()).isEmpty();
    }

    @Test
    void failsafe_keeps_the_leader_through_a_dcs_outage() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .says(
                        "10:00:10.000",
                        "db1",
                        "patroni.failsafe",
                        "continue to run as a leader because failsafe mode is enabled",
                        List.of(FAILSAFE, DCS_LOST),
                        "role",
                        "leader")
                .leads("10:00:40.000", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.DCS_OUTAGE);
        assertThat(incident.oldLeader()).isEqualTo(incident.newLeader()).contains("db1");
    }

    @Test
    void a_long_silence_before_postgres_is_found_gone_speaks_against_a_crash_under_a_living_patroni() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .patroni("10:00:55.000", "db1", RESTARTING, "postgresql-not-running")
                .says(
                        "10:00:55.000",
                        "db1",
                        "patroni.lock-owner",
                        "Lock owner: db2; I am db1",
                        List.of(EventKind.HEARTBEAT),
                        "leader",
                        "db2",
                        "member",
                        "db1")
                .follows("10:00:58.000", "db1", "db2")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
        assertThat(incident.newLeader()).contains("db2");
        assertThat(incident.lockAcquiredAt()).isEmpty();
        assertThat(incident.cause().code()).isEqualTo(CauseCode.HOST_DOWN);
        assertThat(incident.state()).isEqualTo(Incident.State.CLOSED);
    }

    @Test
    void the_first_leader_of_a_cluster_restored_from_a_backup_took_over_from_nobody() {
        Scene scene = new Scene()
                .patroni("10:00:00.000", "db1", EventKind.BOOTSTRAP, "bootstrapping")
                .postgres("10:00:20.000", "db1", PROMOTED, "new-timeline", "timeline", "2")
                .postgres("10:00:20.100", "db1", READY_RW, "ready")
                .leads("10:00:25.000", "db1");

        assertThat(scene.findings().incidents()).isEmpty();
    }

    @Test
    void while_an_explanation_may_still_come_nothing_is_said_about_failed_requests() {
        Scene scene = new Scene().leads("10:00:00.000", "db1").leads("10:00:30.000", "db1");
        for (int i = 0; i < 9; i++) {
            scene.request("10:00:05." + i + "00", "GET /", true);
        }

        assertThat(scene.findings().incidents()).isEmpty();
        assertThat(scene.findings().errorWindows()).hasSize(1);
    }

    @Test
    void the_end_of_a_run_of_heartbeats_is_not_taken_for_the_moment_of_recovery() {
        Scene scene = new Scene().patroni("10:00:12.000", "db1", RESTARTING, "postmaster-started");
        for (int second = 0; second < 60; second += 10) {
            scene.leads("10:00:" + (second == 0 ? "00" : second) + ".000", "db1");
        }

        Incident incident = scene.onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.LEADER_RESTART);
        assertThat(incident.state()).isEqualTo(Incident.State.CLOSED);
        assertThat(incident.events()).extracting(Step::at).containsExactly(at("10:00:12.000"));
    }
}
