package io.failovertimeline.publish;

import io.failovertimeline.model.Coverage;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.Problem;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.ZoneFinding;
import java.time.Duration;
import java.util.List;

/** What a report rests on: how clocks were read, which hosts were seen, what became of each input. */
record TextBasis(Report report, TextTime time, Places places) {

    void writeTo(Page page) {
        zones(page);
        coverage(page);
        inputs(page);
        problems(page);
    }

    private void zones(Page page) {
        List<ZoneFinding> zones = report.zones();
        if (zones.isEmpty()) {
            return;
        }
        page.section("Clocks");
        for (ZoneFinding finding : zones) {
            String whose = finding.host().map(host -> host + "'s local times").orElse("Local times");
            page.prose(whose + " were read as " + finding.zone().getId().replaceAll("^Z$", "UTC") + ": "
                    + basis(finding) + ".");
        }
    }

    private String basis(ZoneFinding finding) {
        String shownBy =
                finding.proof().map(proof -> ", " + places.shown(proof)).orElse("");
        return switch (finding.basis()) {
            case GIVEN -> "--zone says so";
            case PAIRED -> "the same moment is also written with an offset" + shownBy;
            case ABBREVIATION -> "they carry the zone's abbreviation" + shownBy;
            case ASSUMED -> "nothing in the input tells their zone; if this is wrong, give it, as in --zone +03:00";
        };
    }

    private void coverage(Page page) {
        List<Coverage> coverage = report.coverage();
        if (coverage.isEmpty()) {
            return;
        }
        page.section("Hosts seen, from their first line to their last ("
                + time.offset(coverage.get(0).from()) + ")");
        page.table(
                List.of(),
                coverage.stream()
                        .map(seen -> List.of(
                                seen.host(),
                                time.dateAndClock(seen.from()),
                                time.clockNear(seen.to(), seen.from()),
                                TextTime.span(Duration.between(seen.from(), seen.to()))))
                        .toList(),
                List.of(3));
    }

    private void inputs(Page page) {
        List<InputSummary> inputs = report.inputs();
        if (inputs.isEmpty()) {
            return;
        }
        page.section("Inputs" + (places.folder().isEmpty() ? "" : " under " + Page.printable(places.folder())));
        page.table(
                List.of("path", "format", "lines", "recognized", "rejected"),
                inputs.stream()
                        .map(input -> List.of(
                                places.shown(input.path()),
                                input.format(),
                                Long.toString(input.lines()),
                                Long.toString(input.recognized()),
                                Long.toString(input.rejected())))
                        .toList(),
                List.of(2, 3, 4));
    }

    private void problems(Page page) {
        List<Problem> problems = report.problems();
        if (problems.isEmpty()) {
            return;
        }
        page.section("Problems with the input");
        problems.stream()
                .limit(Page.MOST_ROWS)
                .forEach(problem -> page.prose(problem.place() + ": " + problem.what()
                        + (problem.advice().isEmpty() ? "" : "; " + problem.advice())));
        page.more(problems.size() - Page.MOST_ROWS);
    }
}
