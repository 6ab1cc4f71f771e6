package io.failovertimeline.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.model.Step;
import io.failovertimeline.publish.HtmlReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What is drawn is bounded, however much there is. How long scripts took is printed and not asserted. */
class PageAtScaleTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");
    private static final int MEMBERS = 200;
    private static final int DAY = 86_400;
    private static final int MOST_ELEMENTS = 20_000;

    private static Browser browser;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        browser = Browser.open(1280, 900);
        browser.driver().executeCdpCommand("Performance.enable", Map.of());
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void begin_anew() {
        browser.reset(1280, 900);
    }

    @Test
    void two_hundred_members_and_a_day_of_load_make_a_file_below_2_MB_that_is_drawn_with_bounded_work()
            throws IOException {
        Path file = folder.resolve("report.html");
        String page = HtmlReport.render(largeReport());
        Files.writeString(file, page);

        double before = scriptSeconds();
        browser.go(file.toUri().toString());
        browser.find(".chart canvas");
        browser.keep("large-at-first");
        browser.awaitText(".note", "f every");
        browser.find(".chart canvas");
        double drawn = scriptSeconds();
        long elements = elements();
        browser.find(".timeline").sendKeys("9", "+", "+", Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT), "-");
        browser.awaitText(".more", "Show all 20");
        double moved = scriptSeconds();
        browser.keep("large");
        System.getLogger("scale")
                .log(
                        System.Logger.Level.INFO,
                        String.format(
                                "%,d bytes; script %.2f s to draw, %.2f s for 5 moves; %,d elements",
                                page.getBytes(StandardCharsets.UTF_8).length, drawn - before, moved - drawn, elements));

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);
        assertThat(elements).isLessThan(MOST_ELEMENTS);
        browser.find(".more").click();
        browser.until(driver -> driver.findElements(By.cssSelector("svg .lane")).size() >= MEMBERS ? true : null);
        assertThat(elements()).isLessThan(3 * MOST_ELEMENTS);
        browser.assertClean();
    }

    @Test
    void of_a_day_so_many_points_are_drawn_as_the_screen_has_columns_and_no_extreme_is_lost() throws IOException {
        Files.writeString(folder.resolve("report.html"), HtmlReport.render(report(List.of(), List.of())));
        browser.go(folder.resolve("report.html").toUri().toString());

        Object kept = browser.run("""
                const time = [...Array(86400).keys()];
                const rate = time.map(at => at === 40000 ? 900 : at === 50001 ? 0 : 10);
                const late = time.map(at => at === 60002 ? 5000 : at % 7 ? null : 20);
                const kept = failover.charts.points({ time, rate, late }, ["rate", "late"], 0, 86400, 500);
                return [kept.length <= 500 * 5, [40000, 50001, 60002].every(at => kept.includes(at)),
                    kept.every((at, i) => i === 0 || at > kept[i - 1])].join();
                """);

        assertThat(kept).isEqualTo("true,true,true");
    }

    @Test
    void ten_thousand_incidents_are_paged_through() throws IOException {
        Board board = new Board();
        for (int i = 0; i < 10_000; i++) {
            String id = "i" + i;
            board.incident(id, Optional.of(Incidents.failover(id, "cluster-" + i % 500, 1, i > 0, "promoted")));
        }
        board.caughtUp();
        try (LivePage page =
                new LivePage(board, WebSettings.loopback(0), (id, json) -> {}, InstantSource.fixed(BEGIN))) {
            double before = scriptSeconds();
            browser.go("http://127.0.0.1:" + page.address().getPort() + "/");
            browser.awaitText(".pages", "1–100 of 10,000");
            double drawn = scriptSeconds();
            browser.click(".pages a[data-focus='Earlier ›']");
            browser.awaitText(".pages", "101–200 of 10,000");
            browser.click(".pages a[data-focus='Earliest »']");
            browser.awaitText(".pages", "9,901–10,000 of 10,000");
            assertThat(browser.address()).endsWith("#/?page=100");
            assertThat(elements()).isLessThan(MOST_ELEMENTS);
            double paged = scriptSeconds();
            System.getLogger("scale")
                    .log(
                            System.Logger.Level.INFO,
                            String.format(
                                    "10,000 incidents: script %.2f s to draw, %.2f s for 2 pages",
                                    drawn - before, paged - drawn));
            browser.find("input[name=q]").sendKeys("cluster-499");
            browser.awaitText(".incidents", "cluster-499");
            browser.until(
                    driver -> driver.findElements(By.cssSelector(".pages")).isEmpty() ? true : null);
            browser.keep("overview-large");
        }
        browser.assertClean("ERR_", "net::");
    }

    private static double scriptSeconds() {
        Object metrics = browser.driver()
                .executeCdpCommand("Performance.getMetrics", Map.of())
                .get("metrics");
        return ((List<?>) metrics)
                .stream()
                        .map(metric -> (Map<?, ?>) metric)
                        .filter(metric -> "ScriptDuration".equals(metric.get("name")))
                        .map(metric -> ((Number) metric.get("value")).doubleValue())
                        .collect(Collectors.summingDouble(seconds -> seconds));
    }

    private static long elements() {
        return ((Number) browser.run("return document.getElementsByTagName('*').length")).longValue();
    }

    private static Report largeReport() {
        List<Step> steps = new ArrayList<>();
        for (int member = 0; member < MEMBERS; member++) {
            for (int line = 0; line < 15; line++) {
                EventKind kind = EventKind.values()[(member + line) % EventKind.values().length];
                steps.add(new Step(
                        BEGIN.plusMillis(150L * member + 2000L * line),
                        Precision.MILLIS,
                        kind,
                        Optional.of("node-" + member),
                        "line " + line + " of node-" + member + ", as long as lines of Patroni are in the middle",
                        Origin.line("logs/node-" + member + ".log", line)));
            }
        }
        steps.sort(Comparator.comparing(Step::at));
        Incident incident = new IncidentBuilder("batman-1", "batman", IncidentKind.FAILOVER, BEGIN)
                .leaders(Optional.of("node-7"), Optional.of("node-11"))
                .phases(List.of(
                        new Phase(PhaseName.DETECTION, PhaseName.DETECTION, BEGIN, BEGIN.plusSeconds(30), false)))
                .story(steps, List.of())
                .build();
        List<LoadBucket> load = new ArrayList<>();
        for (int endpoint = 0; endpoint < 4; endpoint++) {
            for (int second = 0; second < DAY; second++) {
                Instant at = BEGIN.minusSeconds(DAY / 2).plusSeconds(second);
                boolean failed = second > DAY / 2 && second < DAY / 2 + 30;
                load.add(LoadBucket.of(
                        "batman",
                        new RequestResult(
                                "k6",
                                "GET /" + endpoint,
                                at,
                                Precision.MILLIS,
                                Duration.ofMillis(5 + (second * 7919L) % 40),
                                failed,
                                failed ? "HTTP 503" : "")));
            }
        }
        return report(List.of(incident), load);
    }

    private static Report report(List<Incident> incidents, List<LoadBucket> load) {
        return new Report(
                new Findings(incidents, List.of(), List.of(), List.of(), List.of(), List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                load,
                List.of(),
                List.of());
    }
}
