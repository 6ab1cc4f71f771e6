package io.failovertimeline.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Incident;
import io.failovertimeline.replay.AlertReplay;
import io.failovertimeline.replay.Lab;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;

class GrafanaRegionTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void a_failover_is_one_region_from_the_first_symptom_to_service_restored() throws Exception {
        Collection<Evidence> evidence = Lab.evidence(Path.of("labs/leader-killed"));
        Incident incident = Correlator.findings(evidence).incidents().get(0);
        try (Grafana grafana = new Grafana()) {
            Channel channel = Channel.to(
                    AlertRecords.receiver("grafana", Receiver.Type.GRAFANA, grafana.url()), InstantSource.system());

            Share share = Share.of(Optional.empty(), 0);
            for (AlertReplay.Told told : new AlertReplay(AlertRules.USUAL).of(evidence)) {
                AlertRecord change = told.record();
                share.remember(change);
                assertThat(channel.tell(change, share.firing(change.group())).isGood())
                        .isTrue();
            }

            assertThat(grafana.annotations.values()).singleElement().satisfies(region -> {
                assertThat(region.path("time").longValue())
                        .isEqualTo(incident.startedAt().toEpochMilli());
                assertThat(region.path("timeEnd").longValue())
                        .isEqualTo(incident.serviceRestoredAt().orElseThrow().toEpochMilli());
                assertThat(region.path("tags").toString()).contains("failover-timeline", incident.id(), "batman");
            });
        }
    }

    /** As much of Grafana as there is to annotations. */
    private static final class Grafana implements AutoCloseable {

        private final Map<Long, JsonNode> annotations = new ConcurrentSkipListMap<>();
        private final HttpServer server;

        Grafana() throws IOException {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/api/annotations", exchange -> {
                byte[] answer = answer(exchange).toString().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
        }

        private JsonNode answer(HttpExchange exchange) throws IOException {
            String path = exchange.getRequestURI().getPath();
            JsonNode json = MAPPER.readTree(exchange.getRequestBody());
            switch (exchange.getRequestMethod()) {
                case "GET" -> {
                    return found(exchange.getRequestURI().getQuery());
                }
                case "POST" -> annotations.put(annotations.size() + 1L, json);
                case "PATCH" -> annotations.put(id(path), json);
                case "DELETE" -> annotations.remove(id(path));
                default -> throw new IOException("Grafana knows no " + exchange.getRequestMethod());
            }
            return MAPPER.createObjectNode();
        }

        private ArrayNode found(String query) {
            ArrayNode found = MAPPER.createArrayNode();
            new TreeMap<>(annotations).forEach((id, annotation) -> {
                String group = query.substring(query.lastIndexOf('=') + 1);
                if (annotation.path("tags").toString().contains('"' + group + '"')) {
                    found.addObject().put("id", id);
                }
            });
            return found;
        }

        private static long id(String path) {
            return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
