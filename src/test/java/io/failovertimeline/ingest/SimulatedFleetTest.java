package io.failovertimeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.simulate.Fleet;
import io.failovertimeline.simulate.FleetPlan;
import io.failovertimeline.simulate.Promotions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SimulatedFleetTest {

    private static final FleetPlan PLAN = new FleetPlan(
            20, Instant.parse("2026-01-07T11:00:00Z"), Duration.ofMinutes(4), 2, 2, Duration.ofSeconds(20), 1);

    @TempDir
    Path stateDir;

    @Test
    void the_same_plan_gives_the_same_records() {
        assertThat(texts()).isEqualTo(texts()).hasSizeGreaterThan(10_000);
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        new Fleet(PLAN).forEachRemaining(record -> texts.add(new String(record.value(), StandardCharsets.UTF_8)));
        return texts;
    }

    @Test
    void each_simulated_failover_is_told_as_one_and_its_promotion_is_measured() throws Exception {
        List<IngestRecord> records = new ArrayList<>();
        new Fleet(PLAN).forEachRemaining(records::add);
        Promotions promotions = new Promotions(System::nanoTime);
        records.forEach(promotions::sending);
        ToldIncidents told = new ToldIncidents();

        try (RunningStream stream = new RunningStream(stateDir)) {
            stream.send(records);
            stream.read(
                    told,
                    () -> failovers(told) == promotions.sent()
                            && promoted(told) == promotions.sent()
                            && stream.isComplete());
        }
        told.steps.forEach(promotions::step);

        assertThat(promotions.sent()).isPositive();
        assertThat(promotions.areAllTold()).isTrue();
        assertThat(promotions.atMost(1)).isPresent();
        assertThat(failovers(told)).isEqualTo(promotions.sent());
    }

    private static long promoted(ToldIncidents told) {
        return told.steps.stream()
                .map(record -> record.path("step"))
                .filter(step -> step.path("text").asText().equals("promoted self to leader by acquiring session lock"))
                .map(step -> step.path("member").asText())
                .distinct()
                .count();
    }

    private static long failovers(ToldIncidents told) {
        return told.byId.values().stream()
                .filter(incident -> incident.contains("\"kind\" : \"FAILOVER\""))
                .count();
    }
}
