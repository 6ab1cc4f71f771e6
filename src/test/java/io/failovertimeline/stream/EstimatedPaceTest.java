package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Evidence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shippers send no settings: how often Patroni does a round is what its heartbeats say. */
class EstimatedPaceTest {

    private static final Instant BEGIN = Instant.parse("2026-01-07T11:00:00.250Z");

    @TempDir
    Path stateDir;

    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        driver = DrivenStream.begin(stateDir, BEGIN);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void says(String member, double second, String message) {
        Instant at = BEGIN.plusMillis(Math.round(second * 1000));
        String line = at.toString().replace("Z", "+00:00") + " " + member + " patroni[626]: " + message;
        DrivenStream.journal(driver, line, at);
    }

    private void beat(double pause) {
        for (int round = 0; round < 8; round++) {
            double second = round * pause + (round % 2) * 0.02;
            says("db1", second, "no action. I am (db1), the leader with the lock");
            says("db2", second + 0.1, "no action. I am (db2), a secondary, and following a leader (db1)");
        }
    }

    private List<Evidence> settings() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        List<Evidence> settings = new ArrayList<>();
        driver.<String, Piece>getKeyValueStore(Correlate.EVIDENCE).all().forEachRemaining(entry -> {
            if (entry.value.evidence() instanceof ClusterSettings its) {
                settings.add(its);
            }
        });
        return settings;
    }

    @Test
    void heartbeats_that_come_steadily_tell_the_pause_between_rounds() {
        beat(5);

        assertThat(settings()).hasSize(2).containsOnly(ClusterSettings.estimate("default", Duration.ofSeconds(5)));
    }

    @Test
    void heartbeats_that_come_at_no_pace_of_whole_seconds_tell_none() {
        beat(5.4);

        assertThat(settings()).isEmpty();
    }

    @Test
    void a_leader_that_fell_silent_is_missed_from_its_next_round_on() {
        beat(5);
        says("db2", 52, "promoted self to leader by acquiring session lock");
        says("db2", 57, "no action. I am (db2), the leader with the lock");
        says("db1", 90, "Lock owner: db2; I am db1");
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        List<ObjectNode> incidents = driver.createOutputTopic(
                        "failovers", new StringDeserializer(), new JsonSerde<>(ObjectNode.class).deserializer())
                .readValuesToList();
        assertThat(incidents.get(incidents.size() - 1).path("startedAt").asText())
                .isEqualTo(BEGIN.plusMillis(40_020).toString());
    }
}
