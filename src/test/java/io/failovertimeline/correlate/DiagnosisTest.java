package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.Scene.at;
import static io.failovertimeline.model.EventKind.CLIENT_ERROR;
import static io.failovertimeline.model.EventKind.CRASH_RECOVERY;
import static io.failovertimeline.model.EventKind.DCS_LOST;
import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.FAILSAFE;
import static io.failovertimeline.model.EventKind.FAULT_SIGNAL;
import static io.failovertimeline.model.EventKind.FOLLOWING;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.LOCK_ACQUIRED;
import static io.failovertimeline.model.EventKind.LOCK_LOST;
import static io.failovertimeline.model.EventKind.LOCK_RELEASED;
import static io.failovertimeline.model.EventKind.PROMOTED;
import static io.failovertimeline.model.EventKind.READY_RO;
import static io.failovertimeline.model.EventKind.READY_RW;
import static io.failovertimeline.model.EventKind.RESTARTING;
import static io.failovertimeline.model.EventKind.REWIND;
import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;
import static io.failovertimeline.model.EventKind.SWITCHOVER_REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.DataLoss;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pictures that were once told as another story. */
class DiagnosisTest {

    @Test
    void promotions_that_never_became_ready_are_one_outage_though_patroni_held_the_lock_meanwhile() {
        Incident incident = new Scene()
                .postgres("09:59:00.000", "db1", READY_RW, "ready")
                .leads("10:00:00.000", "db1")
                .postgres("10:00:02.000", "db1", FAULT_SIGNAL, "disk-full", "reason", "DISK")
                .postgres("10:00:10.000", "db1", PROMOTED, "new-timeline", "timeline", "2")
                .postgres("10:00:10.010", "db1", FAULT_SIGNAL, "disk-full", "reason", "DISK")
                .leads("10:00:11.000", "db1")
                .postgres("10:00:45.000", "db1", PROMOTED, "new-timeline", "timeline", "2")
                .postgres("10:00:45.010", "db1", FAULT_SIGNAL, "disk-full", "reason", "DISK")
                .leads("10:00:46.000", "db1")
                .postgres("10:01:20.000", "db1", PROMOTED, "new-timeline", "timeline", "2")
                .postgres("10:01:20.100", "db1", READY_RW, "ready")
                .leads("10:01:21.000", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.LEADER_RESTART);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.RESOURCE_EXHAUSTION);
        assertThat(incident.startedAt()).isEqualTo(at("10:00:02.000"));
        assertThat(incident.promotedAt()).contains(at("10:01:20.000"));
    }

    @Test
    void what_postgres_does_moves_no_leader_key() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .postgres("10:00:02.000", "db1", DEMOTED, "terminating-processes")
                .postgres("10:00:05.000", "db1", PROMOTED, "new-timeline", "timeline", "2")
                .postgres("10:00:05.100", "db1", READY_RW, "ready")
                .onlyIncident();

        assertThat(incident.leaderLost()).isEmpty();
    }

    @Test
    void a_database_that_goes_away_in_a_pause_was_stopped_by_hand() {
        Incident incident = new Scene()
                .says(
                        "10:00:00.000",
                        "db1",
                        "patroni.leader-heartbeat",
                        "PAUSE: no action. I am (db1), the leader with the lock",
                        List.of(HEARTBEAT),
                        "member",
                        "db1",
                        "role",
                        "leader",
                        "paused",
                        "PAUSE: ")
                .patroni("10:00:05.000", "db1", RESTARTING, "postgresql-not-running")
                .patroni("10:00:05.100", "db1", LOCK_RELEASED, "removed-lock", "paused", "PAUSE: ")
                .patroni("10:00:20.000", "db1", LOCK_ACQUIRED, "acquired-lock")
                .leads("10:00:21.000", "db1")
                .onlyIncident();

        assertThat(incident.cause().code()).isEqualTo(CauseCode.OPERATOR_REQUEST);
    }

    @Test
    void a_leader_that_ran_on_under_failsafe_was_neither_elected_nor_promoted() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .patroni("10:00:10.000", "db1", DCS_LOST, "dcs-error")
                .says("10:00:10.100", "db1", "patroni.failsafe", "continue to run", List.of(FAILSAFE, DCS_LOST))
                .patroni("10:00:40.000", "db1", LOCK_ACQUIRED, "acquired-lock")
                .leads("10:00:41.000", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.DCS_OUTAGE);
        assertThat(incident.phases())
                .as("until it ran on, and until it had the DCS back")
                .extracting(Phase::name)
                .containsExactly(PhaseName.DETECTION, PhaseName.RECOVERY);
        assertThat(incident.databaseReadyNotAfter()).isEmpty();
        assertThat(incident.cause().explanation()).contains("ran on as leader under failsafe");
        assertThat(incident.state()).isEqualTo(Incident.State.CLOSED);
    }

    @Test
    void a_stamp_of_whole_seconds_does_not_begin_before_a_finer_one_of_that_second() {
        Scene switchover = new Scene()
                .leads("10:00:00.000", "db1")
                .postgres("10:00:05", "db2", STREAM_LOST, "end-of-wal", "timeline", "1", "reason", "CLEAN")
                .patroni("10:00:05.085", "db1", SWITCHOVER_REQUESTED, "switchover-requested")
                .takesOver("10:00:07.000", "db2");

        assertThat(switchover.onlyIncident().startedAt()).isEqualTo(at("10:00:05.085"));
    }

    @Test
    void a_stamp_of_whole_seconds_begins_what_finer_ones_tell_only_later() {
        Scene switchover = new Scene()
                .leads("10:00:00.000", "db1")
                .postgres("10:00:04", "db2", STREAM_LOST, "end-of-wal", "timeline", "1", "reason", "CLEAN")
                .patroni("10:00:05.085", "db1", SWITCHOVER_REQUESTED, "switchover-requested")
                .takesOver("10:00:07.000", "db2");

        assertThat(switchover.onlyIncident().startedAt()).isEqualTo(at("10:00:04"));
    }

    @Test
    void a_full_disk_under_a_running_leader_is_a_degradation() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .postgres("10:00:05.000", "db1", FAULT_SIGNAL, "disk-full", "reason", "DISK")
                .request("10:00:06.000", "POST /", true)
                .request("10:00:07.000", "POST /", true)
                .request("10:00:08.000", "POST /", true)
                .postgres("10:00:09.000", "db1", FAULT_SIGNAL, "disk-full", "reason", "DISK")
                .request("10:00:10.000", "POST /", false)
                .leads("10:00:20.000", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.DEGRADATION);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.RESOURCE_EXHAUSTION);
        assertThat(incident.clientImpact()).hasSize(1);
        assertThat(incident.state()).isEqualTo(Incident.State.CLOSED);
    }

    @Test
    void a_leader_that_runs_out_of_connections_while_its_standby_is_away_suffers_from_that() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .postgres("10:00:00.000", "db2", STREAM_STARTED, "streaming-started", "timeline", "1")
                .postgres("10:00:20.000", "db1", CLIENT_ERROR, "too-many-clients")
                .patroni("10:00:40.000", "db2", CRASH_RECOVERY, "crash-recovery-in-progress")
                .postgres("10:00:45.000", "db2", STREAM_STARTED, "streaming-started", "timeline", "1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.REPLICA_LOSS);
        assertThat(incident.cause().explanation()).contains("PostgreSQL on db1 had no connection slot left");
    }

    @Test
    void a_replica_that_was_told_to_stop_in_haste_did_not_lose_its_host() {
        Incident incident = new Scene()
                .postgres("10:00:00.000", "db1", READY_RW, "ready")
                .postgres("10:00:00.100", "db2", READY_RO, "ready-read-only")
                .postgres("10:00:10.000", "db2", FAULT_SIGNAL, "shutdown-requested", "mode", "immediate")
                .postgres("10:00:30.000", "db2", CRASH_RECOVERY, "interrupted")
                .postgres("10:00:31.000", "db2", STREAM_STARTED, "streaming-started", "timeline", "1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.REPLICA_LOSS);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.UNKNOWN);
    }

    @Test
    void a_patroni_that_is_gone_beside_a_database_that_streams_on_is_no_dead_host() {
        Scene newLeader = new Scene()
                .follows("10:00:00.000", "db2", "db1")
                .patroni(
                        "10:00:20.000",
                        "db2",
                        LEADER_UNREACHABLE,
                        "request-failed-refused",
                        "member",
                        "db1",
                        "reason",
                        "REFUSED")
                .takesOver("10:00:20.200", "db2")
                .postgres("10:00:20.210", "db2", FOLLOWING, "receiver-stopped");

        assertThat(newLeader.onlyIncident().cause().code()).isEqualTo(CauseCode.PATRONI_STALLED);
        assertThat(newLeader
                        .postgres("10:00:03.000", "db2", STREAM_LOST, "wal-stream-broken")
                        .onlyIncident()
                        .cause()
                        .code())
                .isEqualTo(CauseCode.HOST_DOWN);
    }

    @Test
    void patroni_stops_postgres_for_a_lost_dcs_though_the_stop_is_stamped_with_the_second_before() {
        Incident incident = new Scene()
                .postgres("09:59:00.000", "db1", READY_RW, "ready")
                .leads("10:00:00.000", "db1")
                .patroni("10:00:09.359", "db1", DCS_LOST, "dcs-error")
                .patroni("10:00:09.360", "db1", DEMOTED, "demoting-mode", "mode", "offline")
                .stops("10:00:09", "db1")
                .postgres("10:00:40.000", "db1", PROMOTED, "new-timeline", "timeline", "2")
                .postgres("10:00:40.100", "db1", READY_RW, "ready")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.DCS_OUTAGE);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.DCS_UNREACHABLE);
    }

    @Test
    void a_lock_that_could_not_be_renewed_while_no_server_answered_anybody_was_lost_to_the_dcs() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .follows("10:00:00.000", "db2", "db1")
                .patroni("10:00:06.000", "db1", DCS_LOST, "dcs-request-timeout", "address", "10.0.0.11")
                .patroni("10:00:08.000", "db1", DCS_LOST, "dcs-request-timeout", "address", "10.0.0.12")
                .patroni("10:00:06.000", "db2", DCS_LOST, "dcs-request-timeout", "address", "10.0.0.12")
                .patroni("10:00:08.000", "db2", DCS_LOST, "dcs-request-timeout", "address", "10.0.0.11")
                .patroni("10:00:08.100", "db1", LOCK_LOST, "update-lock-failed")
                .patroni("10:00:09.000", "db1", DEMOTED, "demoted-lock-lost")
                .takesOver("10:00:40.000", "db2")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.DCS_UNREACHABLE);
    }

    @Test
    void a_database_that_was_stopped_in_haste_did_not_fall_silent() {
        Incident incident = new Scene()
                .postgres("09:59:00.000", "db1", READY_RW, "ready")
                .postgres("10:00:00.000", "db1", FAULT_SIGNAL, "shutdown-requested", "mode", "immediate")
                .postgres("10:00:03.000", "db1", CRASH_RECOVERY, "was-interrupted")
                .postgres("10:00:33.000", "db2", PROMOTED, "new-timeline", "timeline", "2")
                .postgres("10:00:33.100", "db2", READY_RW, "ready")
                .onlyIncident();

        assertThat(incident.cause().code()).isEqualTo(CauseCode.UNKNOWN);
        assertThat(incident.cause().explanation()).contains("stopped in haste");
    }

    @Test
    void an_old_leader_whose_log_has_diverged_has_not_rejoined_whatever_patroni_calls_it() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .takesOver("10:00:20.000", "db2")
                .patroni("10:00:30.000", "db1", REWIND, "rewind-failed", "reason", "FAILED")
                .postgres("10:00:40.000", "db1", REWIND, "timeline-diverged", "reason", "DIVERGED")
                .follows("10:00:41.000", "db1", "db2")
                .onlyIncident();

        assertThat(incident.rejoinedAt()).isEmpty();
    }

    @Test
    void where_a_rewound_database_ends_is_not_where_the_old_leader_ended() {
        Incident incident = new Scene()
                .postgres("09:59:00.000", "db1", READY_RW, "ready")
                .postgres("10:00:10.000", "db2", HEARTBEAT, "end-of-wal-records", "lsn", "0/3059018")
                .postgres("10:00:20.000", "db2", PROMOTED, "new-timeline", "timeline", "2")
                .postgres("10:00:20.100", "db2", READY_RW, "ready")
                .postgres("10:00:50.000", "db1", CRASH_RECOVERY, "was-interrupted-in-recovery")
                .postgres("10:00:51.000", "db1", HEARTBEAT, "end-of-wal-records", "lsn", "0/30791A8")
                .postgres("10:00:52.000", "db1", STREAM_STARTED, "streaming-started", "timeline", "2")
                .onlyIncident();

        assertThat(incident.dataLoss().flatMap(DataLoss::atMost)).isEmpty();
    }

    @Test
    void a_standby_that_streamed_again_had_not_missed_the_leader_yet() {
        Incident incident = new Scene()
                .postgres("09:59:00.000", "db1", READY_RW, "ready")
                .postgres("09:59:38.000", "db3", LEADER_UNREACHABLE, "primary-unreachable")
                .postgres("09:59:43.000", "db3", STREAM_STARTED, "streaming-started", "timeline", "1")
                .postgres("10:00:01.000", "db2", LEADER_UNREACHABLE, "primary-unreachable")
                .postgres("10:00:18.000", "db2", PROMOTED, "new-timeline", "timeline", "2")
                .postgres("10:00:18.100", "db2", READY_RW, "ready")
                .onlyIncident();

        assertThat(incident.startedAt()).isEqualTo(at("10:00:01.000"));
    }
}
