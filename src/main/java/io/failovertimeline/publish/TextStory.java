package io.failovertimeline.publish;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Step;
import io.failovertimeline.publish.Page.Ink;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The steps of an incident, each with who said it and the line that proves it; the proof of the cause is marked. */
record TextStory(Incident incident, TextTime time, Places places) {

    /** Lines of the story, so that the whole of a report fits one screen. */
    private static final int MOST_STEPS = 11;

    private static final int LEAST_TEXT = 24;

    /** What ends phases. */
    private static final Map<EventKind, Function<Incident, Optional<Instant>>> TURNS = Map.of(
            EventKind.LOCK_RELEASED, incident -> incident.leaderLost().map(Incident.LeaderLost::at),
            EventKind.LEADER_UNREACHABLE, incident -> incident.leaderLost().map(Incident.LeaderLost::at),
            EventKind.LOCK_ACQUIRED, incident -> incident.promotedAt().or(incident::lockAcquiredAt),
            EventKind.WATCHDOG, Incident::lockAcquiredAt,
            EventKind.PROMOTED, Incident::promotedAt,
            EventKind.READY_RW, Incident::databaseReadyAt,
            EventKind.HEARTBEAT, Incident::databaseReadyNotAfter,
            EventKind.STREAM_STARTED, Incident::rejoinedAt);

    /** Follows a time that is not as it was written. */
    static final String CORRECTED = "~";

    void writeTo(Page page) {
        List<Row> rows = rows();
        if (rows.isEmpty()) {
            return;
        }
        page.section("What happened");
        List<Row> shown = dated(page.isWhole() ? rows : StoryDigest.of(rows, MOST_STEPS));
        int memberWidth = widest(rows, Row::member);
        int clockWidth = TextTime.CLOCK_WIDTH + (incident.clockError().isPresent() ? CORRECTED.length() : 0);
        int room = page.width() - clockWidth - memberWidth - 8;
        int sourceWidth = Math.min(widest(rows, Row::source), Math.min(page.width() / 4, room - LEAST_TEXT));
        int textWidth = room - sourceWidth;
        for (Row row : shown) {
            String text = Page.pad(Page.shortened(row.text(), textWidth), textWidth);
            page.line((row.isProof() ? page.ink(Ink.YELLOW, "» ") : "  ")
                    + Page.pad(row.when(), clockWidth)
                    + "  " + page.ink(Ink.CYAN, Page.pad(row.member(), memberWidth))
                    + "  "
                    + StepInk.of(row.kind()).map(ink -> page.ink(ink, text)).orElse(text)
                    + "  " + page.ink(Ink.DIM, beginningCut(row.source(), sourceWidth)));
        }
        page.more(rows.size()
                - (int) shown.stream().filter(row -> row.kind().isPresent()).count());
        if (page.isWhole() && incident.events().stream().anyMatch(step -> step.precision() == Precision.SECONDS)) {
            page.line("  " + page.ink(Ink.DIM, "Times without a fraction are known to the second only."));
        }
        if (incident.events().stream().anyMatch(step -> step.precision() == Precision.REPEATED_HOUR)) {
            page.line("  "
                    + page.ink(Ink.DIM, "Clocks went back an hour: local times of then may also be an hour later."));
        }
        incident.clockError().ifPresent(error -> {
            page.line(
                    "  " + page.ink(Ink.DIM, "Times with " + CORRECTED + " are corrected: the writer's clock is off."));
            page.line("  " + page.ink(Ink.DIM, "They may be wrong by up to " + TextTime.span(error) + "."));
        });
    }

    /** What was done without a word of when comes first, since it is most often why the rest happened. */
    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Mark mark : incident.marks()) {
            boolean isProof = incident.cause().explanation().contains('"' + mark.text() + '"');
            rows.add(row(
                    isProof,
                    isProof,
                    Optional.empty(),
                    "time unknown",
                    mark.host(),
                    mark.kind(),
                    mark.text(),
                    mark.origin()));
        }
        for (int i = 0; i < incident.events().size(); i++) {
            Step step = incident.events().get(i);
            boolean isProof = incident.cause().evidence().contains(i);
            rows.add(row(
                    isProof,
                    isProof || isTurn(i),
                    Optional.of(time.date(step.at())),
                    time.clock(step.at(), step.precision())
                            + step.correction().map(correction -> CORRECTED).orElse(""),
                    step.member(),
                    step.type(),
                    step.text(),
                    step.origin()));
        }
        return rows;
    }

    /** Whether the step is the one at which a phase ends, or proves what there is to fear. */
    private boolean isTurn(int index) {
        Step step = incident.events().get(index);
        boolean proves = incident.dataLoss()
                        .filter(loss -> loss.evidence().contains(index))
                        .isPresent()
                || incident.dualLeaders().stream()
                        .anyMatch(both -> both.evidence().contains(index));
        boolean wasWell = step.type() == EventKind.HEARTBEAT
                && step.at().isBefore(incident.startedAt())
                && step.member().equals(incident.oldLeader());
        return proves
                || wasWell
                || isAt(
                        TURNS.getOrDefault(step.type(), incident -> Optional.empty())
                                .apply(incident),
                        step);
    }

    private static boolean isAt(Optional<Instant> turn, Step step) {
        return turn.filter(at -> step.precision().endOf(step.at()).isAfter(at)
                        && !step.at().isAfter(at))
                .isPresent();
    }

    /** Of what was told of several days, a row with the date before the first of another day. */
    private List<Row> dated(List<Row> rows) {
        List<Row> dated = new ArrayList<>();
        LocalDate date = time.date(incident.startedAt());
        for (Row row : rows) {
            if (row.date().filter(date::equals).isEmpty() && row.date().isPresent()) {
                date = row.date().get();
                dated.add(new Row(false, false, row.date(), date.toString(), "", Optional.empty(), "", ""));
            }
            dated.add(row);
        }
        return dated;
    }

    private Row row(
            boolean isProof,
            boolean isKey,
            Optional<LocalDate> date,
            String when,
            Optional<String> member,
            EventKind kind,
            String text,
            Origin origin) {
        return new Row(
                isProof,
                isKey,
                date,
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
     * @param isKey whether it does, or a phase ends with it, or it proves what there is to fear
     * @param date when; empty if that is not told
     * @param when its time, or what stands for it
     * @param member who wrote it
     * @param kind what it proves; empty for a line that is no step
     * @param text what it says
     * @param source where it stands
     */
    record Row(
            boolean isProof,
            boolean isKey,
            Optional<LocalDate> date,
            String when,
            String member,
            Optional<EventKind> kind,
            String text,
            String source) {}

    private static int widest(List<Row> rows, Function<Row, String> cell) {
        return rows.stream().mapToInt(row -> cell.apply(row).length()).max().orElse(0);
    }

    /** The end of a source, its line number, is what is looked for. */
    private static String beginningCut(String source, int width) {
        return source.length() <= width ? source : "…" + source.substring(source.length() - width + 1);
    }
}
