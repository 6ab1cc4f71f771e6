package io.failovertimeline.publish;

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

    void writeTo(Page page) {
        List<Row> rows = rows();
        if (rows.isEmpty()) {
            return;
        }
        page.section("What happened");
        int memberWidth = widest(rows, Row::member);
        int room = page.width() - TextTime.CLOCK_WIDTH - memberWidth - 8;
        int sourceWidth = Math.min(widest(rows, Row::source), room - LEAST_TEXT);
        int textWidth = room - sourceWidth;
        for (Row row : rows.subList(0, Math.min(rows.size(), MOST_STEPS))) {
            page.line((row.isProof() ? page.ink(Ink.YELLOW, "» ") : "  ")
                    + Page.pad(row.when(), TextTime.CLOCK_WIDTH)
                    + "  " + page.ink(Ink.CYAN, Page.pad(row.member(), memberWidth))
                    + "  " + Page.pad(Page.shortened(row.text(), textWidth), textWidth)
                    + "  " + page.ink(Ink.DIM, beginningCut(row.source(), sourceWidth)));
        }
        page.more(rows.size() - MOST_STEPS);
        if (incident.events().stream().anyMatch(step -> step.precision() == Precision.SECONDS)) {
            page.line("  " + page.ink(Ink.DIM, "Times without a fraction are known to the second only."));
        }
    }

    /** What was done without a word of when comes first, since it is most often why the rest happened. */
    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Mark mark : incident.marks()) {
            rows.add(row(false, "time unknown", mark.host(), mark.text(), mark.origin()));
        }
        LocalDate date = time.date(incident.startedAt());
        for (int i = 0; i < incident.events().size(); i++) {
            Step step = incident.events().get(i);
            if (!time.date(step.at()).equals(date)) {
                date = time.date(step.at());
                rows.add(new Row(false, date.toString(), "", "", ""));
            }
            rows.add(row(
                    incident.cause().evidence().contains(i),
                    time.clock(step.at(), step.precision()),
                    step.member(),
                    step.text(),
                    step.origin()));
        }
        return rows;
    }

    private Row row(boolean isProof, String when, Optional<String> member, String text, Origin origin) {
        return new Row(
                isProof,
                when,
                Page.printable(member.orElse("-")),
                Page.printable(text),
                Page.printable(places.shown(origin)));
    }

    /** One line of the story, printable. */
    private record Row(boolean isProof, String when, String member, String text, String source) {}

    private static int widest(List<Row> rows, Function<Row, String> cell) {
        return rows.stream().mapToInt(row -> cell.apply(row).length()).max().orElse(0);
    }

    /** The end of a source, its line number, is what is looked for. */
    private static String beginningCut(String source, int width) {
        return source.length() <= width ? source : "…" + source.substring(source.length() - width + 1);
    }
}
