package io.failovertimeline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.stream.EmbeddedBroker;
import io.failovertimeline.stream.JsonSerde;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The program as it is started by a user, in processes of its own, looked at in a browser. */
@Timeout(300)
class ServedPageTest {

    private static final String LOAD_SUMS = """
            const sum = values => values.reduce((a, b) => a + b, 0);
            const done = arguments[arguments.length - 1];
            fetch("api/v1/incidents/" + location.hash.split("/")[2].split("?")[0] + "/load").then(answer => answer.json())
                .then(load => done(load.perSecond.map(plot => plot.endpoint + " " + sum(plot.failedRequests)).sort().join()));
            """;

    /** What the page was told of the incident, without repetitions. */
    private static final String REMEMBER_STATES = """
            window.states = [];
            failover.store.onChange(() => failover.store.incidents().forEach(incident => {
                const state = incident.state + " " + ((incident.phases.at(-1) || {}).name || "");
                if (states.at(-1) !== state) states.push(state);
            }));
            """;

    @TempDir
    private Path folder;

    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.open(1280, 900);
    }

    @AfterEach
    void close() throws IOException {
        if (browser != null) {
            browser.keep("served-page-at-last");
            browser.close();
        }
    }

    @Test
    void the_demo_grows_live_and_ends_with_the_right_incident_and_what_clients_felt() throws IOException {
        try (PageProcess demo = PageProcess.start(folder, "demo", "--speed", "2x", "--page", "0")) {
            browser.go(demo.url());
            browser.awaitText(".card.quiet", "batman");
            browser.run(REMEMBER_STATES);
            browser.click("#list a");
            browser.awaitText("h1", "db1 → db2, timeline 1 → 2");
            browser.awaitText(".answers", "HOST_DOWN (90 % sure)");
            browser.awaitText(".answers", "db1 is back as a replica");
            browser.awaitText(".answers", "230 of 240 requests failed");
            browser.until(page ->
                    page.findElements(By.cssSelector(".incident-head .open")).isEmpty() ? true : null);
            browser.until(
                    page -> "GetCities 81,GetForecast 110,PostForecast 39".equals(page.executeAsyncScript(LOAD_SUMS))
                            ? true
                            : null);
            browser.awaitText(".chart-title", "k6 GetForecast · requests/s · 5xx ×110");
            browser.find(".chart canvas");
            assertThat(List.of(
                            String.valueOf(browser.run("return states.join()")).split(",")))
                    .anyMatch(state -> state.startsWith("OPEN"))
                    .endsWith("CLOSED REJOIN")
                    .hasSizeGreaterThan(2);
            browser.keep("demo-over");
            browser.assertClean();
        }
    }

    @Test
    void a_page_whose_server_was_killed_shows_all_that_came_meanwhile() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                Producer<String, ObjectNode> producer = producer(broker)) {
            Topics topics = Topics.standard();
            new TopicSetup(admin).create(topics.definitions(), Optional.empty());
            send(producer, topics.failovers().name(), "i1", Incidents.failover("i1", "batman", 1, false, "a line"));
            String[] serve = {"serve", "--bootstrap-server", broker.bootstrapServers(), "--listen", "127.0.0.1:0"};
            PageProcess first = PageProcess.start(folder, serve);
            browser.go(first.url());
            browser.awaitText(".card.open", "FAILOVER");

            first.kill();
            browser.awaitText("#link", "connection lost");
            send(producer, topics.failovers().name(), "i1", Incidents.failover("i1", "batman", 2, true, "a line"));
            send(producer, topics.failovers().name(), "i2", Incidents.failover("i2", "robin", 1, false, "another"));
            send(producer, topics.clusters().name(), "joker", Incidents.cluster("joker", "2026-11-22T18:14:01Z"));
            send(producer, topics.load().name(), "k", Incidents.load("robin", "2026-11-22T18:14:00Z", 9, 4));

            serve[4] = first.url().replaceAll("http://|/$", "");
            try (PageProcess again = PageProcess.start(folder, serve)) {
                assertThat(again.url()).isEqualTo(first.url());
                browser.awaitText("#link", "live");
                browser.awaitText(".card.quiet", "batman");
                browser.awaitText(".card.blind", "joker");
                browser.keep("overview-blind");
                browser.awaitText(".card.open", "robin");
                browser.click(".card.open a");
                browser.awaitText(".chart-title", "GET /Cities");
            }
            browser.assertClean("ERR_", "net::");
        }
    }

    private static Producer<String, ObjectNode> producer(EmbeddedBroker broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new JsonSerde<>(ObjectNode.class).serializer());
    }

    private static void send(Producer<String, ObjectNode> producer, String topic, String key, ObjectNode value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
}
