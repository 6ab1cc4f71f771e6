package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.Scene.at;
import static io.failovertimeline.model.EventKind.BACKEND_DOWN;
import static io.failovertimeline.model.EventKind.BACKEND_UP;
import static io.failovertimeline.model.EventKind.CRASH_RECOVERY;
import static io.failovertimeline.model.EventKind.DCS_LOST;
import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.LOOP_TIME_EXCEEDED;
import static io.failovertimeline.model.EventKind.PROMOTED;
import static io.failovertimeline.model.EventKind.READY_RW;
import static io.failovertimeline.model.EventKind.REWIND;
import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.Danger;
import io.failovertimeline.model.DataLoss;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.DualLeaders.Verdict;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Lsn;
import io.failovertimeline.model.NearMiss;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What there is to fear after a takeover: WAL that was left behind, two leaders at once. */
class DangersTest {

    @Test
    void wal_between_the_fork_and_the_old_leaders_end_was_left_behind() {
        DataLoss loss = takeover()
                .postgres("10:00:40.000", "db1", HEARTBEAT, "end-of-wal-records", "lsn", "0/3485D20")
                .patroni("10:00:41.000", "db1", REWIND, "rewind-started", "leader", "db2")
                .patroni("10:00:42.000", "db1", REWIND, "rewind-diverged", "lsn", "0/3480530", "timeline", "1")
                .onlyIncident()
                .dataLoss()
                .orElseThrow();

        assertThat(loss.isExact()).isTrue();
        assertThat(loss.atLeast()).isEqualTo(0x3485D20 - 0x3480530);
        assertThat(loss.oldLeaderEnd()).isEqualTo(Lsn.parse("0/3485D20"));
        assertThat(loss.newLeaderStart()).isEqualTo(Lsn.parse("0/3480530"));
    }

    @Test
    void what_the_old_leader_reads_after_its_rewind_is_not_its_own_end() {
        DataLoss loss = takeover()
                .patroni("10:00:40.000", "db1", REWIND, "local-timeline", "lsn", "0/4000028", "timeline", "1")
                .patroni("10:00:41.000", "db1", REWIND, "rewind-started", "leader", "db2")
                .patroni("10:00:42.000", "db1", REWIND, "rewind-diverged", "lsn", "0/3480530", "timeline", "1")
                .postgres("10:00:43.000", "db1", HEARTBEAT, "end-of-wal-records", "lsn", "0/34A3028")
                .onlyIncident()
                .dataLoss()
                .orElseThrow();

        assertThat(loss.atLeast()).as("a new segment was begun").isZero();
        assertThat(loss.atMost()).contains(0x4000028L - 0x3480530);
        assertThat(loss.isExact()).isFalse();
    }

    @Test
    void a_stream_that_ended_as_it_should_left_nothing_behind() {
        Incident incident = new Scene()
                .postgres("10:00:00.000", "db2", STREAM_STARTED, "streaming-started", "timeline", "1")
                .leads("10:00:05.000", "db1")
                .stops("10:00:10.000", "db1")
                .postgres(
                        "10:00:10.100",
                        "db2",
                        STREAM_LOST,
                        "end-of-wal",
                        "lsn",
                        "0/3480530",
                        "timeline",
                        "1",
                        "reason",
                        "CLEAN")
                .takesOver("10:00:11.000", "db2")
                .leads("10:00:12.000", "db2")
                .onlyIncident();

        assertThat(incident.dataLoss().orElseThrow().atMost()).contains(0L);
        assertThat(incident.dualLeaders()).extracting(DualLeaders::verdict).containsExactly(Verdict.EXCLUDED);
    }

    @Test
    void where_no_line_tells_the_old_leaders_end_the_loss_is_not_bounded() {
        DataLoss loss = takeover()
                .postgres("10:00:19.000", "db2", HEARTBEAT, "end-of-wal-records", "lsn", "0/3480530")
                .onlyIncident()
                .dataLoss()
                .orElseThrow();

        assertThat(loss.newLeaderStart()).isEqualTo(Lsn.parse("0/3480530"));
        assertThat(loss.atMost()).isEmpty();
    }

    @Test
    void without_a_position_nothing_is_said_of_a_loss() {
        assertThat(takeover().onlyIncident().dataLoss()).isEqualTo(Optional.empty());
    }

    @Test
    void a_database_that_refuses_connections_accepts_no_writes() {
        DualLeaders both = takeover()
                .leads("09:59:50.000", "db1")
                .postgres(
                        "10:00:12.000",
                        "db2",
                        LEADER_UNREACHABLE,
                        "primary-refused",
                        "member",
                        "db1",
                        "reason",
                        "REFUSED")
                .onlyIncident()
                .dualLeaders()
                .get(0);

        assertThat(both.verdict()).isEqualTo(Verdict.EXCLUDED);
    }

    @Test
    void a_database_that_was_ready_again_after_it_refused_is_not_excluded() {
        DualLeaders both = takeover()
                .postgres(
                        "10:00:12.000",
                        "db2",
                        LEADER_UNREACHABLE,
                        "primary-refused",
                        "member",
                        "db1",
                        "reason",
                        "REFUSED")
                .postgres("10:00:14.000", "db1", READY_RW, "ready")
                .postgres("10:00:45.000", "db1", CRASH_RECOVERY, "interrupted")
                .onlyIncident()
                .dualLeaders()
                .get(0);

        assertThat(both.verdict()).isEqualTo(Verdict.POSSIBLE);
        assertThat(both.from()).isEqualTo(at("10:00:20.000"));
        assertThat(both.to()).isEqualTo(at("10:00:45.000"));
    }

    @Test
    void an_old_leader_that_is_never_heard_of_again_allows_no_verdict() {
        assertThat(takeover().onlyIncident().dualLeaders()).isEmpty();
    }

    @Test
    void one_timeline_id_that_two_members_opened_stands_for_two_histories() {
        List<Incident> incidents = new Scene()
                .leads("10:00:00.000", "db1")
                .takesOver("10:00:20.000", "db3")
                .postgres("10:00:20.100", "db3", PROMOTED, "new-timeline", "timeline", "2")
                .leads("10:00:21.000", "db3")
                .takesOver("10:00:45.000", "db2")
                .postgres("10:00:45.100", "db2", PROMOTED, "new-timeline", "timeline", "2")
                .leads("10:00:46.000", "db2")
                .findings()
                .incidents();

        assertThat(incidents.get(0).dangers()).isEmpty();
        assertThat(incidents.get(1).dangers()).singleElement().satisfies(danger -> {
            assertThat(danger.code()).isEqualTo(Danger.Code.TIMELINE_OPENED_TWICE);
            assertThat(danger.explanation()).startsWith("db3 and db2 both opened timeline 2");
            assertThat(danger.evidence()).hasSize(2);
        });
    }

    @Test
    void the_third_change_of_the_leader_within_a_quarter_of_an_hour_is_flapping() {
        List<Incident> incidents = new Scene()
                .leads("10:00:00.000", "db1")
                .takesOver("10:01:00.000", "db2")
                .leads("10:01:01.000", "db2")
                .takesOver("10:05:00.000", "db1")
                .leads("10:05:01.000", "db1")
                .takesOver("10:09:00.000", "db2")
                .leads("10:09:01.000", "db2")
                .takesOver("11:00:00.000", "db1")
                .findings()
                .incidents();

        assertThat(incidents)
                .extracting(incident ->
                        incident.dangers().stream().map(Danger::code).toList())
                .containsExactly(List.of(), List.of(), List.of(Danger.Code.FLAPPING), List.of());
        assertThat(incidents.get(2).dangers().get(0).explanation()).contains("3 times within 480 s");
    }

    @Test
    void a_leader_whose_standby_streamed_until_its_demotion_need_not_have_been_replaced() {
        Incident incident = takeover()
                .patroni("10:00:08.000", "db1", DCS_LOST, "dcs-error")
                .patroni("10:00:10.000", "db1", DEMOTED, "demoted-dcs-lost")
                .postgres("10:00:10.100", "db2", STREAM_LOST, "end-of-wal", "timeline", "1", "reason", "CLEAN")
                .onlyIncident();

        assertThat(incident.dangers()).extracting(Danger::code).containsExactly(Danger.Code.UNNEEDED_FAILOVER);
    }

    @Test
    void a_leader_that_nobody_could_reach_had_to_be_replaced() {
        Incident incident = takeover()
                .patroni("10:00:08.000", "db1", DCS_LOST, "dcs-error")
                .patroni("10:00:10.000", "db1", DEMOTED, "demoted-dcs-lost")
                .onlyIncident();

        assertThat(incident.dangers()).isEmpty();
    }

    @Test
    void a_call_to_the_dcs_that_times_out_is_a_near_miss() {
        List<NearMiss> misses = new Scene()
                .leads("10:00:00.000", "db1")
                .patroni("10:00:12.000", "db1", DCS_LOST, "dcs-request-timeout")
                .leads("10:00:12.500", "db1")
                .findings()
                .nearMisses();

        assertThat(misses).extracting(NearMiss::what).containsExactly("DCS_SLOW");
    }

    @Test
    void a_late_round_says_how_much_of_the_lock_was_left() {
        List<NearMiss> misses = new Scene()
                .ttl(20)
                .leads("10:00:00.000", "db1")
                .patroni("10:00:18.200", "db1", LOOP_TIME_EXCEEDED, "loop-time-exceeded")
                .leads("10:00:18.300", "db1")
                .findings()
                .nearMisses();

        assertThat(misses).singleElement().satisfies(miss -> {
            assertThat(miss.what()).isEqualTo("LOCK_NEARLY_EXPIRED");
            assertThat(miss.explanation()).contains("after 18.2 s", "about 1.8 s were left");
        });
    }

    @Test
    void a_server_that_moves_from_one_backend_to_another_is_the_new_leader() {
        Scene balancer = new Scene()
                .balancer("10:00:10.000", BACKEND_UP, "server-up", "primary", "db2")
                .balancer("10:00:10.500", BACKEND_DOWN, "server-down", "standby", "db2")
                .balancer("10:00:10.500", BACKEND_DOWN, "none-left", "standby", "")
                .balancer("10:00:12.000", BACKEND_DOWN, "server-down", "primary", "db1")
                .balancer("10:00:40.000", BACKEND_UP, "server-up", "standby", "db1");
        for (int second = 1; second < 10; second++) {
            balancer.request("10:00:0" + second + ".000", "POST /", true);
        }
        Incident incident = balancer.onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
        assertThat(incident.oldLeader()).contains("db1");
        assertThat(incident.newLeader()).contains("db2");
        assertThat(incident.cause().code()).isEqualTo(CauseCode.UNKNOWN);
        assertThat(incident.clientImpact()).hasSize(1);
    }

    @Test
    void the_only_backend_that_gets_another_server_after_none_was_left_has_a_new_leader() {
        Incident incident = new Scene()
                .balancer("10:00:00.000", BACKEND_DOWN, "server-down", "primary", "db1")
                .balancer("10:00:00.000", BACKEND_DOWN, "none-left", "primary", "")
                .balancer("10:00:10.000", BACKEND_UP, "server-up", "primary", "db2")
                .onlyIncident();

        assertThat(incident.oldLeader()).contains("db1");
        assertThat(incident.newLeader()).contains("db2");
    }

    @Test
    void of_two_backends_the_one_that_gets_another_server_may_be_that_of_the_standbys() {
        assertThat(new Scene()
                        .balancer("09:59:00.000", BACKEND_UP, "server-up", "primary", "db1")
                        .balancer("10:00:00.000", BACKEND_DOWN, "server-down", "standby", "db2")
                        .balancer("10:00:00.000", BACKEND_DOWN, "none-left", "standby", "")
                        .balancer("10:00:10.000", BACKEND_UP, "server-up", "standby", "db3")
                        .findings()
                        .incidents())
                .isEmpty();
    }

    private static Scene takeover() {
        return new Scene()
                .postgres("09:59:00.000", "db2", STREAM_STARTED, "streaming-started", "timeline", "1")
                .leads("10:00:00.000", "db1")
                .takesOver("10:00:20.000", "db2")
                .leads("10:00:21.000", "db2");
    }
}
