package io.failovertimeline.deliver;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real Prometheus Alertmanager with the configuration that we give to others, but quicker, and those who it notifies. */
public final class Alertmanager implements AutoCloseable {

    private static final String PROGRAM = "prometheus-alertmanager";
    private static final Path CONFIGURATION = Path.of("deploy/alertmanager/alertmanager.yml");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;
    private final int port;
    private final HttpServer notified;
    private final List<Notification> notifications = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;

    /**
     * What a receiver of Alertmanager got.
     *
     * @param to the receiver
     * @param incident the label that alerts are grouped by
     * @param status of the group
     * @param alerts all of the group, as JSON
     */
    public record Notification(String to, String incident, String status, JsonNode alerts) {

        /** Whether it tells of {@code cluster}. */
        public boolean isOf(String cluster) {
            return alerts.findValuesAsText("cluster").contains(cluster);
        }
    }

    /** Starts it in {@code folder}; skips the test where it is not installed. */
    public Alertmanager(Path folder) throws IOException {
        boolean isInstalled = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, PROGRAM)));
        assumeTrue(isInstalled, PROGRAM + " is not installed");
        this.folder = Files.createDirectories(folder);
        port = freePort();
        notified = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        notified.createContext("/", exchange -> {
            JsonNode json = MAPPER.readTree(exchange.getRequestBody());
            notifications.add(new Notification(
                    json.path("receiver").asText(),
                    json.path("groupLabels").path("incident").asText(),
                    json.path("status").asText(),
                    json.path("alerts")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        notified.start();
        Files.writeString(
                folder.resolve("alertmanager.yml"),
                Files.readString(CONFIGURATION)
                        .replace(
                                "127.0.0.1:9094",
                                "127.0.0.1:" + notified.getAddress().getPort())
                        .replace("group_wait: 5s", "group_wait: 0s")
                        .replace("group_interval: 1m", "group_interval: 1s"));
        process = start();
    }

    /** The receiver that delivers to it. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Kills it with SIGKILL; what it knows of alerts is lost. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again. */
    public void restart() throws IOException {
        process = start();
    }

    /** All notifications so far. */
    public List<Notification> notifications() {
        return List.copyOf(notifications);
    }

    /** How often somebody was notified that {@code status} is the status of the group of {@code incident}. */
    public long count(String incident, String status) {
        return notifications.stream()
                .filter(sent ->
                        sent.incident().equals(incident) && sent.status().equals(status))
                .count();
    }

    /** What it takes to fire; empty while it does not answer. */
    public Optional<List<JsonNode>> active() {
        try {
            String body = client.send(
                            HttpRequest.newBuilder(url().resolve("/api/v2/alerts"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            List<JsonNode> active = new ArrayList<>();
            MAPPER.readTree(body).forEach(active::add);
            return Optional.of(active);
        } catch (IOException away) {
            return Optional.empty();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A label of all that it takes to fire, sorted; empty while it does not answer. */
    public List<String> active(String label) {
        return active().orElse(List.of()).stream()
                .map(alert -> alert.path("labels").path(label).asText())
                .sorted()
                .toList();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        PROGRAM,
                        "--config.file=" + folder.resolve("alertmanager.yml"),
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("alertmanager.log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        notified.stop(0);
    }
}
