package io.failovertimeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeIncidentTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant BEGIN = Instant.parse("2026-01-07T11:00:00Z");
    private static final int MOST = 20_000;

    @TempDir
    Path stateDir;

    private static ObjectNode incident(int steps, int refusals) {
        ObjectNode incident = JSON.createObjectNode();
        ArrayNode events = incident.putArray("events");
        for (int number = 0; number < steps; number++) {
            events.addObject().put("at", BEGIN.plusSeconds(number).toString()).put("text", "step " + number);
        }
        ArrayNode refused = incident.putArray("refusals");
        for (int number = 0; number < refusals; number++) {
            refused.addObject().put("member", "db" + number).put("reason", "LAG");
        }
        incident.putObject("cause").putArray("evidence").add(0).add(7).add(steps - 1);
        return incident;
    }

    private static int bytes(JsonNode node) {
        return node.toString().getBytes(UTF_8).length;
    }

    private static ObjectNode bounded(ObjectNode incident) {
        return BoundedIncident.within(MOST, incident, bytes(incident), LargeIncidentTest::bytes);
    }

    @Test
    void an_incident_that_fits_stays_as_it_is() {
        assertThat(bounded(incident(10, 10))).isEqualTo(incident(10, 10));
    }

    @Test
    void of_one_that_does_not_the_oldest_steps_go_that_nothing_refers_to_and_their_number_is_said() {
        ObjectNode bounded = bounded(incident(1000, 10));

        assertThat(bytes(bounded)).isLessThanOrEqualTo(MOST);
        List<String> kept = bounded.path("events").findValuesAsText("text");
        assertThat(kept).startsWith("step 0", "step 7").endsWith("step 999");
        int missing = bounded.path("omitted").path("events").asInt();
        assertThat(missing).isEqualTo(1000 - kept.size()).isPositive();
        assertThat(bounded.path("omitted").path("eventsUntil").asText())
                .isEqualTo(BEGIN.plusSeconds(missing + 1L).toString());
        assertThat(bounded.path("refusals")).hasSize(10);
    }

    @Test
    void what_is_referred_to_is_still_what_it_was() {
        ObjectNode bounded = bounded(incident(1000, 0));

        List<String> evidence = new ArrayList<>();
        bounded.path("cause")
                .path("evidence")
                .forEach(index -> evidence.add(
                        bounded.path("events").path(index.asInt()).path("text").asText()));
        assertThat(evidence).containsExactly("step 0", "step 7", "step 999");
    }

    @Test
    void where_steps_are_not_what_is_too_large_the_lists_that_are_go() {
        ObjectNode bounded = bounded(incident(3, 2000));

        assertThat(bytes(bounded)).isLessThanOrEqualTo(MOST);
        assertThat(bounded.path("omitted").path("refusals").asInt())
                .isEqualTo(2000 - bounded.path("refusals").size());
    }

    @Test
    void an_incident_that_outgrows_a_record_stops_nothing_and_takes_no_step_back() {
        StreamSettings plain = StreamSettings.of("unused:9092", stateDir);
        StreamSettings settings = new StreamSettings(
                plain.bootstrapServers(),
                plain.applicationId(),
                plain.stateDir(),
                plain.clusters(),
                plain.zones(),
                plain.mostEvidence(),
                plain.alerts(),
                plain.partitions(),
                Map.of("producer.max.request.size", "20000"));
        Properties properties = settings.properties();
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        Topics topics = Topics.standard();
        try (TopologyTestDriver driver = new TopologyTestDriver(
                new FailoverTopology(topics, StubStages.stages(), settings).build(), properties, BEGIN)) {
            for (int second = 0; second < 300; second++) {
                driver.createInputTopic("patroni-logs", new ByteArraySerializer(), new ByteArraySerializer())
                        .pipeInput(
                                new byte[0],
                                (BEGIN.plusSeconds(second).toString().replace("Z", "")
                                                + " db1 FAULT_SIGNAL power off number " + second)
                                        .getBytes(UTF_8),
                                BEGIN);
                driver.advanceWallClockTime(Duration.ofSeconds(1));
            }

            List<ObjectNode> heads = driver.createOutputTopic(
                            topics.failovers().name(),
                            topics.failovers().keys().deserializer(),
                            topics.failovers().values().deserializer())
                    .readValuesToList();
            ObjectNode last = heads.get(heads.size() - 1);
            assertThat(heads).allSatisfy(head -> assertThat(bytes(head)).isLessThan(20_000));
            assertThat(last.path("omitted").path("events").asInt()
                            + last.path("events").size())
                    .isEqualTo(300);
            assertThat(driver.createOutputTopic(
                                    topics.timeline().name(),
                                    topics.timeline().keys().deserializer(),
                                    topics.timeline().values().deserializer())
                            .readValuesToList())
                    .extracting(change -> change.path("change").asText())
                    .doesNotContain("WITHDRAWN")
                    .filteredOn("ADDED"::equals)
                    .hasSize(300);
        }
    }
}
