package io.failovertimeline.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.deliver.RudeServer.Answer;
import io.failovertimeline.stream.EmbeddedBroker;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real deliveries from a real broker, to servers that misbehave and to a real Alertmanager where there is one. */
@Timeout(180)
class AlertDeliveryTest {

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static AlertTopic topic;

    /** A server that remembers what it was sent, and answers one after the other, the last for ever. */
    private static final class Stub implements AutoCloseable {

        private final List<String> bodies = new CopyOnWriteArrayList<>();
        private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
        private final List<Integer> asked = new CopyOnWriteArrayList<>();
        private final CountDownLatch never = new CountDownLatch(1);
        private final HttpServer server;

        Stub(Integer... statuses) throws IOException {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "stub");
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                asked.add(asked.size());
                int status = statuses[Math.min(asked.size(), statuses.length) - 1];
                if (status == 0) {
                    hang();
                } else if (status < 300) {
                    bodies.add(body);
                    headers.add(Map.copyOf(exchange.getRequestHeaders()));
                }
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
        }

        private void hang() {
            try {
                never.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        }

        @Override
        public void close() {
            never.countDown();
            server.stop(0);
        }
    }

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
        topic = new AlertTopic(broker.bootstrapServers());
        try (Admin admin = Admin.create(topic.client())) {
            new TopicSetup(admin).create(Topics.standard().definitions(), Optional.empty());
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void a_receiver_that_hangs_or_fails_holds_up_no_other_and_gets_everything_in_order_when_it_is_well()
            throws Exception {
        try (Stub failing = new Stub(500, 429, 503, 200);
                Stub hanging = new Stub(0);
                Stub well = new Stub(200)) {
            List<Receiver> receivers = List.of(
                    webhook("failing", failing.url()), webhook("hanging", hanging.url()), webhook("well", well.url()));
            try (AlertDelivery delivery = delivery(receivers)) {
                Await.until(() -> committed(receivers));
                send("order", 1, AlertRecord.Status.FIRING);
                send("order", 2, AlertRecord.Status.RESOLVED);

                Await.until(() -> count(well, "order") == 2 && count(failing, "order") == 2);

                assertThat(delivery.isRunning()).isTrue();
            }
            assertThat(failing.bodies.stream().filter(body -> body.contains("order")))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("\"revision\":1"),
                            second -> assertThat(second).contains("\"revision\":2"));
        }
    }

    @Test
    void receivers_that_break_off_talk_without_end_or_ask_for_time_get_everything_in_order_and_hold_up_no_other()
            throws Exception {
        Answer endless = Answer.endless("HTTP/1.1 500 Broken\r\n\r\n", "x".repeat(10_000));
        try (RudeServer resetting = new RudeServer(Answer.reset("HTTP/1.1 20"), Answer.reset(""));
                RudeServer talking = new RudeServer(endless, endless);
                RudeServer busy = new RudeServer(Answer.of(
                        "HTTP/1.1 429 Slow down\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                RudeServer hanging = new RudeServer(Answer.NEVER);
                RudeServer well = new RudeServer()) {
            Map<String, RudeServer> servers = Map.of(
                    "resetting", resetting, "talking", talking, "busy", busy, "hanging", hanging, "unharmed", well);
            List<Receiver> receivers = servers.entrySet().stream()
                    .map(server -> webhook(server.getKey(), server.getValue().url()))
                    .toList();
            try (AlertDelivery delivery = delivery(receivers)) {
                Await.until(() -> committed(receivers));
                for (String key : List.of("rude-1", "rude-2")) {
                    send(key, 1, AlertRecord.Status.FIRING);
                    send(key, 2, AlertRecord.Status.RESOLVED);
                }
                Await.until(() -> well.bodies().size() == 4);
                assertThat(hanging.bodies()).isEmpty();

                Await.until(() -> servers.values().stream()
                        .allMatch(server -> server.bodies().size() == 4));
                assertThat(delivery.isRunning()).isTrue();
            }
            assertThat(servers.values()).allSatisfy(server -> {
                assertThat(revisions(server, "rude-1")).containsExactly(1, 2);
                assertThat(revisions(server, "rude-2")).containsExactly(1, 2);
            });
        }
    }

    private static List<Integer> revisions(RudeServer server, String key) {
        return server.bodies().stream()
                .filter(body -> body.contains(key))
                .map(body -> body.contains("\"revision\":1") ? 1 : 2)
                .toList();
    }

    @Test
    void what_was_delivered_is_not_delivered_again_after_a_new_start_and_what_came_meanwhile_is() throws Exception {
        try (Stub well = new Stub(200)) {
            List<Receiver> receivers = List.of(webhook("again", well.url()));
            try (AlertDelivery delivery = delivery(receivers)) {
                Await.until(() -> committed(receivers) && delivery.isRunning());
                send("restart", 1, AlertRecord.Status.FIRING);
                Await.until(() -> count(well, "restart") == 1 && delivery.isRunning());
            }
            send("restart", 2, AlertRecord.Status.RESOLVED);

            try (AlertDelivery delivery = delivery(receivers)) {
                Await.until(() -> count(well, "restart") == 2 && delivery.isRunning());
            }

            assertThat(well.bodies.stream().filter(body -> body.contains("restart")))
                    .hasSize(2);
        }
    }

    @Test
    void a_webhooks_body_is_signed_and_its_template_lets_nothing_out_of_its_quotes() throws Exception {
        try (Stub well = new Stub(200)) {
            Receiver receiver = new Receiver(
                    "signed",
                    Receiver.Type.WEBHOOK,
                    well.url(),
                    Optional.empty(),
                    Optional.of("secret"),
                    Optional.of("{\"text\": \"{{name}} {{summary}}\"}"),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Receiver.Type.WEBHOOK.usually(),
                    Set.of(),
                    Duration.ofMinutes(1));
            Channel channel = Channel.to(receiver, InstantSource.fixed(AlertRecords.START));

            channel.tell(alert("hostile\", \"x\": \"", 1, AlertRecord.Status.FIRING), List.of());

            String body = well.bodies.get(0);
            assertThat(body).isEqualTo("{\"text\": \"LeaderLost hostile\\\", \\\"x\\\": \\\"\"}");
            assertThat(well.headers.get(0).get("X-failover-signature"))
                    .containsExactly("sha256="
                            + WebhookChannel.hmac("secret", AlertRecords.START.getEpochSecond() + "." + body));
        }
    }

    @Test
    void markup_of_a_log_reaches_slack_escaped() {
        assertThat(SlackChannel.text(alert("<!channel> & <http://evil|x>", 1, AlertRecord.Status.FIRING)))
                .contains("&lt;!channel&gt; &amp; &lt;http://evil|x&gt;")
                .doesNotContain("<");
    }

    @Test
    void one_story_is_one_incident_of_pagerduty_until_nothing_of_it_fires() throws Exception {
        try (Stub duty = new Stub(202)) {
            Channel channel = Channel.to(
                    AlertRecords.receiver("duty", Receiver.Type.PAGERDUTY, duty.url()), InstantSource.system());
            AlertRecord lost = alert("lost", 1, AlertRecord.Status.FIRING);

            channel.tell(lost, List.of(lost));
            channel.tell(alert("lost", 2, AlertRecord.Status.RESOLVED), List.of(lost));
            channel.tell(alert("lost", 3, AlertRecord.Status.RESOLVED), List.of());

            assertThat(duty.bodies)
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .contains("\"event_action\":\"trigger\"", "\"dedup_key\":\"batman-1\""),
                            second -> assertThat(second)
                                    .contains("\"event_action\":\"resolve\"", "\"dedup_key\":\"batman-1\""));
        }
    }

    @Test
    void alertmanager_loses_and_doubles_nothing_when_it_or_we_are_away() throws Exception {
        try (Alertmanager alertmanager = new Alertmanager(folder)) {
            List<Receiver> receivers =
                    List.of(AlertRecords.receiver("am", Receiver.Type.ALERTMANAGER, alertmanager.url()));
            AlertDelivery first = delivery(receivers);
            Await.until(() -> committed(receivers));
            send("kept", 1, AlertRecord.Status.FIRING);
            Await.until(() -> summaries(alertmanager).contains("kept"));
            first.close();
            alertmanager.kill();
            send("missed", 1, AlertRecord.Status.FIRING);
            send("kept", 2, AlertRecord.Status.FIRING);

            try (AlertDelivery second = delivery(receivers)) {
                alertmanager.restart();
                Await.until(() -> summaries(alertmanager).containsAll(List.of("missed", "kept")) && second.isRunning());
                assertThat(summaries(alertmanager)).containsExactlyInAnyOrder("kept", "missed");

                send("kept", 3, AlertRecord.Status.RESOLVED);
                send("missed", 2, AlertRecord.Status.RESOLVED);
                Await.until(() -> alertmanager.active().filter(List::isEmpty).isPresent());
            }
        }
    }

    private static List<String> summaries(Alertmanager alertmanager) {
        return alertmanager.active().orElse(List.of()).stream()
                .map(alert -> alert.path("annotations").path("summary").asText())
                .toList();
    }

    private static AlertDelivery delivery(List<Receiver> receivers) {
        return new AlertDelivery(
                receivers, topic.client(), new DeliveryMetrics(new PrometheusRegistry()), InstantSource.system());
    }

    private static Receiver webhook(String name, URI url) {
        return AlertRecords.receiver(name, Receiver.Type.WEBHOOK, url);
    }

    private static AlertRecord alert(String summary, long revision, AlertRecord.Status status) {
        boolean firing = status == AlertRecord.Status.FIRING;
        return AlertRecords.alert(
                summary,
                "batman-1",
                summary,
                revision,
                status,
                firing ? AlertRecord.Change.FIRED : AlertRecord.Change.RESOLVED);
    }

    private static void send(String summary, long revision, AlertRecord.Status status) throws Exception {
        topic.send(alert(summary, revision, status));
    }

    /** Whether each has settled where it begins, so that it is told of all that comes. */
    private static boolean committed(List<Receiver> receivers) {
        return receivers.stream().allMatch(receiver -> topic.hasGroup(receiver.name()));
    }

    private static long count(Stub stub, String summary) {
        return stub.bodies.stream().filter(body -> body.contains(summary)).count();
    }
}
