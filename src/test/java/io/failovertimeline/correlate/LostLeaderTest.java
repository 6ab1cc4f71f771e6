package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.BACKEND_DOWN;
import static io.failovertimeline.model.EventKind.BACKEND_UP;
import static io.failovertimeline.model.EventKind.BOOTSTRAP;
import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.READY_RW;
import static io.failovertimeline.model.EventKind.REINIT;
import static io.failovertimeline.model.EventKind.RESTARTING;
import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;
import static io.failovertimeline.model.EventKind.SWITCHOVER_REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told while it is going on. */
class LostLeaderTest {

    private static Scene well() {
        return new Scene().leads("10:00:00.000", "db1").follows("10:00:00.100", "db2", "db1");
    }

    @Test
    void a_leader_that_its_balancer_takes_out_and_that_says_nothing_since_is_lost_before_anybody_takes_over() {
        Scene scene = well().balancer("10:00:04.000", BACKEND_DOWN, "server-down", "pg_primary", "db1")
                .follows("10:00:10.100", "db2", "db1");

        Incident incident = scene.onlyIncident();
        assertThat(incident.kind()).isEqualTo(IncidentKind.LEADERLESS);
        assertThat(incident.state()).isEqualTo(Incident.State.OPEN);
        assertThat(incident.startedAt()).isEqualTo(Scene.at("10:00:04.000"));
        assertThat(incident.cause().code()).isEqualTo(CauseCode.UNKNOWN);

        assertThat(scene.takesOver("10:00:16.000", "db2").onlyIncident().kind()).isEqualTo(IncidentKind.FAILOVER);
    }

    @Test
    void it_is_not_if_it_speaks_again_or_its_balancer_finds_it_again_or_its_key_lives_on() {
        assertThat(taken().leads("10:00:10.000", "db1").findings().incidents()).isEmpty();
        assertThat(taken().balancer("10:00:09.000", BACKEND_UP, "server-up", "pg_primary", "db1")
                        .findings()
                        .incidents())
                .isEmpty();
        assertThat(taken().follows("10:00:40.000", "db2", "db1").findings().incidents())
                .isEmpty();
    }

    private static Scene taken() {
        return well().balancer("10:00:04.000", BACKEND_DOWN, "server-down", "pg_primary", "db1");
    }

    @Test
    void a_server_that_is_out_for_its_role_is_not_lost() {
        Scene scene = well().says(
                        "10:00:04.000",
                        "lb1",
                        "haproxy.server-down",
                        "Server pg_replica/db1 is DOWN",
                        List.of(BACKEND_DOWN),
                        "backend",
                        "pg_replica",
                        "server",
                        "db1",
                        "reason",
                        "Layer7 wrong status");

        assertThat(scene.findings().incidents()).isEmpty();
    }

    @Test
    void a_stream_that_broke_tells_of_a_lost_leader_once_its_next_round_is_overdue() {
        Scene broken = well().postgres("10:00:02.000", "db2", STREAM_LOST, "wal-stream-broken");
        assertThat(broken.findings().incidents()).isEmpty();

        broken.follows("10:00:10.100", "db2", "db1").follows("10:00:20.100", "db2", "db1");
        assertThat(broken.onlyIncident().kind()).isEqualTo(IncidentKind.LEADERLESS);

        broken.postgres("10:00:21.000", "db2", STREAM_STARTED, "streaming-started");
        assertThat(broken.findings().incidents()).isEmpty();
    }

    @Test
    void a_leader_that_stopped_and_is_not_back_was_not_restarted() {
        Scene scene = well().stops("10:00:05.000", "db1");

        assertThat(scene.onlyIncident().kind()).isEqualTo(IncidentKind.LEADERLESS);
        assertThat(scene.onlyIncident().cause().code()).isEqualTo(CauseCode.CLEAN_SHUTDOWN);
        assertThat(scene.postgres("10:00:07.000", "db1", READY_RW, "ready")
                        .onlyIncident()
                        .kind())
                .isEqualTo(IncidentKind.LEADER_RESTART);
    }

    @Test
    void one_that_was_asked_to_give_way_did_so_on_request() {
        Scene scene = well().patroni("10:00:05.000", "db1", SWITCHOVER_REQUESTED, "switchover-received")
                .stops("10:00:05.100", "db1");

        assertThat(scene.onlyIncident().cause().code()).isEqualTo(CauseCode.OPERATOR_REQUEST);
    }

    @Test
    void what_it_says_itself_and_what_others_say_of_it_is_one_story() {
        Incident incident = well().stops("10:00:05.000", "db1")
                .patroni("10:00:07.000", "db2", LEADER_UNREACHABLE, "request-failed-refused", "member", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.LEADERLESS);
        assertThat(incident.startedAt()).isEqualTo(Scene.at("10:00:05.000"));
    }

    @Test
    void a_follower_that_names_a_leader_of_which_nobody_had_heard_tells_of_a_takeover() {
        Incident incident = well().follows("10:00:20.000", "db1", "db2").onlyIncident();

        assertThat(incident.newLeader()).contains("db2");
        assertThat(well().leads("10:00:10.000", "db1")
                        .takesOver("10:00:20.000", "db2")
                        .follows("10:00:20.500", "db3", "db1")
                        .onlyIncident()
                        .newLeader())
                .contains("db2");
    }

    @Test
    void a_member_that_is_being_created_is_not_restarted() {
        Scene scene = new Scene()
                .patroni("10:00:00.000", "db1", BOOTSTRAP, "bootstrap-in-progress")
                .postgres("10:00:01.000", "db1", READY_RW, "ready")
                .patroni("10:00:04.000", "db1", RESTARTING, "postmaster-started");

        assertThat(scene.findings().incidents()).isEmpty();
    }

    @Test
    void a_new_leader_whose_log_is_missing_is_told_by_the_balancer_that_found_it() {
        Scene moved = well().balancer("10:00:04.000", BACKEND_DOWN, "server-down", "pg_primary", "db1")
                .balancer("10:00:20.000", BACKEND_UP, "server-up", "pg_primary", "db2")
                .balancer("10:00:21.000", BACKEND_DOWN, "server-down", "pg_replica", "db2");

        Incident incident = moved.onlyIncident();
        assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
        assertThat(incident.oldLeader()).contains("db1");
        assertThat(incident.newLeader()).contains("db2");
        assertThat(incident.promotedAt()).isEmpty();
        assertThat(incident.databaseReadyNotAfter()).contains(Scene.at("10:00:20.000"));

        assertThat(moved.follows("10:00:30.000", "db2", "db1").findings().incidents())
                .noneMatch(other -> other.kind() == IncidentKind.FAILOVER);
    }

    @Test
    void a_server_that_comes_up_where_it_was_the_last_to_go_down_is_only_back() {
        Scene back = new Scene()
                .balancer("10:00:00.000", BACKEND_DOWN, "server-down", "pg_primary", "db2")
                .balancer("10:00:40.000", BACKEND_DOWN, "server-down", "pg_primary", "db1")
                .balancer("10:01:00.000", BACKEND_UP, "server-up", "pg_primary", "db1")
                .balancer("10:01:01.000", BACKEND_DOWN, "server-down", "pg_replica", "db1");

        assertThat(back.findings().incidents()).isEmpty();
    }

    @Test
    void servers_that_go_down_at_once_tell_not_which_of_them_led() {
        Scene start = new Scene()
                .balancer("10:00:00.000", BACKEND_DOWN, "server-down", "pg_primary", "db1")
                .balancer("10:00:00.400", BACKEND_DOWN, "server-down", "pg_primary", "db2")
                .balancer("10:00:10.000", BACKEND_UP, "server-up", "pg_primary", "db1")
                .balancer("10:00:11.000", BACKEND_DOWN, "server-down", "pg_replica", "db1");

        assertThat(start.findings().incidents()).isEmpty();
    }

    @Test
    void a_replica_that_is_created_anew_was_lost() {
        Incident incident = well().patroni("10:00:10.000", "db2", REINIT, "reinitialize-in-progress")
                .patroni("10:00:20.000", "db2", BOOTSTRAP, "replica-created")
                .postgres("10:00:25.000", "db2", STREAM_STARTED, "streaming-started")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.REPLICA_LOSS);
        assertThat(incident.startedAt()).isEqualTo(Scene.at("10:00:10.000"));
    }

    @Test
    void it_begins_when_the_takeover_begins_that_follows_so_that_both_are_one_story() {
        Scene scene = well().postgres("10:00:02", "db2", STREAM_LOST, "wal-stream-broken")
                .request("10:00:01.900", "GET /", false)
                .request("10:00:02.500", "GET /", true)
                .request("10:00:10.000", "GET /", true)
                .follows("10:00:15.000", "db2", "db1");

        Incident missed = scene.onlyIncident();
        Incident takenOver = scene.takesOver("10:00:20.000", "db2").onlyIncident();

        assertThat(missed.kind()).isEqualTo(IncidentKind.LEADERLESS);
        assertThat(takenOver.kind()).isEqualTo(IncidentKind.FAILOVER);
        assertThat(missed.id()).isEqualTo(takenOver.id());
    }
}
