package io.failovertimeline.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.ingest.FileFeed;
import io.failovertimeline.ingest.Ingest;
import io.failovertimeline.ingest.Pace;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.stream.EmbeddedBroker;
import io.failovertimeline.stream.FailoverStream;
import io.failovertimeline.stream.Stages;
import io.failovertimeline.stream.StreamSettings;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real stream application over a real broker, asked over HTTP; the tests build on each other. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperationsTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

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
    }

    @Test
    @Order(1)
    void a_check_before_the_start_names_what_is_missing_and_what_to_do() {
        List<Preflight.Finding> findings =
                preflight(Map.of("num.stream.thread", "2", "consumer.max.poll.records", "10"));

        assertThat(findings)
                .filteredOn(finding -> !finding.isFine())
                .extracting(Preflight.Finding::toString)
                .anySatisfy(wrong -> assertThat(wrong).contains("topic patroni-logs", "./failover topics"))
                .anySatisfy(wrong -> assertThat(wrong).contains("kafka.num.stream.thread,"))
                .noneSatisfy(wrong -> assertThat(wrong).contains("max.poll.records"));
    }

    @Test
    @Order(2)
    void once_the_topics_are_there_the_check_finds_nothing_wrong() {
        new TopicSetup(admin).create(Topics.standard().definitions(), Optional.empty());

        assertThat(preflight(Map.of())).allMatch(Preflight.Finding::isFine).hasSizeGreaterThan(15);
    }

    @Test
    @Order(3)
    void metrics_and_health_tell_how_the_application_is_doing() throws Exception {
        StreamSettings settings = StreamSettings.of(broker.bootstrapServers(), stateDir);
        FailoverStream stream = new FailoverStream(Stages.of(new Recognizer(Catalog.builtIn())), settings);
        try (Operations operations = new Operations(ANY_PORT, stream)) {
            assertThat(get(operations, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(operations, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(operations, "/metrics").body()).contains("failover_stream_state{state=\"created\"} 1.0");

            stream.start();
            stream.awaitRunning();
            ingest("labs/leader-killed");
            // The first needs the requests as well as the lines; while they come an incident may be told anew under
            // another id.
            String metrics = await(
                    operations,
                    "failover_client_outage_seconds_count{kind=\"FAILOVER\"}",
                    "failover_phase_seconds_count{kind=\"FAILOVER\",phase=\"election\"} 1\n");

            assertThat(get(operations, "/health/ready").body()).isEqualTo("RUNNING\n");
            assertThat(metrics)
                    .contains("failover_phase_seconds_bucket{kind=\"FAILOVER\",phase=\"election\",le=\"0.5\"} 1")
                    .contains("failover_incidents{cause=\"HOST_DOWN\",cluster=\"batman\",kind=\"FAILOVER\"")
                    .contains("failover_lines_total{class=\"recognized\",topic=\"patroni-logs\"}")
                    .contains("failover_lines_total{class=\"rejected\",topic=\"load-results\"} 0.0")
                    .containsPattern(
                            "failover_input_event_time_seconds\\{partition=\"\\d\",topic=\"patroni-logs\"} 1\\.7\\d+E9")
                    .contains("failover_input_lag_records{")
                    .contains("failover_state_bytes{")
                    .contains("jvm_memory_used_bytes{");
            for (String file : List.of("prometheus/rules.yml", "grafana/failover-timeline.json")) {
                assertThat(named(Files.readString(Path.of("deploy", file))))
                        .as(file)
                        .isNotEmpty()
                        .allSatisfy(name -> assertThat(metrics).contains("\n" + name));
            }
            assertThat(get(operations, "/health/readyx").statusCode()).isEqualTo(404);
            assertThat(get(operations, "/").statusCode()).isEqualTo(404);
            assertThat(request(operations, "POST", "/metrics").statusCode()).isEqualTo(405);
            assertThat(request(operations, "HEAD", "/health/live").statusCode()).isEqualTo(200);

            stream.close();
            assertThat(get(operations, "/health/live").statusCode()).isEqualTo(503);
        }
    }

    @Test
    @Order(4)
    void an_address_that_is_taken_is_refused_in_one_sentence() throws IOException {
        try (FailoverStream stream = new FailoverStream(
                        Stages.of(new Recognizer(Catalog.builtIn())),
                        StreamSettings.of(broker.bootstrapServers(), stateDir.resolve("other")));
                Operations first = new Operations(ANY_PORT, stream)) {
            assertThatThrownBy(() -> new Operations(first.address(), stream))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Can't listen on")
                    .hasMessageContaining(String.valueOf(first.address().getPort()));
        }
    }

    /** The program's metrics that an expression is about. */
    private static Set<String> named(String text) {
        return Pattern.compile("failover_\\w+|jvm_\\w+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static List<Preflight.Finding> preflight(Map<String, String> kafka) {
        StreamSettings defaults = StreamSettings.of(broker.bootstrapServers(), stateDir);
        StreamSettings settings = new StreamSettings(
                defaults.bootstrapServers(),
                defaults.applicationId(),
                defaults.stateDir(),
                defaults.clusters(),
                defaults.zones(),
                defaults.mostEvidence(),
                defaults.alerts(),
                defaults.partitions(),
                kafka);
        return new Preflight(admin, settings, Topics.standard()).findings();
    }

    private static void ingest(String lab) throws Exception {
        try (Producer<byte[], byte[]> producer = Ingest.producer(client())) {
            new Ingest(producer, Topics.standard(), Pace.UNLIMITED)
                    .send(
                            new FileFeed(InputStream.nullInputStream())
                                    .open(
                                            List.of(lab),
                                            GivenZones.NONE,
                                            GivenLoads.NONE,
                                            Optional.empty(),
                                            problem -> {}),
                            count -> {});
        }
    }

    /** The metrics as soon as they have {@code text}; the class's time limit is the only clock. */
    private static String await(Operations operations, String... texts) throws Exception {
        String metrics = "";
        while (!List.of(texts).stream().allMatch(metrics::contains)) {
            LockSupport.parkNanos(50_000_000);
            metrics = get(operations, "/metrics").body();
        }
        return metrics;
    }

    private static HttpResponse<String> get(Operations operations, String path) throws Exception {
        return request(operations, "GET", path);
    }

    private static HttpResponse<String> request(Operations operations, String method, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + operations.address().getPort() + path);
        return HTTP.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Properties client() {
        Properties client = new Properties();
        client.put("bootstrap.servers", broker.bootstrapServers());
        return client;
    }
}
