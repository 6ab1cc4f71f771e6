package io.failovertimeline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {

    private static final Path GOLDEN = Path.of("src/test/resources/publish");

    @Test
    void a_failover_told_by_a_write_up_says_what_is_missing() throws IOException {
        assertGolden("failover-in-a-write-up.txt", SampleReports.failoverInAWriteUp());
    }

    @Test
    void a_switchover_shows_phases_clients_refusals_and_what_it_rests_on() throws IOException {
        assertGolden("switchover-with-clients.txt", SampleReports.switchoverWithClients());
    }

    @Test
    void an_open_incident_says_that_it_is_not_over() throws IOException {
        assertGolden("open-incident.txt", SampleReports.openIncident());
    }

    @Test
    void no_incident_is_said_plainly_with_what_was_looked_at() throws IOException {
        assertGolden("nothing.txt", SampleReports.nothing());
    }

    @Test
    void input_that_tells_nothing_is_not_called_healthy() throws IOException {
        assertGolden("nothing-recognized.txt", SampleReports.nothingRecognized());
    }

    @Test
    void a_corrected_time_is_marked_and_the_clock_that_wrote_it_named() throws IOException {
        assertGolden("clock-that-is-off.txt", SampleReports.clockThatIsOff());
    }

    @Test
    void no_line_is_wider_than_the_terminal() {
        for (int width : List.of(60, 80, 100, 200)) {
            for (Report report : all()) {
                assertThat(new TextReport(width, false, false).render(report).lines())
                        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
            }
        }
    }

    @Test
    void colours_change_nothing_but_colours() {
        for (Report report : all()) {
            String coloured = new TextReport(100, true, false).render(report);

            assertThat(coloured).contains("\u001b[");
            assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "").replaceAll(" +\n", "\n"))
                    .isEqualTo(new TextReport(100, false, false).render(report));
        }
    }

    @Test
    void a_log_line_can_not_steer_the_terminal() {
        assertThat(new TextReport(100, false, false).render(SampleReports.openIncident()))
                .contains("maximum replication lag [2J and more")
                .doesNotContain("\u001b");
    }

    private static List<Report> all() {
        return List.of(
                SampleReports.failoverInAWriteUp(),
                SampleReports.switchoverWithClients(),
                SampleReports.openIncident(),
                SampleReports.nothing(),
                SampleReports.nothingRecognized(),
                SampleReports.clockThatIsOff());
    }

    /** {@code -Dgolden=update} rewrites the expectation; the difference is reviewed like code. */
    private static void assertGolden(String name, Report report) throws IOException {
        String rendered = new TextReport(100, false, false).render(report);
        Path file = GOLDEN.resolve(name);
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(file, rendered, StandardCharsets.UTF_8);
        }
        assertThat(rendered).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }
}
