package io.failovertimeline.replay;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.PhaseName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/labs.md}; {@code -Dgolden=update} writes it anew. */
class LabTableTest {

    private static final Path PAGE = Path.of("docs/labs.md");
    private static final Path TRUTH = Lab.CAPTURED.resolve("truth.tsv");
    private static final String UNKNOWN = "–";

    /** What pollers and the load generator saw of one incident. */
    private record Truth(
            String lab, Optional<Instant> ready, Optional<Instant> firstFailed, Optional<Instant> lastFailed) {}

    @Test
    void the_table_of_labs_shows_what_they_tell() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("| lab |");
        String told = page.substring(0, begin) + table();
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, told);
        }

        assertThat(told).isEqualTo(Files.readString(PAGE));
    }

    private static String table() throws IOException {
        List<Truth> truths = truths();
        StringBuilder table = new StringBuilder("| lab | incident | cause | leaders | timelines | phases, in seconds"
                + " | writes again | clients failed, first to last |\n|" + " --- |".repeat(8) + "\n");
        for (Path path : Lab.all()) {
            String lab = (path.endsWith("input") ? path.getParent() : path)
                    .getFileName()
                    .toString();
            List<Truth> seen =
                    truths.stream().filter(truth -> truth.lab().equals(lab)).toList();
            List<Incident> incidents = Lab.replay(path).findings().incidents();
            for (int i = 0; i < incidents.size(); i++) {
                table.append(row(lab, incidents.get(i), i < seen.size() ? Optional.of(seen.get(i)) : Optional.empty()));
            }
            if (incidents.isEmpty()) {
                table.append("| ")
                        .append(lab)
                        .append(" | none |")
                        .append(" |".repeat(6))
                        .append('\n');
            }
        }
        return table.toString();
    }

    private static String row(String lab, Incident incident, Optional<Truth> truth) {
        return List.of(
                                lab,
                                incident.kind()
                                        + incident.member()
                                                .map(member -> " of " + member)
                                                .orElse(""),
                                incident.cause().code().toString(),
                                change(incident.oldLeader(), incident.newLeader()),
                                change(incident.timelineBefore(), incident.timelineAfter()),
                                phases(incident),
                                beside(clock(incident.databaseReadyAt()), clock(truth.flatMap(Truth::ready))),
                                beside(failed(incident), failed(truth)))
                        .stream()
                        .map(cell -> " " + cell + " ")
                        .collect(joining("|", "|", "|"))
                + "\n";
    }

    private static String change(Optional<?> before, Optional<?> after) {
        return before.isEmpty() && after.isEmpty()
                ? UNKNOWN
                : before.map(Object::toString).orElse(UNKNOWN) + " → "
                        + after.map(Object::toString).orElse(UNKNOWN);
    }

    private static String phases(Incident incident) {
        return incident.phases().stream()
                .map(phase -> initial(phase.name())
                        + (phase.through() == phase.name() ? "" : "–" + initial(phase.through()))
                        + (phase.upperBound() ? " ≤ " : " ")
                        + seconds(phase.duration())
                        + phase.bySettings()
                                .map(settings ->
                                        " [" + seconds(settings.atLeast()) + " … " + seconds(settings.atMost()) + "]")
                                .orElse(""))
                .collect(joining(", "));
    }

    private static String initial(PhaseName name) {
        return name == PhaseName.REJOIN ? "J" : name.name().substring(0, 1);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toMillis() / 1000.0);
    }

    private static String clock(Optional<Instant> at) {
        return at.map(instant -> instant.toString().replaceAll(".*T(\\d\\d:\\d\\d:\\d\\d)(\\.\\d{1,3})?.*", "$1$2"))
                .orElse(UNKNOWN);
    }

    private static String failed(Incident incident) {
        List<ClientImpact> impact = incident.clientImpact();
        return impact.isEmpty()
                ? UNKNOWN
                : clock(impact.stream().map(ClientImpact::firstFailureAt).min(Comparator.naturalOrder())) + " to "
                        + clock(impact.stream().map(ClientImpact::lastFailureAt).max(Comparator.naturalOrder()));
    }

    private static String failed(Optional<Truth> truth) {
        return truth.flatMap(Truth::firstFailed).isEmpty()
                ? UNKNOWN
                : clock(truth.flatMap(Truth::firstFailed)) + " to " + clock(truth.flatMap(Truth::lastFailed));
    }

    private static String beside(String told, String truth) {
        return truth.equals(UNKNOWN) ? told : told + " (" + truth + ")";
    }

    private static List<Truth> truths() throws IOException {
        List<Truth> truths = new ArrayList<>();
        for (String line : Files.readAllLines(TRUTH)) {
            String[] cells = line.split("\t", -1);
            if (!cells[0].equals("lab")) {
                truths.add(new Truth(cells[0], instant(cells[1]), instant(cells[2]), instant(cells[3])));
            }
        }
        return truths;
    }

    private static Optional<Instant> instant(String cell) {
        return cell.equals("-") ? Optional.empty() : Optional.of(Instant.parse(cell));
    }
}
