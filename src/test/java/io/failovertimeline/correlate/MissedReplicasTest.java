package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A replica that is lost, told by its leader's log. */
class MissedReplicasTest {

    private static Scene steady() {
        return new Scene().leads("22:38:24.562", "db1").leads("22:38:44.554", "db1");
    }

    private static Scene dropped(Scene scene) {
        return scene.says(
                "22:38:49.511",
                "db1",
                "patroni.sync-dropped",
                "Updating synchronous privilege temporarily from ['db2'] to []",
                List.of(EventKind.SYNC_CHANGED, EventKind.REPLICA_GONE),
                "member",
                "db2");
    }

    private static Scene assigned(Scene scene, String timeOfDay, String standbys) {
        String[] member = standbys.equals("['db2']") ? new String[] {"member", "db2"} : new String[0];
        return scene.says(
                timeOfDay,
                "db1",
                "patroni.sync-assigned",
                "Assigning synchronous standby status to " + standbys,
                List.of(EventKind.SYNC_CHANGED),
                member);
    }

    @Test
    void a_leader_that_drops_its_synchronous_standby_tells_of_its_loss_and_return() {
        Incident incident =
                assigned(dropped(steady()), "22:39:14.518", "['db2']").onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.REPLICA_LOSS);
        assertThat(incident.member()).contains("db2");
        assertThat(incident.startedAt()).isEqualTo(at("22:38:49.511"));
        assertThat(incident.rejoinedAt()).contains(at("22:39:14.518"));
        assertThat(incident.state()).isEqualTo(Incident.State.CLOSED);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.UNKNOWN);
        assertThat(incident.cause().explanation()).contains("commits on db1 waited for it until Patroni dropped it");
    }

    @Test
    void in_strict_mode_commits_wait_until_a_standby_is_back() {
        Incident incident = assigned(assigned(dropped(steady()), "22:38:49.519", "['*']"), "22:39:14.477", "['db2']")
                .onlyIncident();

        assertThat(incident.cause().explanation()).contains("waited until one was back, as strict synchronous mode");
    }

    @Test
    void requests_that_failed_while_commits_waited_belong_to_the_loss() {
        Scene scene = dropped(steady());
        for (int second = 29; second < 46; second++) {
            scene.request("22:38:" + second + ".100", "POST /orders", true);
        }
        scene.request("22:38:20.100", "POST /orders", false)
                .request("22:38:50.100", "POST /orders", false)
                .request("22:39:20.100", "POST /orders", false);

        Incident incident = assigned(scene, "22:39:14.518", "['db2']").onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.REPLICA_LOSS);
        assertThat(incident.startedAt()).isEqualTo(at("22:38:29.100"));
        assertThat(incident.serviceRestoredAt()).contains(at("22:38:50.100"));
    }

    @Test
    void the_leader_s_lines_and_those_of_the_replica_are_one_loss() {
        Incident incident = dropped(steady().follows("22:38:24.600", "db2", "db1"))
                .patroni("22:39:10.589", "db2", EventKind.RESTARTING, "postgresql-not-running")
                .postgres("22:39:11.953", "db2", EventKind.CRASH_RECOVERY, "was-interrupted-in-recovery")
                .postgres("22:39:13.840", "db2", EventKind.STREAM_STARTED, "started-streaming")
                .onlyIncident();

        assertThat(incident.startedAt()).isEqualTo(at("22:38:49.511"));
        assertThat(incident.cause().code()).isEqualTo(CauseCode.HOST_DOWN);
        assertThat(incident.rejoinedAt()).contains(at("22:39:13.840"));
    }

    @Test
    void a_dropped_slot_tells_of_its_member_s_loss_and_of_no_other_program_s() {
        Scene scene = steady().cannotReach("22:38:46.587", "db1", "db2")
                .says(
                        "22:38:50.100",
                        "db1",
                        "patroni.slot-dropped",
                        "Dropped unknown replication slot 'pg_basebackup_54'",
                        List.of(EventKind.REPLICA_GONE),
                        "slot",
                        "pg_basebackup_54");
        assertThat(scene.findings().incidents()).isEmpty();

        Incident incident = scene.says(
                        "22:38:56.668",
                        "db1",
                        "patroni.slot-dropped",
                        "Dropped unknown replication slot 'db2'",
                        List.of(EventKind.REPLICA_GONE),
                        "slot",
                        "db2")
                .onlyIncident();

        assertThat(incident.member()).contains("db2");
        assertThat(incident.startedAt()).isEqualTo(at("22:38:46.587"));
        assertThat(incident.state()).isEqualTo(Incident.State.OPEN);
    }

    @Test
    void a_switchover_that_was_asked_for_meanwhile_and_did_not_happen_is_told() {
        Incident incident = assigned(
                        dropped(steady())
                                .patroni("22:38:55.569", "db1", EventKind.SWITCHOVER_REQUESTED, "switchover-requested"),
                        "22:39:14.518",
                        "['db2']")
                .onlyIncident();

        assertThat(incident.cause().explanation()).contains("A switchover was asked for meanwhile, and did not happen");
    }
}
