package io.failovertimeline.publish;

import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A report as a write-up of an experiment has it: of each incident a description, what was to be expected, what was observed, with
 * excerpts from the logs, and an analysis. The sentences are those of {@link TextReport}.
 */
public final class MarkdownReport {

    private static final Set<String> DESCRIPTION = Set.of("began");
    private static final Set<String> ANALYSIS = Set.of("cause", "not", "less likely", "danger", "two at once");

    /** Lines of one member that are shown. */
    private static final int MOST_LINES = 200;

    /** Lines of one record that are shown. */
    private static final int MOST_OF_A_RECORD = 8;

    private MarkdownReport() {}

    /** The whole document, ended by a line feed. */
    public static String render(Report report) {
        Markdown document = new Markdown();
        TextTime time = TextTime.of(report);
        Places places = Places.of(report);
        List<Incident> incidents = report.findings().incidents();

        document.heading(1, title(incidents, time));
        Outline summary = new Outline();
        TextReport.writeSummaryTo(summary, report, time);
        document.parts(summary.opening());
        for (int i = 0; i < incidents.size(); i++) {
            Incident incident = incidents.get(i);
            new Chapter(
                            document,
                            i + 1,
                            incident,
                            new TextIncident(
                                    incident, TextReport.holdsLoad(report), time.fixedAt(incident.startedAt()), places))
                    .write();
        }
        Outline rest = new Outline();
        new TextErrorWindows(report.findings(), time).writeTo(rest);
        TextReport.writeNearMissesTo(rest, report.findings().nearMisses(), time, places);
        new TextBasis(report, time, places).writeTo(rest);
        for (Outline.Section section : rest.sections()) {
            document.heading(2, section.name());
            document.parts(section.parts());
        }
        return document.toString();
    }

    private static String title(List<Incident> incidents, TextTime time) {
        if (incidents.size() != 1) {
            return "Failover timeline";
        }
        Incident only = incidents.get(0);
        return only.kind().name() + " of " + only.cluster() + ", " + time.dateAndClock(only.startedAt()) + " "
                + time.offset(only.startedAt());
    }

    /** The part of the document that tells one incident. */
    private record Chapter(Markdown document, int number, Incident incident, TextIncident told) {

        void write() {
            Outline outline = new Outline();
            told.writeAnswersTo(outline);
            told.writeTablesTo(outline);

            document.heading(
                    2,
                    number + ". " + incident.kind() + " " + incident.cluster() + ": "
                            + TextIncident.leadership(incident));
            heading(1, "Description");
            document.answers(of(outline, DESCRIPTION));
            marks();
            heading(2, "Expected");
            expected();
            heading(3, "Observed");
            document.answers(outline.answers().stream()
                    .filter(answer -> !DESCRIPTION.contains(answer.label()) && !ANALYSIS.contains(answer.label()))
                    .toList());
            phases();
            for (Outline.Section section : outline.sections()) {
                document.paragraph(section.name() + ":");
                document.parts(section.parts());
            }
            excerpts();
            heading(4, "Analysis");
            document.answers(of(outline, ANALYSIS));
        }

        private void heading(int part, String name) {
            document.heading(3, number + "." + part + ". " + name);
        }

        private static List<Outline.Answer> of(Outline outline, Set<String> labels) {
            return outline.answers().stream()
                    .filter(answer -> labels.contains(answer.label()))
                    .toList();
        }

        /** What was done at a time that is not told. */
        private void marks() {
            if (incident.marks().isEmpty()) {
                return;
            }
            document.paragraph("At a time that is not told:");
            List<String> lines = new ArrayList<>();
            for (Mark mark : incident.marks()) {
                lines.addAll(told(
                        isProof(mark), "", mark.host().orElse("-") + "  " + mark.text(), told.shown(mark.origin())));
            }
            document.excerpt(lines);
        }

        private boolean isProof(Mark mark) {
            return incident.cause().explanation().contains('"' + mark.text() + '"');
        }

        private void expected() {
            List<List<String>> rows = new ArrayList<>();
            for (Phase phase : incident.phases()) {
                phase.bySettings()
                        .ifPresent(settings -> rows.add(List.of(
                                TextPhases.name(phase),
                                TextPhases.bounds(settings),
                                TextTime.span(settings.expected()),
                                TextPhases.because(settings))));
            }
            if (rows.isEmpty()) {
                document.paragraph("Unknown: the inputs hold no settings that explain how long a phase takes.");
                return;
            }
            document.paragraph("By the settings, each phase takes:");
            document.table(new Outline.Table(List.of("phase", "bounds", "expected", "because"), rows, List.of(2)));
        }

        private void phases() {
            TextPhases phases = told.phases();
            List<List<String>> rows = incident.phases().stream()
                    .map(phase -> List.of(
                            TextPhases.name(phase),
                            told.time().clockNear(phase.from(), incident.startedAt()),
                            TextPhases.took(phase),
                            phases.ending(phase),
                            phase.bySettings()
                                    .map(settings -> settings.verdict().name().toLowerCase(Locale.ROOT))
                                    .orElse("")))
                    .toList();
            if (!rows.isEmpty()) {
                document.table(new Outline.Table(
                        List.of("phase", "from", "took", "ends when", "by settings"), rows, List.of(2)));
            }
            phases.untold().forEach(document::paragraph);
        }

        /** What each member logged, the members in the order of their names. */
        private void excerpts() {
            Map<String, List<Integer>> byMember = new TreeMap<>();
            for (int i = 0; i < incident.events().size(); i++) {
                String member = incident.events().get(i).member().orElse("others");
                byMember.computeIfAbsent(member, unseen -> new ArrayList<>()).add(i);
            }
            byMember.forEach((member, steps) -> {
                document.paragraph("Log of " + member + ":");
                List<String> lines = new ArrayList<>();
                steps.stream().limit(MOST_LINES).forEach(i -> lines.addAll(line(i)));
                document.excerpt(lines);
                if (steps.size() > MOST_LINES) {
                    document.paragraph("and " + (steps.size() - MOST_LINES) + " more lines");
                }
            });
        }

        private List<String> line(int index) {
            Step step = incident.events().get(index);
            String when = Page.pad(told.clock(step), TextTime.CLOCK_WIDTH) + "  ";
            return told(incident.cause().evidence().contains(index), when, step.text(), told.shown(step.origin()));
        }

        /** The first line with its source, the first others of its record below. */
        private static List<String> told(boolean isProof, String when, String text, String source) {
            String front = (isProof ? "» " : "  ") + when;
            List<String> lines = new ArrayList<>();
            String[] written = text.split("\n", -1);
            for (String line : written) {
                if (lines.size() == MOST_OF_A_RECORD) {
                    lines.add(" ".repeat(front.length()) + "… and " + (written.length - lines.size()) + " more lines");
                    break;
                }
                lines.add((lines.isEmpty() ? front : " ".repeat(front.length())) + Page.printable(line));
            }
            lines.set(0, lines.get(0) + "   (" + Page.printable(source) + ")");
            return lines;
        }
    }
}
