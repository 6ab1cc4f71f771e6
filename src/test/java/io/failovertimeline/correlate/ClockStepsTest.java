package io.failovertimeline.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Findings;
import io.failovertimeline.model.IncidentKind;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class ClockStepsTest {

    private static Scene beating(Scene scene, String from, int seconds, String leader, String... replicas) {
        for (int second = 0; second < seconds; second += 10) {
            String at = LocalTime.parse(from).plusSeconds(second).format(DateTimeFormatter.ISO_LOCAL_TIME) + ".000";
            scene.leads(at, leader);
            for (String replica : replicas) {
                scene.follows(at, replica, leader);
            }
        }
        return scene;
    }

    @Test
    void a_replica_that_is_silent_for_long_while_others_go_on_was_silent() {
        Scene scene = new Scene();
        beating(scene, "10:00:01", 60, "db1", "db2");
        beating(scene, "10:01:01", 1800, "db1");
        beating(scene, "10:31:01", 60, "db1", "db2");

        assertThat(scene.findings().clockSteps()).isEmpty();
    }

    @Test
    void a_leader_that_is_silent_until_another_took_over_was_silent() {
        Scene scene = new Scene();
        beating(scene, "10:00:01", 60, "db1", "db2");
        scene.takesOver("10:01:30.000", "db2");
        beating(scene, "10:01:31", 600, "db2");
        beating(scene, "10:11:41", 60, "db2", "db1");

        Findings findings = scene.findings();

        assertThat(findings.clockSteps()).isEmpty();
        assertThat(findings.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
            assertThat(incident.oldLeader()).contains("db1");
        });
    }
}
