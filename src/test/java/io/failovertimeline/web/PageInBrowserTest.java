package io.failovertimeline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.model.Report;
import io.failovertimeline.publish.FindingsJson;
import io.failovertimeline.publish.HtmlReport;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.replay.ProgressListener;
import io.failovertimeline.replay.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

class PageInBrowserTest {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));
    private static Browser browser;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        browser = Browser.open(1280, 900);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    /** What an earlier page still complains of, as of its server that is gone, is no complaint of the next. */
    @BeforeEach
    void begin_anew() {
        browser.reset(1280, 900);
    }

    @Test
    void a_report_tells_a_failover_from_disk() throws IOException {
        browser.go(file("labs/leader-killed"));

        browser.awaitText("h1", "db1 → db2");
        browser.awaitText(".answers", "HOST_DOWN (90 % sure)");
        browser.awaitText(".phases", "detection");
        assertThat(browser.driver().findElements(By.cssSelector("table.log tbody tr")))
                .hasSizeGreaterThan(20);
        browser.keep("report");
        browser.assertClean();
    }

    @Test
    void a_mark_leads_to_its_line() throws IOException {
        browser.go(file("labs/leader-killed"));
        WebElement mark = browser.find(".mark.bad .target");

        new Actions(browser.driver()).moveToElement(mark).perform();
        browser.awaitText("#hint", "could not");
        browser.keep("hover");
        new Actions(browser.driver()).click(browser.find(".mark.bad .target")).perform();

        browser.awaitText("table.log tr.selected", "could not");
        assertThat(browser.address()).contains("line=");
        browser.assertClean();
    }

    @Test
    void keys_zoom_and_go_from_line_to_line_and_the_address_remembers() throws IOException {
        browser.go(file("labs/leader-killed"));
        WebElement timeline = browser.find(".timeline");

        timeline.sendKeys("+", "+", Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        browser.find("table.log tr.selected");
        String address = browser.address();
        String selected = browser.find("table.log tr.selected").getText();
        String ticks = String.valueOf(
                browser.run("return [...document.querySelectorAll('.tick')].map(t => t.textContent).join()"));
        browser.go("about:blank");
        browser.go(address);

        assertThat(address).contains("from=", "to=", "line=");
        assertThat(browser.find("table.log tr.selected").getText()).isEqualTo(selected);
        assertThat(browser.run("return [...document.querySelectorAll('.tick')].map(t => t.textContent).join()"))
                .isEqualTo(ticks);
        browser.assertClean();
    }

    @Test
    void incidents_are_filtered_and_the_address_remembers() throws IOException {
        browser.go(file("src/test/resources/lab/two-failovers/input"));
        browser.find("table.incidents");

        browser.find("select[name=cause] option[value=CLEAN_SHUTDOWN]").click();
        browser.until(page ->
                page.findElements(By.cssSelector("table.incidents tbody tr")).size() == 1 ? true : null);

        assertThat(browser.address()).contains("cause=CLEAN_SHUTDOWN");
        browser.keep("filter");
        browser.assertClean();
    }

    @Test
    void it_fits_a_phone_and_the_dark() throws IOException {
        browser.size(390, 844);
        browser.dark();
        browser.go(file("src/test/resources/lab/patroni-stalled/input"));

        browser.awaitText("h1", "pg-a → pg-b");
        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(390L);
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(20, 23, 26)");
        browser.find(".two.PROVEN");
        browser.keep("phone-dark");
        browser.run("document.querySelector('.timeline').scrollIntoView()");
        browser.keep("phone-dark-timeline");
        browser.run("document.querySelector('.lines').scrollIntoView()");
        browser.keep("phone-dark-lines");
        browser.assertClean();
    }

    @Test
    void the_overview_says_first_where_it_burns_and_where_nothing_is_seen() throws IOException {
        Board board = complete();
        board.cluster("alfred", Optional.of(Incidents.heard("alfred", "2026-11-22T18:14:10Z")));
        board.cluster("joker", Optional.of(Incidents.cluster("joker", "2026-11-22T18:12:44Z")));
        ObjectNode partly = Incidents.heard("gordon", "2026-11-22T18:14:11Z");
        ((ObjectNode) partly.withArray("hosts").get(0)).put("silentSince", "2026-11-22T18:13:02Z");
        board.cluster("gordon", Optional.of(partly));
        board.incident("i1", Optional.of(Incidents.failover("i1", "alfred", 1, true, "a line")));
        board.incident("i2", Optional.of(Incidents.failover("i2", "zorro", 1, false, "a line")));
        try (LivePage page = page(board, 0)) {
            for (boolean dark : new boolean[] {false, true}) {
                if (dark) {
                    browser.dark();
                }
                for (int width : new int[] {1280, 390}) {
                    browser.size(width, 844);
                    browser.go("http://127.0.0.1:" + page.address().getPort() + "/");
                    browser.awaitText(".card.blind", "blind: no line since 18:12:44");
                    browser.keep("overview-" + width + (dark ? "-dark" : ""));
                }
            }
            assertThat(
                            browser.run(
                                    "return [...document.querySelectorAll('.card')].map(card => card.className.split(' ')[1] + ' ' + card.querySelector('b').textContent).join()"))
                    .isEqualTo("open zorro,blind joker,partly gordon,quiet alfred");
            browser.awaitText(".card.partly", "db1 silent since 18:13:02");
            assertThat(browser.run("return document.documentElement.scrollWidth"))
                    .isEqualTo(390L);

            board.cluster("joker", Optional.of(Incidents.heard("joker", "2026-11-22T18:14:20Z")));
            browser.awaitText(".card.quiet", "joker");
            browser.assertClean();
        }
    }

    @Test
    void what_is_looked_at_stays_in_place_while_somebody_selects_text() throws IOException {
        Board board = complete();
        board.incident("i1", Optional.of(Incidents.failover("i1", "batman", 1, false, "a line to copy")));
        try (LivePage page = page(board, 0)) {
            browser.go("http://127.0.0.1:" + page.address().getPort() + "/#/incident/i1");
            browser.awaitText("table.log .text", "a line to copy");
            browser.run("getSelection().selectAllChildren(document.querySelector('table.log .text'))");
            board.incident("i1", Optional.of(Incidents.failover("i1", "batman", 2, true, "another line")));

            browser.awaitText("#link", "paused while text is selected");
            assertThat(browser.run("return String(getSelection())")).isEqualTo("a line to copy");
            browser.run("getSelection().removeAllRanges()");

            browser.awaitText("table.log .text", "another line");
            browser.awaitText("#link", "live");
        }
        browser.assertClean("ERR_", "net::");
    }

    @Test
    void a_hostile_line_is_text() throws IOException {
        Board board = complete();
        board.incident(
                "i1",
                Optional.of(Incidents.failover(
                        "i1",
                        "<img src=x onerror=alert(1)>",
                        1,
                        true,
                        "<script>alert(1)</script>\u001b[31m\u202e\u0000")));
        try (LivePage page = page(board, 0)) {
            browser.go("http://127.0.0.1:" + page.address().getPort() + "/#/incident/i1");

            browser.awaitText("table.log .text", "<script>alert(1)</script>\u241b[31m\ufffd\u2400");
            browser.awaitText("h1", "<img src=x onerror=alert(1)>");
            assertThat(browser.driver().findElements(By.cssSelector("main img, main script")))
                    .isEmpty();
            browser.keep("hostile");
        }
        browser.assertClean("ERR_", "net::");
    }

    @Test
    void an_incident_grows_while_it_is_looked_at_and_a_restart_misses_nothing() throws IOException {
        ObjectNode whole = (ObjectNode) FindingsJson.report(replay("labs/leader-killed"))
                .path("incidents")
                .path(0);
        String id = whole.path("id").asText();
        Board board = complete();
        int port;
        try (LivePage page = page(board, 0)) {
            port = page.address().getPort();
            browser.go("http://127.0.0.1:" + port + "/");
            browser.awaitText("#link", "live");
            browser.awaitText("#list", "No incident");

            board.incident(id, Optional.of(partOf(whole, 1, 8)));
            browser.awaitText(".card.open", "FAILOVER");
            browser.keep("overview-open");
            browser.click(".card.open a");
            browser.awaitText(".lines h2", "Lines (8)");
            browser.keep("incident-open");
            board.incident(id, Optional.of(partOf(whole, 2, 20)));
            browser.awaitText(".lines h2", "Lines (20)");
        }
        browser.awaitText("#link", "connection lost");

        Board after = complete();
        after.incident(id, Optional.of(whole.deepCopy().put("revision", 3)));
        try (LivePage again = page(after, port)) {
            browser.awaitText("#link", "live");
            browser.awaitText(".lines h2", "Lines (" + whole.path("events").size() + ")");
            browser.find("details summary").click();
            browser.find("input[name=name]").sendKeys("Ada");
            browser.find("form.acknowledge button").click();
            browser.awaitText(".acknowledged", "Ada");
            browser.keep("incident-over");
            assertThat(again.address().getPort()).isEqualTo(port);
        }
        browser.assertClean("ERR_", "net::");
    }

    /** The incident as it was known once only {@code lines} of it had been read. */
    private static ObjectNode partOf(ObjectNode whole, int revision, int lines) {
        ObjectNode part = whole.deepCopy();
        part.put("revision", revision).put("state", "OPEN");
        while (part.withArray("events").size() > lines) {
            part.withArray("events").remove(lines);
        }
        part.withObject("cause").withArray("evidence").removeAll();
        part.withObject("cause").withArray("alternatives").removeAll();
        part.remove(List.of("dataLoss", "rejoinedAt", "serviceRestoredAt"));
        part.withArray("dualLeaders").removeAll();
        while (part.withArray("phases").size() > 1) {
            part.withArray("phases").remove(1);
        }
        return part;
    }

    private static Board complete() {
        Board board = new Board();
        board.caughtUp();
        return board;
    }

    private static LivePage page(Board board, int port) throws IOException {
        return new LivePage(
                board, WebSettings.loopback(port), (id, json) -> board.acknowledgement(id, Optional.of(json)), NOON);
    }

    private static Report replay(String folder) throws IOException {
        return new Replay(new Recognizer(Catalog.builtIn()), InputStream.nullInputStream())
                .run(List.of(folder), GivenZones.NONE, ProgressListener.NONE);
    }

    private String file(String lab) throws IOException {
        Path file = folder.resolve("report.html");
        Files.writeString(file, HtmlReport.render(replay(lab)));
        return file.toUri().toString();
    }
}
