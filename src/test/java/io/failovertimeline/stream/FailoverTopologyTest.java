package io.failovertimeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailoverTopologyTest {

    private static final Instant RECORD_TIME = Instant.parse("2026-01-07T11:12:13Z");
    private static final String FAULT = "2026-01-07T11:12:13 db2 FAULT_SIGNAL power off";
    private static final String ACQUIRED = "2026-01-07T11:12:15 db1 LOCK_ACQUIRED promoted self";
    private static final String READY = "2026-01-07T11:12:16 db1 READY_RW ready";

    private final Topics topics = Topics.standard();

    @TempDir
    Path stateDir;

    private static final int MOST_OPEN_LOAD = 1500;

    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        driver = driver(StreamSettings.of("unused:9092", stateDir));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void the_topology_is_what_was_reviewed() throws IOException {
        Topology topology =
                new FailoverTopology(topics, StubStages.stages(), StreamSettings.of("unused:9092", stateDir)).build();

        String described = topology.describe().toString();
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(Path.of("src/test/resources/stream/topology.txt"), described);
        }
        assertThat(described).isEqualTo(Files.readString(Path.of("src/test/resources/stream/topology.txt")));
    }

    @Test
    void an_unreadable_record_becomes_a_dead_letter_with_its_place_its_bytes_and_the_reason() {
        log("patroni-logs", "- a blank line");
        log("patroni-logs", "!2026-13-45 no such day");

        List<TestRecord<String, DeadLetter>> letters = deadLetters();

        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("patroni-logs-0@1");
            assertThat(letter.getValue().reason()).isEqualTo("BAD_TIME");
            assertThat(letter.getValue().topic()).isEqualTo("patroni-logs");
            assertThat(letter.getValue().offset()).isEqualTo(1);
            assertThat(letter.getValue().bytes()).contains("!2026-13-45 no such day".getBytes(UTF_8));
            assertThat(letter.getValue().excerpt()).isEqualTo("!2026-13-45 no such day");
        });
    }

    @Test
    void a_record_that_the_decoder_fails_on_does_not_stop_the_next_one() {
        log("journald-logs", "boom");
        log("journald-logs", FAULT);

        assertThat(deadLetters())
                .extracting(letter -> letter.getValue().reason())
                .containsExactly("INTERNAL");
        assertThat(heads()).hasSize(1);
    }

    @Test
    void a_line_that_the_recognizer_fails_on_becomes_a_dead_letter_with_its_bytes_and_the_reason_and_stops_nothing() {
        String snag = "2026-01-07T11:12:13 db2 snag";
        log("journald-logs", snag + "\n" + FAULT);

        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getValue().reason()).isEqualTo("INTERNAL");
            assertThat(letter.getValue().error()).contains("the recognizer has a mistake");
            assertThat(letter.getValue().bytes()).contains((snag + "\n" + FAULT).getBytes(UTF_8));
        });
        assertThat(heads()).hasSize(1);
    }

    @Test
    void lines_are_counted_by_topic_and_by_what_became_of_them() {
        log("journald-logs", FAULT + "\n2026-01-07T11:12:13 db2 snag\n-\n!broken");
        log("patroni-logs", "2026-01-07T11:12:13 db2 NOISE\n2026-01-07T11:12:13 db2 unheard");
        log("load-results", "k6,/Cities,2026-01-07T11:12:14.100Z,failed");
        log("load-results", "k6,?");

        assertThat(counts("journald-logs"))
                .isEqualTo(Map.of(
                        "recognized", 1.0, "known-noise", 0.0, "unrelated", 0.0, "unknown", 1.0, "rejected", 2.0));
        assertThat(counts("patroni-logs"))
                .isEqualTo(Map.of(
                        "recognized", 0.0, "known-noise", 1.0, "unrelated", 0.0, "unknown", 1.0, "rejected", 0.0));
        assertThat(counts("load-results")).containsEntry("recognized", 1.0).containsEntry("rejected", 1.0);
    }

    private Map<String, Double> counts(String topic) {
        Map<String, Double> counts = new TreeMap<>();
        driver.metrics().forEach((name, metric) -> {
            if (topic.equals(name.tags().get("lines-id")) && name.name().endsWith("-total")) {
                counts.put(name.name().replace("-total", ""), (Double) metric.metricValue());
            }
        });
        return counts;
    }

    @Test
    void a_header_that_cannot_be_read_makes_a_dead_letter_and_no_wrong_time() {
        Headers headers = new RecordHeaders().add("zone", "Mars/Olympus".getBytes(UTF_8));

        send("patroni-logs", FAULT, headers);

        assertThat(deadLetters())
                .extracting(letter -> letter.getValue().reason())
                .containsExactly("BAD_HEADER");
        assertThat(heads()).isEmpty();
    }

    @Test
    void an_unreadable_load_result_becomes_a_dead_letter_too() {
        log("load-results", "k6,?");

        assertThat(deadLetters())
                .extracting(letter -> letter.getValue().reason())
                .containsExactly("BROKEN_CSV");
    }

    @Test
    void an_incident_and_its_steps_are_published_with_event_time_as_timestamps() {
        log("patroni-logs", FAULT);

        assertThat(heads()).singleElement().satisfies(head -> {
            assertThat(head.key()).isEqualTo("default/2026-01-07T11:12:13Z");
            assertThat(head.getValue().path("revision").intValue()).isEqualTo(1);
            assertThat(head.getValue().path("state").textValue()).isEqualTo("OPEN");
            assertThat(head.getRecordTime()).isEqualTo("2026-01-07T11:12:13Z");
        });
        List<TestRecord<String, ObjectNode>> steps = steps();
        assertThat(steps).extracting(TestRecord::key).containsOnly("default");
        assertThat(steps)
                .extracting(step -> step.getValue().path("change").textValue())
                .containsExactly("INCIDENT_OPENED", "ADDED");
        JsonNode step = steps.get(1).getValue().path("step");
        assertThat(step.path("source").textValue()).isEqualTo("patroni-logs-0@0");
        assertThat(step.path("text").textValue()).isEqualTo("FAULT_SIGNAL power off");
    }

    @Test
    void more_evidence_raises_the_revision_and_adds_only_what_is_new() {
        log("patroni-logs", FAULT);
        tick();
        steps();

        log("patroni-logs", ACQUIRED);
        log("patroni-logs", READY);

        assertThat(heads())
                .extracting(head -> head.getValue().path("revision").intValue())
                .containsExactly(1, 2, 3);
        assertThat(steps())
                .extracting(step -> step.getValue().path("change").textValue())
                .containsExactly("ADDED", "ADDED", "INCIDENT_CLOSED");
    }

    @Test
    void an_incident_whose_id_vanishes_gets_a_tombstone_and_is_withdrawn_on_the_timeline() {
        log("patroni-logs", ACQUIRED);
        tick();

        log("patroni-logs", FAULT);

        assertThat(heads())
                .extracting(head -> head.key() + (head.getValue() == null ? " gone" : ""))
                .containsExactly(
                        "default/2026-01-07T11:12:15Z",
                        "default/2026-01-07T11:12:13Z",
                        "default/2026-01-07T11:12:15Z gone");
        assertThat(steps())
                .extracting(step -> step.getValue().path("change").textValue())
                .contains("INCIDENT_WITHDRAWN");
    }

    @Test
    void any_order_ends_in_the_same_incident() {
        List<String> lines = new ArrayList<>(List.of(FAULT, ACQUIRED, READY));
        lines.forEach(line -> log("patroni-logs", line));
        ObjectNode inOrder = lastHead();
        stop();

        Collections.shuffle(lines, new Random(4));
        start();
        lines.forEach(line -> {
            log("patroni-logs", line);
            tick();
        });

        assertThat(withoutPlaces(lastHead())).isEqualTo(withoutPlaces(inOrder));
    }

    @Test
    void nothing_is_published_again_when_nothing_changed() {
        log("patroni-logs", FAULT);
        tick();
        heads();

        log("patroni-logs", "- nothing");
        tick();

        assertThat(heads()).isEmpty();
    }

    @Test
    void requests_of_one_second_are_added_up_and_a_late_one_amends_the_sum() {
        log("patroni-logs", FAULT);
        log("load-results", "k6,/Cities,2026-01-07T11:12:14.100Z,ok");
        log("load-results", "k6,/Cities,2026-01-07T11:12:14.200Z,failed");
        assertThat(requests(lastHead())).isEqualTo("2 of which 1 failed");

        log("load-results", "k6,/Cities,2026-01-07T11:12:14.300Z,failed");

        assertThat(requests(lastHead())).isEqualTo("3 of which 2 failed");
    }

    @Test
    void requests_of_this_moment_are_told_of_at_once_and_those_of_a_backlog_once_a_second() {
        log("load-results", "k6,/Cities,2026-01-07T11:12:14Z,ok");
        driver.advanceWallClockTime(Duration.ofMillis(100));
        log("load-results", "k6,/Cities,2026-01-07T11:12:15Z,ok");
        driver.advanceWallClockTime(Duration.ofMillis(100));
        assertThat(sumsOfRequests()).isEqualTo(2);

        driver.advanceWallClockTime(Duration.ofMinutes(1));
        log("load-results", "k6,/Cities,2026-01-07T11:12:16Z,ok");
        driver.advanceWallClockTime(Duration.ofMillis(100));
        assertThat(sumsOfRequests()).isEqualTo(2);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(sumsOfRequests()).isEqualTo(3);
    }

    @Test
    void however_many_sums_are_open_none_is_let_go_before_it_is_told_of() {
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        driver.advanceWallClockTime(Duration.ofMinutes(1));
        int open = MOST_OPEN_LOAD + 10;
        int atOnce = 1000;
        for (int from = 0; from < open; from += atOnce) {
            log(
                    "load-results",
                    IntStream.range(from, Math.min(from + atOnce, open))
                            .mapToObj(second -> "k6,/Cities," + begin.plusSeconds(second) + ",ok")
                            .collect(Collectors.joining("\n")));
        }

        driver.advanceWallClockTime(Duration.ofMillis(100));
        assertThat(count(AggregateLoad.BUCKETS)).isEqualTo(open);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(sumsOfRequests()).isEqualTo(open);
        assertThat(count(AggregateLoad.BUCKETS)).isEqualTo(MOST_OPEN_LOAD);
    }

    private int sumsOfRequests() {
        return count(Correlate.EVIDENCE);
    }

    private int count(String store) {
        int sums = 0;
        try (KeyValueIterator<String, Object> all =
                driver.<String, Object>getKeyValueStore(store).all()) {
            for (; all.hasNext(); all.next()) {
                sums++;
            }
        }
        return sums;
    }

    @Test
    void a_request_that_comes_after_its_bucket_was_let_go_is_still_added() {
        log("patroni-logs", FAULT);
        log("load-results", "k6,/Cities,2026-01-07T11:12:14.100Z,ok");
        tick();
        driver.advanceWallClockTime(Duration.ofMinutes(10));
        assertThat(driver.getKeyValueStore(AggregateLoad.BUCKETS).all()).isExhausted();

        log("load-results", "k6,/Cities,2026-01-07T11:12:14.300Z,failed");

        assertThat(requests(lastHead())).isEqualTo("2 of which 1 failed");
    }

    @Test
    void load_is_told_near_an_incident_only_and_a_late_request_amends_its_second() {
        log("load-results", "k6,/Cities,2026-01-07T11:12:14.100Z,ok");
        log("load-results", "k6,/Cities,2026-01-07T10:00:00Z,ok");
        assertThat(load()).isEmpty();

        log("patroni-logs", FAULT);
        assertThat(load()).singleElement().satisfies(second -> {
            assertThat(second.key()).isEqualTo("[\"default\",\"k6\",\"/Cities\",\"2026-01-07T11:12:14Z\"]");
            assertThat(second.getRecordTime()).isEqualTo("2026-01-07T11:12:14Z");
            assertThat(second.getValue().path("servedMedianMs").asDouble()).isBetween(4.9, 5.1);
        });

        log("load-results", "k6,/Cities,2026-01-07T11:12:14.900Z,failed");
        log("load-results", "k6,/Cities,2026-01-07T11:40:00Z,ok");
        log("load-results", "k6,/Cities,2026-01-07T23:00:00Z,ok");
        assertThat(load())
                .extracting(second -> second.getValue().path("second").asText()
                        + " " + second.getValue().path("requests")
                        + second.getValue().path("failedByKind"))
                .containsExactly("2026-01-07T11:12:14Z 2{\"SERVER_ERROR\":1}", "2026-01-07T11:40:00Z 1{}");
    }

    @Test
    void load_after_an_incident_that_is_over_is_not_told() {
        log("patroni-logs", FAULT);
        log("patroni-logs", READY);
        tick();

        log("load-results", "k6,/Cities,2026-01-07T11:13:10Z,ok");
        log("load-results", "k6,/Cities,2026-01-07T11:14:00Z,ok");

        assertThat(load())
                .extracting(second -> second.getValue().path("second").asText())
                .containsExactly("2026-01-07T11:13:10Z");
    }

    @Test
    void a_cluster_without_an_incident_is_told_of_and_so_is_that_nobody_tells_of_it_any_more() {
        log("patroni-logs", "2026-01-07T11:12:03 db2 HEARTBEAT no action");
        log("patroni-logs", "2026-01-07T11:12:13 db2 HEARTBEAT no action");
        assertThat(clusters()).last().satisfies(state -> {
            assertThat(state.key()).isEqualTo("default");
            assertThat(state.getValue().hosts()).containsExactly(new ClusterState.Host("db2", Optional.empty()));
            assertThat(state.getValue().lastSeenAt()).isEqualTo("2026-01-07T11:12:13Z");
            assertThat(state.getValue().blindSince()).isEmpty();
        });

        driver.advanceWallClockTime(Duration.ofSeconds(30));
        assertThat(clusters()).isEmpty();
        driver.advanceWallClockTime(Duration.ofSeconds(40));

        assertThat(clusters()).singleElement().satisfies(state -> assertThat(
                        state.getValue().blindSince())
                .contains(Instant.parse("2026-01-07T11:12:13Z")));
    }

    @Test
    void a_record_with_settings_is_evidence_of_its_cluster() {
        log("patroni-logs", FAULT);

        log("patroni-logs", "{\"cluster\":\"default\",\"settings\":{\"ttl\":20,\"loopWait\":5}}");

        assertThat(lastHead().path("explanation").textValue()).isEqualTo("ttl PT20S");
    }

    @Test
    void the_cluster_is_that_of_the_header_else_of_the_member() {
        stop();
        driver = driver(withClusters(Map.of("db1", "batman")));

        send("patroni-logs", FAULT, hints("robin", "UTC"));
        log("patroni-logs", ACQUIRED);
        log("patroni-logs", FAULT);

        assertThat(heads())
                .extracting(head -> head.getValue().path("cluster").textValue())
                .containsExactlyInAnyOrder("robin", "batman", "default");
    }

    @Test
    void the_cluster_of_a_request_without_a_header_is_that_of_the_host_that_is_its_key() {
        stop();
        driver = driver(withClusters(Map.of("load1", "batman")));

        send("load-results", "load1", "k6,/Cities,2026-01-07T11:12:14Z,failed", new RecordHeaders());
        send("load-results", "load2", "k6,/Cities,2026-01-07T11:12:14Z,failed", new RecordHeaders());
        send("patroni-logs", FAULT, hints("batman", "UTC"));

        assertThat(requests(lastHead())).isEqualTo("1 of which 1 failed");
    }

    @Test
    void local_times_are_read_in_the_zone_of_the_header() {
        send("patroni-logs", FAULT, hints("batman", "+03:00"));

        assertThat(lastHead().path("startedAt").textValue()).isEqualTo("2026-01-07T08:12:13Z");
    }

    @Test
    void several_lines_in_one_record_are_several_pieces_of_evidence() {
        log("patroni-logs", FAULT + "\n" + ACQUIRED + "\n");

        assertThat(lastHead().path("events")).hasSize(2);
    }

    @Test
    void when_all_inputs_are_idle_for_a_ttl_an_open_incident_tells_once_what_it_still_waits_for() {
        log("patroni-logs", "{\"cluster\":\"default\",\"settings\":{\"ttl\":20}}");
        log("patroni-logs", "2026-01-07T11:12:12 db2 HEARTBEAT no action");
        log("patroni-logs", FAULT);
        log("load-results", "k6,/Cities,2026-01-07T11:12:14Z,failed");
        heads();
        steps();

        driver.advanceWallClockTime(Duration.ofSeconds(15));
        assertThat(steps()).isEmpty();
        driver.advanceWallClockTime(Duration.ofSeconds(15));

        assertThat(steps()).singleElement().satisfies(step -> {
            JsonNode told = step.getValue();
            assertThat(told.path("change").textValue()).isEqualTo("AWAITED");
            assertThat(told.path("at").textValue()).isEqualTo("2026-01-07T11:12:14Z");
            assertThat(told.path("awaited"))
                    .extracting(one -> one.path("what").textValue())
                    .containsExactly("LEADER", "SUCCESS", "HEARTBEAT");
        });
        driver.advanceWallClockTime(Duration.ofHours(1));
        assertThat(steps()).isEmpty();
        assertThat(heads()).isEmpty();
    }

    @Test
    void an_incident_that_is_over_waits_for_nothing() {
        log("patroni-logs", FAULT);
        log("patroni-logs", READY);
        tick();
        steps();

        driver.advanceWallClockTime(Duration.ofHours(1));

        assertThat(steps()).isEmpty();
    }

    @Test
    void the_parts_of_a_line_wait_for_its_end_and_count_as_they_are_lines_of_one_class() {
        String part = "{\"log\":\"%s\",\"stream\":\"%s\",\"time\":\"2026-01-07T11:12:15Z\"}";
        log("patroni-logs", part.formatted("LOCK_ACQUIRED ", "stderr"));
        log("patroni-logs", part.formatted("NOI", "stdout"));
        assertThat(heads()).isEmpty();

        log("patroni-logs", part.formatted("promoted self\\n", "stderr"));
        log("patroni-logs", part.formatted("SE\\n", "stdout"));

        assertThat(lastHead().path("events")).singleElement().satisfies(event -> {
            assertThat(event.path("text").textValue()).isEqualTo("LOCK_ACQUIRED promoted self");
            assertThat(event.path("source").textValue()).isEqualTo("patroni-logs-0@0");
        });
        assertThat(counts("patroni-logs")).containsEntry("recognized", 2.0).containsEntry("known-noise", 2.0);
    }

    @Test
    void evidence_beyond_the_bound_goes_the_oldest_first_and_what_was_told_of_it_stays() {
        stop();
        StreamSettings plain = StreamSettings.of("unused:9092", stateDir);
        driver = driver(new StreamSettings(
                plain.bootstrapServers(),
                plain.applicationId(),
                plain.stateDir(),
                plain.clusters(),
                plain.zones(),
                1000,
                plain.alerts(),
                plain.partitions(),
                plain.kafka()));
        log("patroni-logs", FAULT);
        tick();
        heads();

        for (int line = 0; line < 1000; line++) {
            log("patroni-logs", "2026-02-01T00:00:00 db1 HEARTBEAT " + line);
        }
        log("patroni-logs", FAULT);

        assertThat(heads())
                .noneMatch(head -> head.key().equals("default/2026-01-07T11:12:13Z") && head.getValue() == null);
        assertThat(deadLetters())
                .extracting(letter -> letter.getValue().reason())
                .containsExactly("TOO_LATE");
    }

    private TopologyTestDriver driver(StreamSettings settings) {
        Properties properties = settings.properties();
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        return new TopologyTestDriver(
                new FailoverTopology(topics, StubStages.stages(), settings, MOST_OPEN_LOAD).build(),
                properties,
                RECORD_TIME);
    }

    private StreamSettings withClusters(Map<String, String> clusterByMember) {
        StreamSettings plain = StreamSettings.of("unused:9092", stateDir);
        return new StreamSettings(
                plain.bootstrapServers(),
                plain.applicationId(),
                plain.stateDir(),
                new ClusterNames(clusterByMember),
                plain.zones(),
                plain.mostEvidence(),
                plain.alerts(),
                plain.partitions(),
                plain.kafka());
    }

    private static Headers hints(String cluster, String zone) {
        return new RecordHints(
                        Optional.of(cluster),
                        Optional.empty(),
                        Optional.of(ZoneId.of(zone)),
                        Optional.empty(),
                        Optional.empty())
                .headers();
    }

    private void log(String topic, String line) {
        send(topic, line, new RecordHeaders());
    }

    private void send(String topic, String line, Headers headers) {
        send(topic, null, line, headers);
    }

    private void send(String topic, @Nullable String key, String line, Headers headers) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(
                        key == null ? null : key.getBytes(UTF_8), line.getBytes(UTF_8), headers, RECORD_TIME));
    }

    private void tick() {
        driver.advanceWallClockTime(Duration.ofMillis(700));
        driver.advanceWallClockTime(Duration.ofMillis(700));
    }

    private <V> List<TestRecord<String, V>> read(Topic<String, V> topic) {
        tick();
        return driver.createOutputTopic(
                        topic.name(),
                        topic.keys().deserializer(),
                        topic.values().deserializer())
                .readRecordsToList();
    }

    private List<TestRecord<String, ObjectNode>> heads() {
        return read(topics.failovers());
    }

    private ObjectNode lastHead() {
        List<TestRecord<String, ObjectNode>> heads = new ArrayList<>(heads());
        heads.removeIf(head -> head.getValue() == null);
        return heads.get(heads.size() - 1).getValue();
    }

    private List<TestRecord<String, ObjectNode>> steps() {
        return read(topics.timeline());
    }

    private List<TestRecord<String, ObjectNode>> load() {
        tick();
        return read(topics.load());
    }

    private List<TestRecord<String, ClusterState>> clusters() {
        return read(topics.clusters());
    }

    private List<TestRecord<String, DeadLetter>> deadLetters() {
        return read(topics.deadLetters());
    }

    private static String requests(ObjectNode incident) {
        JsonNode impact = incident.path("clientImpact").path(0);
        return impact.path("requests") + " of which " + impact.path("failedRequests") + " failed";
    }

    private static ObjectNode withoutPlaces(ObjectNode incident) {
        ObjectNode copy = incident.deepCopy();
        copy.remove("revision");
        copy.path("events").forEach(event -> ((ObjectNode) event).remove("source"));
        return copy;
    }
}
