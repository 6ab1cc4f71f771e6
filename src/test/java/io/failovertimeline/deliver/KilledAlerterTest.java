package io.failovertimeline.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.stream.EmbeddedBroker;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./failover alert} as a process that is killed with SIGKILL while alerts fire and resolve, as a real Alertmanager sees it. {@code
 * -Dkills.seed=7} kills at other moments.
 */
@Timeout(300)
class KilledAlerterTest {

    private static final int KILLS = 5;
    private static final int ALERTS_A_KILL = 4;
    private static final int LONGEST_PAUSE_MILLIS = 3_000;
    private static final long SEED = Long.getLong("kills.seed", 20);

    @TempDir
    Path folder;

    @Test
    void an_alerter_that_is_killed_again_and_again_loses_and_doubles_nothing_as_alertmanager_sees_it()
            throws Exception {
        Random random = new Random(SEED);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Alertmanager alertmanager = new Alertmanager(folder.resolve("alertmanager"));
                SlowDoor door = new SlowDoor(alertmanager.url());
                ReluctantHook hook = new ReluctantHook()) {
            create(broker);
            AlertTopic topic = new AlertTopic(broker.bootstrapServers());
            List<AlertRecord> open = new ArrayList<>();
            List<AlertRecord> over = new ArrayList<>();
            Process alerter = alerter(broker, door.url(), hook.url());
            try {
                Await.until(() -> topic.hasGroup("am") && topic.hasGroup("hook"));
                for (int kill = 0; kill < KILLS; kill++) {
                    for (int number = 0; number < ALERTS_A_KILL; number++) {
                        AlertRecord fired = AlertRecords.fired("story-" + kill + "-" + number);
                        topic.send(fired);
                        open.add(fired);
                    }
                    // What was never notified to fire, Alertmanager does not notify to be over.
                    for (AlertRecord fired : open.stream()
                            .filter(alert -> alertmanager.count(alert.group(), "firing") > 0)
                            .limit(2)
                            .toList()) {
                        topic.send(AlertRecords.amended(fired));
                        open.remove(fired);
                        over.add(topic.send(AlertRecords.resolved(fired)));
                    }
                    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS))
                            .toNanos());
                    alerter.destroyForcibly().waitFor();
                    alerter = alerter(broker, door.url(), hook.url());
                }
                Await.until(() -> hook.tookAll(open, 1) && hook.tookAll(over, 3));
                Await.until(() -> open.stream().allMatch(alert -> alertmanager.count(alert.group(), "firing") > 0)
                        && over.stream().allMatch(alert -> alertmanager.count(alert.group(), "resolved") > 0));
            } finally {
                alerter.destroyForcibly().waitFor();
            }

            assertThat(over).isNotEmpty();
            assertThat(hook.taken.values())
                    .allSatisfy(revisions -> assertThat(revisions).isSorted());
            assertThat(alertmanager.active().orElseThrow())
                    .extracting(
                            alert -> alert.path("labels").path("fingerprint").asText() + " "
                                    + Instant.parse(alert.path("startsAt").asText()))
                    .containsExactlyInAnyOrderElementsOf(open.stream()
                            .map(alert -> alert.fingerprint() + " " + alert.startsAt())
                            .toList());
            for (AlertRecord alert : open) {
                assertThat(alertmanager.count(alert.group(), "firing"))
                        .as(alert.group())
                        .isEqualTo(1);
                assertThat(alertmanager.count(alert.group(), "resolved"))
                        .as(alert.group())
                        .isZero();
            }
            for (AlertRecord alert : over) {
                assertThat(alertmanager.count(alert.group(), "firing"))
                        .as(alert.group())
                        .isEqualTo(1);
                assertThat(alertmanager.notifications())
                        .filteredOn(sent -> sent.incident().equals(alert.group())
                                && sent.status().equals("resolved"))
                        .singleElement()
                        .satisfies(sent -> assertThat(Instant.parse(
                                        sent.alerts().path(0).path("endsAt").asText()))
                                .isEqualTo(alert.endsAt().orElseThrow()));
            }
        }
    }

    private Process alerter(EmbeddedBroker broker, URI alertmanager, URI hook) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx200m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.failovertimeline.Main",
                        "alert",
                        "--bootstrap-server",
                        broker.bootstrapServers(),
                        "--set",
                        "receiver.am.type=alertmanager",
                        "--set",
                        "receiver.am.url=" + alertmanager,
                        "--set",
                        "receiver.hook.type=webhook",
                        "--set",
                        "receiver.hook.url=" + hook,
                        // One that comes back under the same name takes over from itself at once.
                        "--set",
                        "kafka.group.instance.id=alerter")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("alerter.log").toFile()))
                .start();
    }

    private static void create(EmbeddedBroker broker) {
        Properties client = new Properties();
        client.put("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            new TopicSetup(admin).create(Topics.standard().definitions(), Optional.empty());
        }
    }

    /** Lets everything through and is slow to say so: whoever is killed meanwhile does not know that it was taken. */
    private static final class SlowDoor implements AutoCloseable {

        private static final Duration DELAY = Duration.ofMillis(300);

        private final HttpServer server;

        SlowDoor(URI to) throws IOException {
            HttpClient client = HttpClient.newHttpClient();
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/", exchange -> {
                HttpRequest request = HttpRequest.newBuilder(to.resolve(exchange.getRequestURI()))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()))
                        .build();
                try {
                    int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                    LockSupport.parkNanos(DELAY.toNanos());
                    exchange.sendResponseHeaders(status, -1);
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                } finally {
                    exchange.close();
                }
            });
            server.start();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    /** A webhook that takes each change when it is asked again: there is time to be killed before it is taken. */
    private static final class ReluctantHook implements AutoCloseable {

        private static final ObjectMapper MAPPER = new ObjectMapper();

        private final Map<String, List<Long>> taken = new ConcurrentHashMap<>();
        private final Map<String, Integer> asked = new ConcurrentHashMap<>();
        private final HttpServer server;

        ReluctantHook() throws IOException {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/", exchange -> {
                JsonNode change = MAPPER.readTree(exchange.getRequestBody());
                String delivery = exchange.getRequestHeaders().getFirst("X-Failover-Delivery");
                boolean isTaken = asked.merge(delivery, 1, Integer::sum) > 1;
                if (isTaken) {
                    taken.computeIfAbsent(change.path("fingerprint").asText(), first -> new CopyOnWriteArrayList<>())
                            .add(change.path("revision").longValue());
                }
                exchange.sendResponseHeaders(isTaken ? 200 : 503, -1);
                exchange.close();
            });
            server.start();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        /** Whether it took all revisions up to {@code last} of each. */
        boolean tookAll(List<AlertRecord> alerts, long last) {
            return alerts.stream().allMatch(alert -> new HashSet<>(taken.getOrDefault(alert.fingerprint(), List.of()))
                    .containsAll(LongStream.rangeClosed(1, last).boxed().toList()));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
