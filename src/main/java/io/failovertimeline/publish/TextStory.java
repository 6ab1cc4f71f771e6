package io.failovertimeline.publish;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Step;
import io.failovertimeline.publish.Page.Ink;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The steps of an incident, each with who said it and the line that proves it; the proof of the cause is marked. */
record TextStory(Incident incident, TextTime time, Places places) {

    private static final int MOST_STEPS = 60;
    private static final int LEAST_TEXT = 24;
    private static final String CORRECTED = "~";

    void writeTo(Page page) {
        List<Row> rows = rows();
        if (rows.isEmpty()) {
            return;
        }
        page.section("What happened");
        List<Row> shown = page.isWhole() ? rows : StoryDigest.of(rows);
        int memberWidth = widest(rows, Row::member);
        int clockWidth = TextTime.CLOCK_WIDTH + (anyCorrected() ? CORRECTED.length() : 0);
        int room = page.width() - clockWidth - memberWidth - 8;
        int sourceWidth = Math.min(widest(rows, Row::source), Math.min(page.width() / 4, room - LEAST_TEXT));
        int textWidth = room - sourceWidth;
        List<Row> printed = shown.subList(0, page.shown(shown.size(), MOST_STEPS));
        for (Row row : printed) {
            String text = Page.pad(Page.shortened(row.text(), textWidth), textWidth);
            page.line((row.isProof() ? page.ink(Ink.YELLOW, "» ") : "  ")
                    + Page.pad(row.when(), clockWidth)
                    + "  " + page.ink(Ink.CYAN, Page.pad(row.member(), memberWidth))
                    + "  "
                    + StepInk.of(row.kind()).map(ink -> page.ink(ink, text)).orElse(text)
                    + "  " + page.ink(Ink.DIM, beginningCut(row.source(), sourceWidth)));
        }
        page.more(shown.size() - printed.size());
        if (printed.stream().anyMatch(Row::isDigest)) {
            page.line("  " + page.ink(Ink.DIM, "… stands for routine lines; --verbose shows them."));
        }
        if (incident.events().stream().anyMatch(step -> step.precision() == Precision.SECONDS)) {
            page.line("  " + page.ink(Ink.DIM, "Times without a fraction are known to the second only."));
        }
        if (incident.events().stream().anyMatch(step -> step.precision() == Precision.REPEATED_HOUR)) {
            page.line("  "
                    + page.ink(Ink.DIM, "Clocks went back an hour: local times of then may also be an hour later."));
        }
        if (anyCorrected()) {
            page.line(
                    "  " + page.ink(Ink.DIM, "Times with " + CORRECTED + " are corrected: the writer's clock is off."));
        }
    }

    private boolean anyCorrected() {
        return incident.events().stream().anyMatch(step -> step.correction().isPresent());
    }

    /** What was done without a word of when comes first, since it is most often why the rest happened. */
    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Mark mark : incident.marks()) {
            boolean isProof = incident.cause().explanation().contains('"' + mark.text() + '"');
            rows.add(row(isProof, "time unknown", mark.host(), mark.kind(), mark.text(), mark.origin()));
        }
        LocalDate date = time.date(incident.startedAt());
        for (int i = 0; i < incident.events().size(); i++) {
            Step step = incident.events().get(i);
            if (!time.date(step.at()).equals(date)) {
                date = time.date(step.at());
                rows.add(new Row(false, date.toString(), "", Optional.empty(), "", ""));
            }
            rows.add(row(
                    incident.cause().evidence().contains(i),
                    time.clock(step.at(), step.precision())
                            + step.correction().map(correction -> CORRECTED).orElse(""),
                    step.member(),
                    step.type(),
                    step.text(),
                    step.origin()));
        }
        return rows;
    }

    private Row row(boolean isProof, String when, Optional<String> member, EventKind kind, String text, Origin origin) {
        return new Row(
                isProof,
                when,
                Page.printable(member.orElse("-")),
                Optional.of(kind),
                Page.printable(Page.firstLine(text)),
                Page.printable(places.shown(origin)));
    }

    /**
     * One line of the story, printable.
     *
     * @param isProof whether it proves the cause
     * @param when its time, or what stands for it
     * @param member who wrote it
     * @param kind what it proves; empty for a line that is no step
     * @param text what it says
     * @param source where it stands; empty for a line that stands for several
     */
    record Row(boolean isProof, String when, String member, Optional<EventKind> kind, String text, String source) {

        boolean isDigest() {
            return kind.isEmpty() && !text.isEmpty();
        }
    }

    private static int widest(List<Row> rows, Function<Row, String> cell) {
        return rows.stream().mapToInt(row -> cell.apply(row).length()).max().orElse(0);
    }

    /** The end of a source, its line number, is what is looked for. */
    private static String beginningCut(String source, int width) {
        return source.length() <= width ? source : "…" + source.substring(source.length() - width + 1);
    }
}
