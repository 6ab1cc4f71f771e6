package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.alert.AlertSeverity;
import io.failovertimeline.model.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/alerts.md}; {@code -Dgolden=update} writes it anew. */
class AlertTableTest {

    private static final Path PAGE = Path.of("docs/alerts.md");
    private static final Duration RULE = Duration.ofMinutes(1);
    private static final Duration SCRAPES = Duration.ofSeconds(15);

    @Test
    void the_table_shows_how_long_it_takes_until_somebody_is_told() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("| lab | incident |");
        String told = page.substring(0, begin) + table();
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, told);
        }

        assertThat(told).isEqualTo(Files.readString(PAGE));
    }

    @Test
    void a_quiet_capture_fires_nothing() throws IOException {
        assertThat(alerts(Lab.CAPTURED.resolve("no-fault/input"))).isEmpty();
    }

    @Test
    void one_failover_is_one_story_from_its_first_alert_to_its_last() throws IOException {
        List<AlertReplay.Told> told = alerts(Lab.BUNDLED.resolve("leader-killed"));

        assertThat(told).extracting(change -> change.record().group()).containsOnly("batman-20261122T181401.500Z");
        assertThat(told)
                .extracting(change -> change.record().name())
                .contains(
                        "OutageOverBudget", "LeaderLost", "FailoverInProgress", "FailoverCompleted", "RedundancyLost");
        assertThat(told.get(told.size() - 1).record().status()).isEqualTo(AlertRecord.Status.RESOLVED);
    }

    private static String table() throws IOException {
        StringBuilder table = new StringBuilder(
                "| lab | incident | first alert | seconds | metric rule |\n|" + " --- |".repeat(5) + "\n");
        for (Path path : Lab.all()) {
            String lab = (path.endsWith("input") ? path.getParent() : path)
                    .getFileName()
                    .toString();
            List<AlertReplay.Told> told = alerts(path);
            List<Incident> incidents = Lab.replay(path).findings().incidents();
            for (Incident incident : incidents) {
                table.append(row(lab, incident, told));
            }
            if (incidents.isEmpty()) {
                table.append("| ")
                        .append(lab)
                        .append(" | none | ")
                        .append(told.isEmpty() ? "none" : "some")
                        .append(" | | |\n");
            }
        }
        return table.toString();
    }

    private static String row(String lab, Incident incident, List<AlertReplay.Told> told) {
        Optional<String> group = told.stream()
                .map(AlertReplay.Told::record)
                .filter(record ->
                        record.incident().filter(incident.id()::equals).isPresent())
                .map(AlertRecord::group)
                .findFirst();
        Optional<AlertReplay.Told> first = told.stream()
                .filter(change -> group.filter(change.record().group()::equals).isPresent())
                .filter(change -> AlertSeverity.of(change.record().severity())
                        .orElseThrow()
                        .isAtLeast(AlertSeverity.WARNING))
                .findFirst();
        Optional<Instant> wellAgain =
                incident.serviceRestoredAt().or(incident::databaseReadyAt).or(incident::databaseReadyNotAfter);
        boolean seen = wellAgain
                .filter(at -> Duration.between(incident.startedAt(), at).compareTo(RULE) < 0)
                .isEmpty();
        return "| " + lab + " | " + incident.kind() + " | "
                + first.map(change -> change.record().name()).orElse("none") + " | "
                + first.map(change -> Duration.between(incident.startedAt(), change.at()))
                        .map(span -> String.format(Locale.ROOT, "%.1f", span.toMillis() / 1000.0))
                        .orElse("–")
                + " | "
                + (seen ? RULE.toSeconds() + " to " + RULE.plus(SCRAPES).toSeconds() : "never") + " |\n";
    }

    private static List<AlertReplay.Told> alerts(Path lab) throws IOException {
        return new AlertReplay(AlertRules.USUAL).of(Lab.evidence(lab));
    }
}
