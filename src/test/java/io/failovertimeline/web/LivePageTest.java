package io.failovertimeline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.publish.WebResource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LivePageTest {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));
    private static final String ACKNOWLEDGEMENT = "/api/v1/incidents/i1/acknowledgement";

    private final Board board = new Board();
    private final Map<String, ObjectNode> written = new TreeMap<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<LivePage> pages = new ArrayList<>();

    @AfterEach
    void close() {
        pages.forEach(LivePage::close);
    }

    @Test
    void an_incident_is_told_in_short_and_in_full() throws Exception {
        LivePage page = open(WebSettings.loopback(0));
        board.incident("i1", Optional.of(Incidents.failover("i1", "batman", 1, true, "promoted self")));

        JsonNode inShort = json(get(page, "/api/v1/incidents"));
        JsonNode inFull = json(get(page, "/api/v1/incidents/i1"));

        assertThat(inShort.path("incidents")).hasSize(1);
        assertThat(inShort.path("incidents").path(0).has("events")).isFalse();
        assertThat(inFull.path("events").path(0).path("text").asText()).isEqualTo("promoted self");
        assertThat(inFull.path("told").path("answers")).isNotEmpty();
    }

    @Test
    void what_is_asked_for_is_bounded_and_checked() throws Exception {
        LivePage page = open(WebSettings.loopback(0));
        board.incident("i1", Optional.of(Incidents.failover("i1", "batman", 1, true, "a")));
        board.incident("i2", Optional.of(Incidents.failover("i2", "robin", 1, true, "a")));

        assertThat(json(get(page, "/api/v1/incidents?cluster=robin")).path("incidents"))
                .hasSize(1);
        assertThat(json(get(page, "/api/v1/incidents?from=2026-11-22T18:14:02Z"))
                        .path("incidents"))
                .isEmpty();
        assertThat(get(page, "/api/v1/incidents?limit=100000").statusCode()).isEqualTo(400);
        assertThat(get(page, "/api/v1/incidents?from=today").statusCode()).isEqualTo(400);
        assertThat(get(page, "/api/v1/incidents?clutser=robin").statusCode()).isEqualTo(400);
        assertThat(get(page, "/../pom.xml").statusCode()).isEqualTo(404);
    }

    @Test
    void every_answer_forbids_scripts_from_elsewhere() throws Exception {
        LivePage page = open(WebSettings.loopback(0));

        for (String path : List.of("/", "/page.js", "/api/v1/incidents", "/nowhere")) {
            assertThat(get(page, path)
                            .headers()
                            .firstValue("Content-Security-Policy")
                            .orElse(""))
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void changes_begin_with_all_there_is() throws Exception {
        LivePage page = open(WebSettings.loopback(0));
        board.incident("i1", Optional.of(Incidents.failover("i1", "batman", 1, false, "a")));

        try (BufferedReader events = follow(page)) {
            assertThat(eventsUntil(events, "complete")).containsExactly("snapshot", "incident", "complete");
            board.incident("i1", Optional.of(Incidents.failover("i1", "batman", 2, true, "a")));
            board.incident("i1", Optional.empty());
            assertThat(eventsUntil(events, "withdrawn")).endsWith("withdrawn");
        }
    }

    @Test
    void what_clients_felt_near_an_incident_is_told_as_it_was_last() throws Exception {
        LivePage page = open(WebSettings.loopback(0));
        board.incident("i1", Optional.of(Incidents.failover("i1", "batman", 1, true, "a")));
        board.load(Incidents.load("batman", "2026-11-22T18:14:00Z", 7, 0));
        board.load(Incidents.load("batman", "2026-11-22T18:14:00Z", 9, 4));
        board.load(Incidents.load("batman", "2026-11-22T18:15:16Z", 5, 0));
        board.load(Incidents.load("batman", "2026-11-22T18:15:17Z", 5, 0));
        board.load(Incidents.load("robin", "2026-11-22T18:14:00Z", 1, 1));

        JsonNode load = json(get(page, "/api/v1/incidents/i1/load"));

        assertThat(load.path("plots").asInt()).isEqualTo(1);
        assertThat(load.path("perSecond").path(0).path("second")).hasToString("[0,76]");
        assertThat(load.path("perSecond").path(0).path("requests")).hasToString("[9,5]");
        assertThat(load.path("perSecond").path(0).path("failedByKind")).hasToString("{\"SERVER_ERROR\":[4,0]}");
        assertThat(get(page, "/api/v1/incidents/i9/load").statusCode()).isEqualTo(404);
    }

    @Test
    void a_cluster_without_incidents_is_told_too_and_that_it_is_gone() throws Exception {
        LivePage page = open(WebSettings.loopback(0));
        board.cluster("batman", Optional.of(Incidents.cluster("batman", "2026-11-22T18:14:01Z")));

        try (BufferedReader events = follow(page)) {
            assertThat(eventsUntil(events, "complete")).containsExactly("snapshot", "cluster", "complete");
            board.load(Incidents.load("batman", "2026-11-22T18:14:00Z", 1, 1));
            assertThat(eventsUntil(events, "load")).containsExactly("load");
            board.cluster("batman", Optional.empty());
            assertThat(eventsUntil(events, "gone")).containsExactly("gone");
        }
        try (BufferedReader events = follow(page)) {
            assertThat(eventsUntil(events, "complete")).containsExactly("snapshot", "complete");
        }
    }

    @Test
    void nobody_is_told_less_than_all_while_the_topics_are_read() throws Exception {
        LivePage page = new LivePage(board, WebSettings.loopback(0), written::put, NOON);
        pages.add(page);

        try (BufferedReader events = follow(page)) {
            assertThat(events.readLine()).isEqualTo(": still reading the topics");
            assertThat(get(page, "/health/ready").statusCode()).isEqualTo(503);
            board.incident("i1", Optional.of(Incidents.failover("i1", "batman", 1, false, "a")));
            board.caughtUp();
            assertThat(eventsUntil(events, "complete")).containsExactly("snapshot", "incident", "complete");
        }
        assertThat(get(page, "/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void who_takes_care_is_written_down() throws Exception {
        LivePage page = open(WebSettings.loopback(0));
        board.incident("i1", Optional.of(Incidents.failover("i1", "batman", 1, true, "a")));

        HttpResponse<String> answer =
                put(page, ACKNOWLEDGEMENT, "{\"name\":\" Ada \",\"comment\":\"on it\"}", Map.of());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(written.get("i1"))
                .hasToString(
                        "{\"incident\":\"i1\",\"name\":\"Ada\",\"comment\":\"on it\",\"at\":\"2026-11-22T12:00:00Z\"}");
    }

    @Test
    void an_acknowledgement_that_can_not_be_used_is_refused() throws Exception {
        LivePage page = open(WebSettings.loopback(0));
        board.incident("i1", Optional.of(Incidents.failover("i1", "batman", 1, true, "a")));

        assertThat(put(page, ACKNOWLEDGEMENT, "{\"name\":\"\"}", Map.of()).statusCode())
                .isEqualTo(400);
        assertThat(put(page, ACKNOWLEDGEMENT, "{", Map.of()).statusCode()).isEqualTo(400);
        assertThat(put(page, ACKNOWLEDGEMENT, "[".repeat(4000), Map.of()).statusCode())
                .isEqualTo(400);
        assertThat(put(page, ACKNOWLEDGEMENT, "{\"name\":\"a\\u0007\"}", Map.of())
                        .statusCode())
                .isEqualTo(400);
        assertThat(put(page, ACKNOWLEDGEMENT, " ".repeat(10_000), Map.of()).statusCode())
                .isEqualTo(413);
        assertThat(put(page, "/api/v1/incidents/i9/acknowledgement", "{\"name\":\"Ada\"}", Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(put(page, ACKNOWLEDGEMENT, "{\"name\":\"Ada\"}", Map.of("Origin", "http://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(written).isEmpty();
    }

    @Test
    void beyond_loopback_it_takes_a_token_to_acknowledge() throws Exception {
        WebSettings everywhere = new WebSettings(
                new InetSocketAddress(0),
                Optional.empty(),
                Optional.empty(),
                Optional.of("let-me-do-it"),
                Optional.empty());
        LivePage page = open(everywhere);
        board.incident("i1", Optional.of(Incidents.failover("i1", "batman", 1, true, "a")));

        int without = put(page, ACKNOWLEDGEMENT, "{\"name\":\"Ada\"}", Map.of()).statusCode();
        int with = put(page, ACKNOWLEDGEMENT, "{\"name\":\"Ada\"}", Map.of("X-Acknowledge-Token", "let-me-do-it"))
                .statusCode();

        assertThat(List.of(without, with)).containsExactly(403, 200);
    }

    @Test
    void who_neither_has_the_token_nor_logs_in_sees_nothing() throws Exception {
        WebSettings guarded = new WebSettings(
                new InetSocketAddress("127.0.0.1", 0),
                Optional.of("token-of-8"),
                Optional.of(new WebSettings.Login("ada", "password")),
                Optional.empty(),
                Optional.empty());
        LivePage page = open(guarded);
        String login = "Basic " + Base64.getEncoder().encodeToString("ada:password".getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> refused = get(page, "/");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(send(request(page, "/").header("Authorization", "Bearer token-of-8"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(request(page, "/").header("Authorization", login)).statusCode())
                .isEqualTo(200);
        assertThat(send(request(page, "/").header("Authorization", "Basic !")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void on_loopback_another_name_leads_nowhere() throws IOException {
        LivePage page = open(WebSettings.loopback(0));

        try (Socket socket = new Socket("127.0.0.1", page.address().getPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            InputStream answer = socket.getInputStream();
            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void each_path_of_the_api_is_documented() throws IOException {
        JsonNode paths =
                new ObjectMapper().readTree(WebResource.text("openapi.json")).path("paths");

        assertThat(paths.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "/api/v1/incidents",
                        "/api/v1/incidents/{id}",
                        "/api/v1/incidents/{id}/load",
                        "/api/v1/incidents/{id}/acknowledgement",
                        "/api/v1/changes",
                        "/health/ready");
    }

    private LivePage open(WebSettings settings) throws IOException {
        LivePage page = new LivePage(board, settings, written::put, NOON);
        pages.add(page);
        board.caughtUp();
        return page;
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> get(LivePage page, String path) throws Exception {
        return send(request(page, path));
    }

    private HttpResponse<String> put(LivePage page, String path, String body, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = request(page, path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(LivePage page, String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + page.address().getPort() + path));
    }

    private BufferedReader follow(LivePage page) throws Exception {
        HttpResponse<InputStream> answer =
                client.send(request(page, "/api/v1/changes").build(), HttpResponse.BodyHandlers.ofInputStream());
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static List<String> eventsUntil(BufferedReader events, String last) throws IOException {
        List<String> names = new ArrayList<>();
        while (names.isEmpty() || !names.get(names.size() - 1).equals(last)) {
            String line = events.readLine();
            if (line.startsWith("event: ")) {
                names.add(line.substring("event: ".length()));
            }
        }
        return names;
    }
}
