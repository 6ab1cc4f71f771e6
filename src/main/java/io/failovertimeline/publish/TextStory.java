package io.failovertimeline.publish;

import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Step;
import io.failovertimeline.publish.Page.Ink;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** The steps of an incident, each with who said it and the line that proves it; the proof of the cause is marked. */
record TextStory(Incident incident, TextTime time, Places places) {

    private static final int MOST_STEPS = 60;
    private static final int LEAST_TEXT = 24;

    void writeTo(Page page) {
        List<Step> steps = incident.events();
        if (steps.isEmpty()) {
            return;
        }
        page.section("What happened");
        int memberWidth = widest(steps.stream().map(TextStory::member));
        int sourceWidth = Math.min(
                widest(steps.stream().map(this::source)),
                page.width() - TextTime.CLOCK_WIDTH - memberWidth - LEAST_TEXT - 8);
        int textWidth = page.width() - TextTime.CLOCK_WIDTH - memberWidth - sourceWidth - 8;

        LocalDate date = time.date(incident.startedAt());
        for (int i = 0; i < Math.min(steps.size(), MOST_STEPS); i++) {
            Step step = steps.get(i);
            if (!time.date(step.at()).equals(date)) {
                date = time.date(step.at());
                page.line("  " + page.ink(Ink.DIM, date.toString()));
            }
            page.line((proves(i) ? page.ink(Ink.YELLOW, "» ") : "  ")
                    + Page.pad(time.clock(step.at(), step.precision()), TextTime.CLOCK_WIDTH)
                    + "  " + page.ink(Ink.CYAN, Page.pad(member(step), memberWidth))
                    + "  " + Page.pad(Page.shortened(Page.printable(step.text()), textWidth), textWidth)
                    + "  " + page.ink(Ink.DIM, beginningCut(source(step), sourceWidth)));
        }
        page.more(steps.size() - MOST_STEPS);
        if (steps.stream().anyMatch(step -> step.precision() == Precision.SECONDS)) {
            page.line("  " + page.ink(Ink.DIM, "Times without a fraction are known to the second only."));
        }
    }

    private boolean proves(int step) {
        return incident.cause().evidence().contains(step);
    }

    private static String member(Step step) {
        return Page.printable(step.member().orElse("-"));
    }

    private String source(Step step) {
        return Page.printable(places.shown(step.origin()));
    }

    /** The end of a source, its line number, is what is looked for. */
    private static String beginningCut(String source, int width) {
        return source.length() <= width ? source : "…" + source.substring(source.length() - width + 1);
    }

    private static int widest(Stream<String> cells) {
        return cells.mapToInt(String::length).max().orElse(0);
    }
}
