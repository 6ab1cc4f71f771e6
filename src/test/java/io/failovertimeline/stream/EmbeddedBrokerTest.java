package io.failovertimeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.LineCounts;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With one real broker for all, because starting one takes longest; so the tests build on each other. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddedBrokerTest {

    private static final Topics TOPICS = Topics.standard();

    @TempDir
    static Path stateDir;

    private static EmbeddedBroker broker;
    private static Admin admin;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
        admin = Admin.create(client());
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
        assertThat(Files.exists(broker.folder())).isFalse();
    }

    @Test
    @Order(1)
    void a_check_of_an_empty_cluster_finds_all_topics_missing_and_creates_none() throws Exception {
        List<TopicState> states = new TopicSetup(admin).check(TOPICS.definitions());

        assertThat(states).extracting(TopicState::status).containsOnly(TopicState.Status.MISSING);
        assertThat(admin.listTopics().names().get()).isEmpty();
    }

    @Test
    @Order(2)
    void missing_topics_are_created_as_defined_and_a_topic_that_differs_is_left_alone() throws Exception {
        admin.createTopics(List.of(new NewTopic("failover-alerts", 1, (short) 1)))
                .all()
                .get();

        List<TopicState> states = new TopicSetup(admin).create(TOPICS.definitions(), Optional.of((short) 1));

        assertThat(states).filteredOn(TopicState::isGood).hasSize(9);
        assertThat(states).filteredOn(state -> !state.isGood()).singleElement().satisfies(state -> {
            assertThat(state.name()).isEqualTo("failover-alerts");
            assertThat(state.differences())
                    .contains("partitions is 1, should be 3", "cleanup.policy is delete, should be compact");
        });
    }

    @Test
    @Order(3)
    void a_second_run_finds_what_the_first_created() {
        assertThat(new TopicSetup(admin).create(TOPICS.definitions(), Optional.empty()))
                .filteredOn(state -> !state.name().equals("failover-alerts"))
                .extracting(TopicState::status)
                .containsOnly(TopicState.Status.OK);
    }

    @Test
    @Order(4)
    void records_become_incidents_and_a_restart_goes_on_where_it_stopped_even_within_a_record_or_a_line()
            throws Exception {
        send("patroni-logs", "{\"log\":\"LOCK_ACQ\",\"stream\":\"stderr\",\"time\":\"2026-01-07T11:12:15Z\"}");
        send("patroni-logs", "!no time");
        send("patroni-logs", "2026-01-07T11:12:13 db2 FAULT_SIGNAL power off");
        send("load-results", "k6,/Cities,2026-01-07T11:12:14.100Z,failed");
        try (FailoverStream stream = stream(stateDir.resolve("first"))) {
            stream.start();
            assertThat(incidentsWhen(incident -> incident.path("clientImpact").size() == 1))
                    .containsOnlyKeys("default/2026-01-07T11:12:13Z");
            assertThat(stream.lines())
                    .containsEntry("patroni-logs", new LineCounts(1, 0, 0, 0, 1))
                    .containsEntry("load-results", new LineCounts(1, 0, 0, 0, 0));
            assertThat(ManagementFactory.getPlatformMBeanServer()
                            .queryNames(new ObjectName("kafka.streams:type=stream-lines-metrics,*"), null))
                    .isNotEmpty();
        }

        send("patroni-logs", "  and what its next line says");
        send(
                "patroni-logs",
                "{\"log\":\"UIRED promoted self\\n\",\"stream\":\"stderr\",\"time\":\"2026-01-07T11:12:15Z\"}");
        send("journald-logs", "2026-01-07T11:12:16 db1 READY_RW ready");
        TreeMap<String, ObjectNode> incidents;
        // Another folder: what was known comes back from the changelogs.
        try (FailoverStream stream = stream(stateDir.resolve("second"))) {
            stream.start();
            incidents = incidentsWhen(incident -> incident.path("state")
                            .asText()
                            .equals("CLOSED")
                    && incident.path("events").size() == 3
                    && incident.path("events").path(0).path("text").asText().contains("\n"));
            assertThat(new InputProgress(admin, StreamSettings.APPLICATION_ID, TOPICS).isComplete())
                    .isTrue();
        }

        ObjectNode incident = incidents.get("default/2026-01-07T11:12:13Z");
        assertThat(incident.path("state").textValue()).isEqualTo("CLOSED");
        assertThat(incident.path("revision").intValue()).isGreaterThan(1);
        assertThat(incident.path("events")).hasSize(3);
        assertThat(incident.path("events").path(1).path("text").textValue()).isEqualTo("LOCK_ACQUIRED promoted self");
        assertThat(incident.path("events").path(0).path("text").textValue())
                .isEqualTo("FAULT_SIGNAL power off\n  and what its next line says");
        assertThat(incident.path("clientImpact").path(0).path("failedRequests").intValue())
                .isEqualTo(1);
    }

    @Test
    @Order(5)
    void what_a_page_shows_is_all_there_for_one_who_comes_later() {
        Map<String, ObjectNode> load = new TreeMap<>();
        Map<String, ObjectNode> clusters = new TreeMap<>();
        boolean[] complete = {false};
        TimelineTail.Listener listener = new TimelineTail.Listener() {
            @Override
            public void step(ObjectNode step) {}

            @Override
            public void incident(String id, Optional<ObjectNode> json) {}

            @Override
            public void cluster(String name, Optional<ObjectNode> json) {
                json.ifPresent(its -> clusters.put(name, its));
            }

            @Override
            public void load(ObjectNode json) {
                load.put(json.path("second").asText(), json);
            }

            @Override
            public void caughtUp() {
                complete[0] = true;
            }
        };
        // Who tells of a cluster is told at a pace: a stream that ends before its first look leaves it to the next one.
        try (FailoverStream stream = stream(stateDir.resolve("third"))) {
            stream.start();
            TimelineTail.ofPage(client())
                    .follow(listener, () -> complete[0] && !load.isEmpty() && !clusters.isEmpty(), Duration.ZERO);
        }

        assertThat(load).containsOnlyKeys("2026-01-07T11:12:14Z");
        assertThat(load.get("2026-01-07T11:12:14Z").path("failedRequests").intValue())
                .isEqualTo(1);
        assertThat(clusters).containsOnlyKeys("default");
    }

    @Test
    @Order(6)
    void what_happens_at_this_moment_is_seen_by_readers_of_committed_records_long_before_the_next_interval_ends()
            throws Exception {
        StreamSettings usual = StreamSettings.of(broker.bootstrapServers(), stateDir.resolve("prompt"));
        StreamSettings slow = new StreamSettings(
                usual.bootstrapServers(),
                "prompt",
                usual.stateDir(),
                usual.clusters(),
                usual.zones(),
                usual.mostEvidence(),
                usual.alerts(),
                usual.partitions(),
                Map.of("commit.interval.ms", "800000", "producer.transaction.timeout.ms", "900000"));
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String line = now.toString().replace("Z", "") + " db2 FAULT_SIGNAL of this moment";
        try (FailoverStream stream = new FailoverStream(StubStages.stages(), slow)) {
            stream.start();
            send("patroni-logs", line, now);
            assertThat(incidentsWhen(incident -> incident.toString().contains("of this moment")))
                    .isNotEmpty();
        }
    }

    private static FailoverStream stream(Path folder) {
        return new FailoverStream(StubStages.stages(), StreamSettings.of(broker.bootstrapServers(), folder));
    }

    /** The incidents as soon as {@code enough}; the class's time limit is the only clock. */
    private static TreeMap<String, ObjectNode> incidentsWhen(Predicate<ObjectNode> enough) {
        TreeMap<String, ObjectNode> incidents = new TreeMap<>();
        TimelineTail.Listener listener = new TimelineTail.Listener() {
            @Override
            public void step(ObjectNode step) {}

            @Override
            public void incident(String id, Optional<ObjectNode> json) {
                json.ifPresentOrElse(incident -> incidents.put(id, incident), () -> incidents.remove(id));
            }
        };
        new TimelineTail(client(), true)
                .follow(listener, () -> incidents.values().stream().anyMatch(enough), Duration.ZERO);
        return incidents;
    }

    private static void send(String topic, String line) throws Exception {
        send(topic, line, Instant.parse("2026-01-07T11:12:13Z"));
    }

    private static void send(String topic, String line, Instant at) throws Exception {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, at.toEpochMilli(), null, line.getBytes(UTF_8)))
                    .get();
        }
    }

    private static Properties client() {
        Properties client = new Properties();
        client.put("bootstrap.servers", broker.bootstrapServers());
        return client;
    }
}
