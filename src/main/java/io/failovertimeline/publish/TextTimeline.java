package io.failovertimeline.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Precision;
import io.failovertimeline.publish.Page.Ink;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records of the output topics as text for a terminal, in UTC, each as it comes. A date stands on a line of its own wherever it
 * changes; what corrects an earlier line begins with {@code ~}, what withdraws one with {@code -}.
 */
public final class TextTimeline {

    private static final TextTime UTC = new TextTime(ZoneOffset.UTC);
    private static final Set<String> COARSE = Set.of(Precision.SECONDS.name(), Precision.REPEATED_HOUR.name());
    private static final int MEMBER_WIDTH = 6;
    private static final int CLUSTER_WIDTH = 10;

    /** As wide as {@code journald-logs-0@12345}. */
    private static final int SOURCE_WIDTH = 21;

    private final int width;
    private final boolean colour;
    private final boolean namesClusters;
    private final Map<String, String> phases = new HashMap<>();
    private Optional<LocalDate> date = Optional.empty();

    /**
     * For one terminal.
     *
     * @param width its columns
     * @param colour whether to write colour codes
     * @param namesClusters whether each line names its cluster
     */
    public TextTimeline(int width, boolean colour, boolean namesClusters) {
        this.width = width;
        this.colour = colour;
        this.namesClusters = namesClusters;
    }

    /** A record of {@code failover-timeline}, as one line or two, each ended by a line feed. */
    public String change(JsonNode record) {
        Page page = page();
        Instant at = Instant.parse(text(record, "at"));
        if (!date.equals(Optional.of(UTC.date(at)))) {
            date = Optional.of(UTC.date(at));
            page.line(page.ink(Ink.DIM, "  " + UTC.date(at) + ", UTC"));
        }
        String kind = text(record, "kind");
        switch (text(record, "change")) {
            case "ADDED" -> step(page, "  ", record);
            case "CORRECTED" -> step(page, "~ ", record);
            case "WITHDRAWN" -> step(page, "- ", record);
            case "PHASE" -> phase(page, record);
            case "CAUSE" -> turn(page, record, cause(record.path("cause")));
            case "INCIDENT_OPENED" -> turn(page, record, kind + " of " + text(record, "cluster") + " begins");
            case "INCIDENT_RECLASSIFIED" -> turn(page, record, kind + ", no longer " + text(record, "kindBefore"));
            case "AWAITED" -> turn(page, record, kind + " goes on without " + awaited(record.path("awaited")));
            case "INCIDENT_CLOSED" -> turn(page, record, kind + " is over");
            case "INCIDENT_REOPENED" -> turn(page, record, kind + " is not over after all");
            case "INCIDENT_WITHDRAWN" -> turn(page, record, kind + " is withdrawn: what followed explains it");
            default -> turn(page, record, text(record, "change"));
        }
        return page.toString();
    }

    /** The head of a record of {@code failovers}, as one line. */
    public String headline(JsonNode incident) {
        Page page = page();
        read(incident).ifPresentOrElse(told -> told.headline(page), () -> page.line(unknown(incident)));
        return page.toString();
    }

    /** A record of {@code failovers} in full but for its steps. */
    public String summary(JsonNode incident) {
        Page page = new Page(width, colour, false);
        read(incident).ifPresentOrElse(told -> told.writeSummaryTo(page), () -> page.line(unknown(incident)));
        return page.toString();
    }

    private static Optional<TextIncident> read(JsonNode json) {
        return IncidentReader.read(json).map(TextTimeline::told);
    }

    private static TextIncident told(Incident incident) {
        return new TextIncident(incident, true, UTC, new Places("", Map.of()));
    }

    private static String unknown(JsonNode incident) {
        return Page.printable(text(incident, "id")) + " was written by another version of this program";
    }

    private void step(Page page, String mark, JsonNode record) {
        JsonNode step = record.path("step");
        String source = text(step, "source");
        int sourceWidth = Math.max(SOURCE_WIDTH, source.length());
        String front =
                mark + clock(Instant.parse(text(record, "at")), text(step, "precision")) + cluster(record) + "  ";
        String member = Page.pad(Page.printable(text(step, "member")), MEMBER_WIDTH);
        int room = Math.max(0, width - front.length() - member.length() - 4 - sourceWidth);
        String said = Page.pad(Page.shortened(Page.printable(Page.firstLine(text(step, "text"))), room), room);
        Optional<EventKind> kind = Arrays.stream(EventKind.values())
                .filter(known -> known.name().equals(text(step, "type")))
                .findFirst();
        page.line(front
                + page.ink(Ink.CYAN, member)
                + "  " + StepInk.of(kind).map(ink -> page.ink(ink, said)).orElse(said)
                + "  " + page.ink(Ink.DIM, source));
    }

    /** A phase that is told anew says what it was before. */
    private void phase(Page page, JsonNode record) {
        JsonNode phase = record.path("phase");
        String through = phase.has("through") ? "–" + text(phase, "through") : "";
        String name = (text(phase, "name") + through).toLowerCase(Locale.ROOT);
        String took = (phase.path("upperBound").asBoolean() ? "≤ " : "")
                + TextTime.span(
                        Duration.ofMillis(Math.round(phase.path("seconds").asDouble() * 1000)));
        String before = phases.put(text(record, "incident") + name, took);
        if (took.equals(before)) {
            return;
        }
        page.line("= "
                + clock(Instant.parse(text(phase, "to")), "")
                + cluster(record)
                + "  " + page.ink(Ink.BOLD, "end of " + name + ", which took " + took)
                + (before == null ? "" : ", not " + before));
    }

    private void turn(Page page, JsonNode record, String saying) {
        page.line(page.ink(Ink.BOLD, "* ")
                + clock(Instant.parse(text(record, "at")), "")
                + cluster(record)
                + "  " + page.ink(Ink.BOLD, Page.printable(saying)));
    }

    private static String cause(JsonNode cause) {
        return "cause " + text(cause, "code") + ": " + text(cause, "explanation");
    }

    private static String awaited(JsonNode all) {
        List<String> missing = new ArrayList<>();
        all.forEach(one -> missing.add(missing(one)));
        return missing.isEmpty() ? "an end" : String.join("; ", missing);
    }

    private static String missing(JsonNode one) {
        return switch (text(one, "what")) {
            case "LEADER" -> "a new leader";
            case "WRITES" -> "a proof that " + text(one, "member") + " accepts writes";
            case "REPLICA" -> "replica " + text(one, "member");
            case "SUCCESS" -> "a request served by " + text(one, "endpoint") + since(one);
            case "HEARTBEAT" -> "a heartbeat of " + text(one, "member") + since(one);
            default -> text(one, "what");
        };
    }

    private static String since(JsonNode one) {
        return one.has("since") ? " since " + UTC.clock(Instant.parse(text(one, "since")), Precision.SECONDS) : "";
    }

    private String cluster(JsonNode record) {
        return namesClusters ? "  " + Page.pad(Page.printable(text(record, "cluster")), CLUSTER_WIDTH) : "";
    }

    private static String clock(Instant at, String precision) {
        String clock = precision.isEmpty()
                ? UTC.clock(at)
                : UTC.clock(at, COARSE.contains(precision) ? Precision.SECONDS : Precision.MILLIS);
        return Page.pad(clock, TextTime.CLOCK_WIDTH);
    }

    private Page page() {
        return new Page(width, colour, true);
    }

    private static String text(JsonNode node, String field) {
        List<String> lines = node.path(field).asText("").lines().toList();
        return lines.isEmpty() ? "" : lines.get(0);
    }
}
