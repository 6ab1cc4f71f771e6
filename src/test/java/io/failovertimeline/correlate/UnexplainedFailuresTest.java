package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnexplainedFailuresTest {

    /** A cluster that is well while requests fail from :20 to :29. */
    private static Scene failures() {
        Scene scene = new Scene();
        for (int second = 0; second < 60; second += 10) {
            scene.leads(String.format("10:00:%02d.100", second), "db1");
        }
        scene.leads("10:01:00.100", "db1").request("10:00:19.000", "GET /", false);
        for (int second = 20; second < 30; second++) {
            scene.request(String.format("10:00:%02d.000", second), "GET /", true);
        }
        return scene.request("10:00:31.000", "GET /", false);
    }

    private static Scene down(Scene scene, String timeOfDay, String backend, String server) {
        return scene.balancer(timeOfDay, EventKind.BACKEND_DOWN, "server-down", backend, server);
    }

    @Test
    void a_balancer_whose_servers_go_down_again_without_having_come_up_was_started_anew() {
        Scene scene = down(down(failures(), "10:00:01.000", "primary", "db2"), "10:00:01.500", "replica", "db1");
        down(down(scene, "10:00:30.300", "primary", "db2"), "10:00:30.800", "replica", "db1");

        Incident incident = scene.onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.CLIENT_ERRORS);
        assertThat(incident.cause().detail()).contains(CauseDetail.BALANCER_RESTARTED);
        assertThat(incident.cause().explanation()).contains("the balancer on lb1 was started anew");
        assertThat(incident.events()).hasSize(2);
    }

    @Test
    void one_server_that_goes_down_again_may_have_come_up_unseen() {
        Scene scene = down(down(failures(), "10:00:01.000", "primary", "db2"), "10:00:01.500", "replica", "db1");
        down(scene, "10:00:30.300", "primary", "db2");

        assertThat(scene.onlyIncident().cause().detail()).isEmpty();
    }

    @Test
    void a_balancer_that_systemd_stops_was_restarted() {
        Incident incident = failures()
                .says(
                        "10:00:20.000",
                        "lb1",
                        "systemd.stopping",
                        "Stopping haproxy.service - HAProxy Load Balancer...",
                        List.of(EventKind.FAULT_SIGNAL),
                        "unit",
                        "haproxy.service")
                .onlyIncident();

        assertThat(incident.cause().detail()).contains(CauseDetail.BALANCER_RESTARTED);
    }

    @Test
    void requests_that_fail_while_patroni_is_late_are_a_degradation() {
        Incident incident = failures()
                .patroni("10:00:22.000", "db1", EventKind.LOOP_TIME_EXCEEDED, "loop-time-exceeded")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.DEGRADATION);
        assertThat(incident.cause().detail()).contains(CauseDetail.SLOW);
        assertThat(incident.startedAt()).isEqualTo(at("10:00:20.000"));
    }

    @Test
    void failures_that_nothing_explains_stay_unexplained() {
        Incident incident = failures().onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.CLIENT_ERRORS);
        assertThat(incident.cause().detail()).isEmpty();
    }

    @Test
    void commits_that_gave_up_waiting_for_a_standby_are_a_degradation() {
        Incident incident = new Scene()
                .leads("10:00:00.100", "db1")
                .postgres("10:00:12.000", "db1", EventKind.CLIENT_ERROR, "sync-wait-cancelled")
                .leads("10:00:20.100", "db1")
                .onlyIncident();

        assertThat(incident.kind()).isEqualTo(IncidentKind.DEGRADATION);
        assertThat(incident.cause().detail()).contains(CauseDetail.WAITS_FOR_STANDBY);
    }
}
