package io.failovertimeline.publish;

import static java.util.stream.Collectors.joining;

import io.failovertimeline.model.ClockOffset;
import io.failovertimeline.model.ClockStep;
import io.failovertimeline.model.Coverage;
import io.failovertimeline.model.EndpointBasis;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineCounts;
import io.failovertimeline.model.Problem;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.ZoneFinding;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a report rests on: how clocks were read and corrected, which hosts were seen, what became of each input. */
record TextBasis(Report report, TextTime time, Places places) {

    private static final int MOST_SILENT = 4;
    private static final int MOST_HOSTS = 4;

    void writeTo(Page page) {
        if (page.isWhole()) {
            clocks(page);
            coverage(page);
            new TextStates(report.states(), time, places).writeTo(page);
            endpoints(page);
            inputs(page);
        } else {
            brief(page);
        }
        problems(page);
    }

    /** A line each of what would make a reader doubt the rest. */
    private void brief(Page page) {
        List<InputSummary> inputs = report.inputs();
        page.section("What this rests on" + (report.coverage().isEmpty() ? "" : " (--verbose tells more)"));
        if (!inputs.isEmpty()) {
            page.prose(total(inputs));
        }
        silent(inputs).ifPresent(page::prose);
        seen().ifPresent(page::prose);
        report.zones().stream()
                .filter(finding -> finding.basis() == ZoneFinding.Basis.ASSUMED
                        || !finding.zone().normalized().equals(ZoneOffset.UTC))
                .forEach(finding -> page.prose(zone(finding)));
        report.findings().clocks().forEach(clock -> page.prose(offset(clock)));
        report.findings().clockSteps().forEach(step -> page.prose(step(step)));
        List<InputSummary> broken =
                inputs.stream().filter(input -> input.counts().rejected() > 0).toList();
        if (!broken.isEmpty()) {
            table(page, broken);
        }
    }

    /** {@code Seen: db1 from 18:13:28 to 18:15:18.397, db2 from 18:13:33 to 18:15:18.303. 9 state dumps.} */
    private Optional<String> seen() {
        List<Coverage> coverage = report.coverage();
        if (coverage.isEmpty()) {
            return Optional.empty();
        }
        String hosts = coverage.stream()
                .limit(MOST_HOSTS)
                .map(host -> host.host() + " " + time.clock(host.from()) + "–" + time.clockNear(host.to(), host.from()))
                .collect(joining(", "));
        int others = coverage.size() - MOST_HOSTS;
        int dumps = report.states().size();
        return Optional.of("Seen: " + hosts + (others > 0 ? " and " + others + " more hosts" : "")
                + (dumps > 0 ? "; " + TextReport.counted(dumps, "state dump") : "") + ".");
    }

    private void clocks(Page page) {
        List<ZoneFinding> zones = report.zones();
        List<ClockOffset> offsets = report.findings().clocks();
        List<ClockStep> steps = report.findings().clockSteps();
        if (zones.isEmpty() && offsets.isEmpty() && steps.isEmpty()) {
            return;
        }
        page.section("Clocks");
        zones.forEach(finding -> page.prose(zone(finding)));
        offsets.forEach(clock -> page.prose(offset(clock)));
        steps.forEach(step -> page.prose(step(step)));
    }

    private String zone(ZoneFinding finding) {
        String whose = finding.host().map(host -> host + "'s local times").orElse("Local times");
        String shownBy =
                finding.proof().map(proof -> ", " + places.shown(proof)).orElse("");
        return whose + " were read as " + TextTime.zoneName(finding.zone()) + ": " + words(finding.basis(), shownBy)
                + ".";
    }

    /** {@code db2's clock is ahead of the others by 3.03 s, at least 2.95 s and at most 4.00 s: its times were corrected.} */
    private static String offset(ClockOffset clock) {
        boolean ahead = !clock.offset().isNegative();
        Duration least = ahead ? clock.atLeast() : clock.atMost();
        Duration most = ahead ? clock.atMost() : clock.atLeast();
        return Page.printable(clock.host()) + "'s clock is " + (ahead ? "ahead of" : "behind") + " the others by "
                + TextTime.span(clock.offset().abs()) + ", at least " + TextTime.span(least.abs()) + " and at most "
                + TextTime.span(most.abs()) + ": its times were corrected.";
    }

    /**
     * {@code db1's clock was put back by 3.00 s at the least and 18.0 s at the most, between 16:19:54.575 (db1.log:7) and
     * 16:19:51.580 (db1.log:8): its times before that were corrected.}
     */
    private String step(ClockStep step) {
        return Page.printable(step.host()) + "'s clock was put "
                + switch (step.direction()) {
                    case BACK -> "back";
                    case FORWARD -> "forward";
                }
                + " by "
                + TextTime.span(step.by())
                + (step.by().equals(step.atMost())
                        ? ""
                        : " at the least and " + TextTime.span(step.atMost()) + " at the most")
                + ", between "
                + time.clock(step.before()) + " (" + places.shown(step.lastBefore()) + ") and "
                + time.clockNear(step.after(), step.before()) + " (" + places.shown(step.firstAfter())
                + "): its times "
                + switch (step.moved()) {
                    case BEFORE -> "before";
                    case AFTER -> "after";
                }
                + " that were corrected.";
    }

    /** How a zone is known; {@code shownBy} names the proof, with a comma in front. */
    static String words(ZoneFinding.Basis basis, String shownBy) {
        return switch (basis) {
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

    private void endpoints(Page page) {
        if (report.endpoints().isEmpty()) {
            return;
        }
        page.section("Endpoints of load results");
        page.table(
                List.of("generator", "endpoint", "requests", "failed", "named by", "such as"),
                report.endpoints().stream()
                        .map(its -> List.of(
                                Page.printable(its.generator()),
                                Page.printable(its.endpoint()),
                                Long.toString(its.requests()),
                                Long.toString(its.failedRequests()),
                                its.basis().map(TextBasis::words).orElse(""),
                                Page.printable(its.example().orElse(""))))
                        .toList(),
                List.of(2, 3));
    }

    private static String words(EndpointBasis basis) {
        return switch (basis) {
            case PATTERN -> "pattern";
            case NAME -> "its own name";
            case PATH -> "method and path";
            case OVERFLOW -> "too many names";
        };
    }

    private void inputs(Page page) {
        List<InputSummary> inputs = report.inputs();
        if (inputs.isEmpty()) {
            return;
        }
        page.section("Inputs" + (places.folder().isEmpty() ? "" : " under " + Page.printable(places.folder())));
        table(page, inputs);
    }

    /** {@code 18 inputs with 5,337 lines: 1,441 recognized, 3,800 noise, 96 unknown (--unknown lists them).} */
    private static String total(List<InputSummary> inputs) {
        LineCounts counts = inputs.stream().map(InputSummary::counts).reduce(LineCounts.NONE, LineCounts::plus);
        return String.format(
                Locale.ROOT,
                "%s with %,d lines: %,d recognized, %,d noise, %,d unknown%s%s.",
                TextReport.counted(inputs.size(), "input"),
                counts.lines(),
                counts.recognized(),
                counts.noise(),
                counts.unknown(),
                counts.unknown() == 0 ? "" : " (--unknown lists them)",
                counts.rejected() == 0 ? "" : String.format(Locale.ROOT, ", %,d broken", counts.rejected()));
    }

    /** Names inputs that told nothing, the longest first: one of them may be a log or a load result that should have. */
    private Optional<String> silent(List<InputSummary> inputs) {
        List<InputSummary> silent = inputs.stream()
                .filter(input -> !input.counts().anyUnderstood())
                .sorted(Comparator.comparing(
                                (InputSummary input) -> input.counts().lines())
                        .reversed()
                        .thenComparing(InputSummary::path))
                .toList();
        if (silent.isEmpty()) {
            return Optional.empty();
        }
        String longest = silent.stream()
                .limit(MOST_SILENT)
                .map(input -> places.shown(input.path()) + " (" + input.counts().lines() + ")")
                .collect(joining(", "));
        int others = silent.size() - MOST_SILENT;
        return Optional.of("No log line or load result in " + silent.size() + ", with lines: " + longest
                + (others > 0 ? " and " + others + " shorter ones; --verbose lists all." : "."));
    }

    private void table(Page page, List<InputSummary> inputs) {
        page.table(
                List.of("path", "format", "lines", "recognized", "noise", "unknown", "rejected"),
                inputs.stream()
                        .map(input -> List.of(
                                places.shown(input.path()),
                                input.format(),
                                Long.toString(input.counts().lines()),
                                Long.toString(input.counts().recognized()),
                                Long.toString(input.counts().noise()),
                                Long.toString(input.counts().unknown()),
                                Long.toString(input.counts().rejected())))
                        .toList(),
                List.of(2, 3, 4, 5, 6));
    }

    private void problems(Page page) {
        List<Problem> problems = report.problems();
        if (problems.isEmpty()) {
            return;
        }
        page.section("Problems with the input");
        problems.stream()
                .limit(page.shown(problems.size(), Page.MOST_ROWS))
                .forEach(problem -> page.prose(problem.place() + ": " + problem.what()
                        + (problem.advice().isEmpty() ? "" : "; " + problem.advice())));
        page.more(problems.size() - page.shown(problems.size(), Page.MOST_ROWS));
    }
}
