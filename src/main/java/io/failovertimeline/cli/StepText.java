package io.failovertimeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Records of the output topics as lines for a terminal; times are UTC. */
final class StepText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss    ", Locale.ROOT).withZone(ZoneOffset.UTC);

    private StepText() {}

    /** A record of {@code failover-timeline}. */
    static String of(JsonNode record) {
        return time(record) + "  " + text(record, "cluster") + "  " + what(record);
    }

    private static String what(JsonNode record) {
        String change = text(record, "change");
        return switch (change) {
            case "ADDED" -> "  " + step(record.path("step"));
            case "CORRECTED" -> "~ " + step(record.path("step"));
            case "WITHDRAWN" -> "- " + step(record.path("step"));
            case "PHASE" -> "= " + phase(record.path("phase"));
            case "INCIDENT_OPENED" -> "* " + text(record, "kind") + " begins, incident " + text(record, "incident");
            case "INCIDENT_RECLASSIFIED" -> "* " + text(record, "kind") + ", no longer " + text(record, "kindBefore");
            case "INCIDENT_CLOSED" -> "* " + text(record, "kind") + " is over";
            case "INCIDENT_REOPENED" -> "* " + text(record, "kind") + " goes on";
            case "INCIDENT_WITHDRAWN" -> "* incident " + text(record, "incident") + " is withdrawn";
            default -> "* " + change;
        };
    }

    private static String step(JsonNode step) {
        return String.format(
                Locale.ROOT,
                "%-18s %-8s %s  [%s]",
                text(step, "type"),
                text(step, "member"),
                text(step, "text").lines().findFirst().orElse(""),
                text(step, "source"));
    }

    private static String phase(JsonNode phase) {
        return String.format(
                Locale.ROOT,
                "%-18s took %.3f s",
                text(phase, "name"),
                phase.path("seconds").asDouble());
    }

    private static String time(JsonNode record) {
        Instant at = Instant.parse(text(record, "at"));
        boolean coarse = text(record.path("step"), "precision").equals("SECONDS");
        return (coarse ? SECONDS : TIME).format(at);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
