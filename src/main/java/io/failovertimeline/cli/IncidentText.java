package io.failovertimeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A record of {@code failovers} as a few lines for a terminal. Says nothing about what the record leaves out. */
final class IncidentText {

    private IncidentText() {}

    /** Its head, phases and what clients felt, each on a line of its own. */
    static List<String> of(JsonNode incident) {
        List<String> lines = new ArrayList<>();
        lines.add(head(incident) + ", revision " + text(incident, "revision"));
        JsonNode cause = incident.path("cause");
        if (!cause.isMissingNode()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  cause         %s (confidence %.2f) %s",
                    text(cause, "code"),
                    cause.path("confidence").asDouble(),
                    text(cause, "explanation")));
        }
        instant(lines, incident, "started", "startedAt");
        instant(lines, incident, "leader lost", "leaderLostAt");
        instant(lines, incident, "lock acquired", "lockAcquiredAt");
        instant(lines, incident, "promoted", "promotedAt");
        instant(lines, incident, "ready", "databaseReadyAt");
        instant(lines, incident, "served again", "serviceRestoredAt");
        instant(lines, incident, "rejoined", "rejoinedAt");
        for (JsonNode phase : incident.path("phases")) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-13s %8.3f s",
                    text(phase, "name"),
                    phase.path("seconds").asDouble()));
        }
        for (JsonNode impact : incident.path("clientImpact")) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  clients       %s %s: %d of %d requests failed, outage %.3f s",
                    text(impact, "generator"),
                    text(impact, "endpoint"),
                    impact.path("failedRequests").asLong(),
                    impact.path("requests").asLong(),
                    impact.path("outageSeconds").asDouble()));
        }
        return lines;
    }

    /** One line: what it was, whose, who led, and whether it is over. */
    static String head(JsonNode incident) {
        String leaders = incident.has("oldLeader") && incident.has("newLeader")
                ? ", leader " + text(incident, "oldLeader") + " -> " + text(incident, "newLeader")
                : "";
        String timelines = incident.has("timelineBefore") && incident.has("timelineAfter")
                ? ", timeline " + text(incident, "timelineBefore") + " -> " + text(incident, "timelineAfter")
                : "";
        return text(incident, "kind") + " of " + text(incident, "cluster") + leaders + timelines + ", "
                + text(incident, "state").toLowerCase(Locale.ROOT);
    }

    private static void instant(List<String> lines, JsonNode incident, String label, String field) {
        if (incident.has(field)) {
            lines.add(String.format(Locale.ROOT, "  %-13s %s", label, text(incident, field)));
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
