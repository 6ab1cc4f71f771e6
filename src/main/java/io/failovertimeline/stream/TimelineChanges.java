package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells two revisions of an incident apart, as records of {@code failover-timeline}. */
final class TimelineChanges {

    private final ObjectNode incident;
    private final long revision;
    private final List<ObjectNode> changes = new ArrayList<>();

    private TimelineChanges(ObjectNode incident, long revision) {
        this.incident = incident;
        this.revision = revision;
    }

    /** What the first revision of an incident, or its return after a withdrawal, adds. */
    static List<ObjectNode> opened(ObjectNode incident, long revision) {
        TimelineChanges changes = new TimelineChanges(incident, revision);
        changes.say("INCIDENT_OPENED", startedAt(incident));
        changes.cause(incident.path("cause"), startedAt(incident));
        changes.steps(List.of(), elements(incident, "events"));
        changes.phases(List.of(), elements(incident, "phases"));
        if (closed(incident)) {
            changes.say("INCIDENT_CLOSED", latest(incident));
        }
        return changes.changes;
    }

    /** What {@code after} says that {@code before} did not, or said otherwise. */
    static List<ObjectNode> between(ObjectNode before, ObjectNode after, long revision) {
        TimelineChanges changes = new TimelineChanges(after, revision);
        if (!before.path("kind").equals(after.path("kind"))) {
            changes.say("INCIDENT_RECLASSIFIED", startedAt(after)).set("kindBefore", before.path("kind"));
        }
        if (!saying(before.path("cause")).equals(saying(after.path("cause")))) {
            changes.cause(after.path("cause"), startedAt(after));
        }
        changes.steps(elements(before, "events"), elements(after, "events"));
        changes.phases(elements(before, "phases"), elements(after, "phases"));
        if (closed(before) != closed(after)) {
            changes.say(closed(after) ? "INCIDENT_CLOSED" : "INCIDENT_REOPENED", latest(after));
        }
        return changes.changes;
    }

    /** That {@code incident} is no more: other evidence explains its lines otherwise. */
    static List<ObjectNode> withdrawn(ObjectNode incident, long revision) {
        TimelineChanges changes = new TimelineChanges(incident, revision);
        changes.say("INCIDENT_WITHDRAWN", startedAt(incident));
        return changes.changes;
    }

    /** The event time of a record of {@code failover-timeline}. */
    static Instant at(JsonNode change) {
        return Instant.parse(change.path("at").textValue());
    }

    /** The event time of an incident's latest step. */
    static String latest(ObjectNode incident) {
        return elements(incident, "events").stream()
                .map(step -> step.path("at").textValue())
                .max((a, b) -> Instant.parse(a).compareTo(Instant.parse(b)))
                .orElseGet(() -> startedAt(incident));
    }

    static String startedAt(ObjectNode incident) {
        return incident.path("startedAt").textValue();
    }

    private void steps(List<JsonNode> before, List<JsonNode> after) {
        List<JsonNode> gone = new ArrayList<>(before);
        gone.removeAll(after);
        List<JsonNode> come = new ArrayList<>(after);
        come.removeAll(before);
        for (JsonNode step : come) {
            Optional<JsonNode> corrected =
                    gone.stream().filter(old -> sameProof(old, step)).findFirst();
            corrected.ifPresent(gone::remove);
            say(corrected.isPresent() ? "CORRECTED" : "ADDED", step).set("step", step);
        }
        gone.stream().filter(step -> !isOmitted(step)).forEach(step -> say("WITHDRAWN", step)
                .set("step", step));
    }

    /** Left out for want of room, which takes nothing back. */
    private boolean isOmitted(JsonNode step) {
        JsonNode until = incident.path(BoundedIncident.OMITTED).path(BoundedIncident.UNTIL);
        return until.isTextual()
                && !Instant.parse(step.path("at").textValue()).isAfter(Instant.parse(until.textValue()));
    }

    private void phases(List<JsonNode> before, List<JsonNode> after) {
        List<JsonNode> come = new ArrayList<>(after);
        come.removeAll(before);
        come.forEach(phase -> say("PHASE", phase.path("to").textValue()).set("phase", phase));
    }

    private void cause(JsonNode cause, String at) {
        if (cause.isObject()) {
            say("CAUSE", at).set("cause", cause);
        }
    }

    /** What a cause says, wherever its evidence stands among the steps by now. */
    private static JsonNode saying(JsonNode cause) {
        JsonNode words = cause.deepCopy();
        words.findParents("evidence").forEach(node -> ((ObjectNode) node).remove("evidence"));
        return words;
    }

    /** The same record read otherwise or told with more of its lines, or the same message found elsewhere. */
    private static boolean sameProof(JsonNode before, JsonNode after) {
        return same("text", before, after)
                ? same("source", before, after) || (same("type", before, after) && same("at", before, after))
                : same("source", before, after) && same("at", before, after) && isLonger(after, before);
    }

    private static boolean isLonger(JsonNode one, JsonNode other) {
        return one.path("text").asText().startsWith(other.path("text").asText() + "\n");
    }

    private static boolean same(String field, JsonNode a, JsonNode b) {
        return a.path(field).equals(b.path(field));
    }

    private ObjectNode say(String change, JsonNode step) {
        return say(change, step.path("at").textValue());
    }

    private ObjectNode say(String change, String at) {
        ObjectNode said = change(change, incident, revision, at);
        changes.add(said);
        return said;
    }

    /** A record of {@code failover-timeline} about {@code incident}, without what is particular to {@code change}. */
    static ObjectNode change(String change, ObjectNode incident, long revision, String at) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        said.put("at", at);
        said.set("cluster", incident.path("cluster"));
        said.set("incident", incident.path("id"));
        said.set("kind", incident.path("kind"));
        said.put("revision", revision);
        said.put("change", change);
        return said;
    }

    static boolean closed(ObjectNode incident) {
        return incident.path("state").asText().equals("CLOSED");
    }

    private static List<JsonNode> elements(ObjectNode incident, String array) {
        List<JsonNode> elements = new ArrayList<>();
        incident.path(array).forEach(elements::add);
        return elements;
    }
}
