package io.failovertimeline.publish;

import static java.util.stream.Collectors.joining;

import io.failovertimeline.model.Coverage;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineCounts;
import io.failovertimeline.model.NearMiss;
import io.failovertimeline.model.Report;
import io.failovertimeline.publish.Page.Ink;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A report for a person at a terminal: the incidents first, then what no incident explains, then what all of it rests on.
 *
 * @param width columns of the terminal
 * @param colour whether to write colour codes
 * @param whole whether to list every step and every input, however many there are
 */
public record TextReport(int width, boolean colour, boolean whole) {

    /** The report as lines of at most {@link #width()} columns, each ended by a line feed. */
    public String render(Report report) {
        Page page = new Page(width, colour, whole);
        TextTime time = TextTime.of(report);
        Places places = Places.of(report);

        writeSummaryTo(page, report, time);
        for (Incident incident : report.findings().incidents()) {
            page.blank();
            new TextIncident(incident, holdsLoad(report), time.fixedAt(incident.startedAt()), places).writeTo(page);
        }
        new TextErrorWindows(report.findings(), time).writeTo(page);
        writeNearMissesTo(page, report.findings().nearMisses(), time, places);
        new TextBasis(report, time, places).writeTo(page);
        return page.toString();
    }

    /** How many incidents there are, or what was looked at to say that there is none. */
    static void writeSummaryTo(Page page, Report report, TextTime time) {
        List<Incident> incidents = report.findings().incidents();
        if (incidents.isEmpty()) {
            page.line(page.ink(Ink.BOLD, "No incident."));
            page.prose(lookedAt(report, time));
        } else if (incidents.size() > 1) {
            page.line(page.ink(Ink.BOLD, incidents.size() + " incidents."));
            page.table(
                    List.of(),
                    incidents.stream()
                            .map(incident -> List.of(
                                    time.dateAndClock(incident.startedAt()),
                                    incident.kind().name(),
                                    incident.cluster(),
                                    TextIncident.leadership(incident)))
                            .toList(),
                    List.of());
        }
        if (!report.problems().isEmpty()) {
            page.line(page.ink(
                    Ink.YELLOW, counted(report.problems().size(), "problem") + " with the input, listed at the end."));
        }
    }

    private static String lookedAt(Report report, TextTime time) {
        LineCounts counts =
                report.inputs().stream().map(InputSummary::counts).reduce(LineCounts.NONE, LineCounts::plus);
        String read = "Looked at " + counted(report.inputs().size(), "input") + " with "
                + counted(counts.lines(), "line") + ", of which ";
        if (!counts.anyUnderstood()) {
            return read + "not one was recognized: they tell nothing about a cluster, neither good nor bad.";
        }
        return read + (counts.recognized() + counts.knownNoise()) + " were understood"
                + seenBetween(report.coverage(), time) + ".";
    }

    private static String seenBetween(List<Coverage> coverage, TextTime time) {
        Optional<Instant> from = coverage.stream().map(Coverage::from).min(Comparator.naturalOrder());
        Optional<Instant> to = coverage.stream().map(Coverage::to).max(Comparator.naturalOrder());
        if (from.isEmpty() || to.isEmpty()) {
            return "";
        }
        return ", from " + time.dateAndClock(from.get()) + " to " + time.clockNear(to.get(), from.get()) + " "
                + time.offset(from.get()) + ", of "
                + coverage.stream().map(Coverage::host).collect(joining(", "));
    }

    /** Whether any input shows what clients felt; without one, nobody can say. */
    static boolean holdsLoad(Report report) {
        return report.inputs().stream().anyMatch(input -> input.content() == InputSummary.Content.LOAD_RESULTS);
    }

    /** What could have become an incident. */
    static void writeNearMissesTo(Page page, List<NearMiss> nearMisses, TextTime time, Places places) {
        if (nearMisses.isEmpty()) {
            return;
        }
        page.section("Near misses");
        page.table(
                List.of(),
                nearMisses.stream()
                        .map(miss -> List.of(
                                time.dateAndClock(miss.at()),
                                miss.cluster(),
                                miss.member(),
                                miss.what(),
                                places.shown(miss.origin())))
                        .toList(),
                List.of());
        nearMisses.stream().map(NearMiss::explanation).distinct().forEach(page::prose);
    }

    /** {@code 1 line}, {@code 2 lines}. */
    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
