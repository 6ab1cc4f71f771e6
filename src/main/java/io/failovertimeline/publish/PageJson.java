package io.failovertimeline.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a page in a browser is drawn from: the JSON contract, and beside each incident {@code told}, the sentences of {@link TextReport},
 * and {@code lanes}, who had which role.
 */
public final class PageJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Of all plots together; about thirty characters each. */
    static final int MOST_POINTS = 24_000;

    private static final Duration NEAR = Duration.ofMinutes(2);

    private PageJson() {}

    /** All of an offline run, without its state dumps, which no page shows. */
    public static ObjectNode report(Report report) {
        ObjectNode json = FindingsJson.report(report);
        json.remove("states");
        setLoad(json, report, MOST_POINTS);
        TextTime time = TextTime.of(report);
        Places places = Places.of(report);
        List<Incident> incidents = report.findings().incidents();
        for (int i = 0; i < incidents.size(); i++) {
            Incident incident = incidents.get(i);
            add(
                    (ObjectNode) json.path("incidents").path(i),
                    new TextIncident(
                            incident, TextReport.holdsLoad(report), time.fixedAt(incident.startedAt()), places));
        }
        Outline rest = new Outline();
        TextReport.writeSummaryTo(rest, report, time);
        new TextErrorWindows(report.findings(), time).writeTo(rest);
        new TextBasis(report, time, places).writeTo(rest);
        ObjectNode told = json.putObject("told");
        told.set("opening", parts(rest.opening()));
        told.set("sections", sections(rest.sections()));
        return json;
    }

    /**
     * An incident of the topic {@code failovers} with what a page needs beside it; as it is if another version of this program wrote
     * it.
     */
    public static ObjectNode incident(ObjectNode published) {
        ObjectNode json = published.deepCopy();
        IncidentReader.read(published)
                .ifPresent(incident -> add(
                        json,
                        new TextIncident(incident, true, new TextTime(ZoneOffset.UTC), new Places("", Map.of()))));
        return json;
    }

    /** What clients felt, in about {@code points} seconds. */
    static void setLoad(ObjectNode json, Report report, int points) {
        LoadPlots plots = LoadPlots.of(report.perSecond());
        List<Reach> reaches =
                report.findings().incidents().stream().map(Reach::of).toList();
        json.set("perSecond", plots.json(points, second -> reaches.stream().anyMatch(reach -> reach.holds(second))));
        json.put("plots", plots.size());
    }

    /** The time around an incident. */
    private record Reach(String cluster, Instant from, Instant to) {

        static Reach of(Incident incident) {
            return new Reach(
                    incident.cluster(),
                    incident.startedAt().minus(NEAR),
                    last(incident).plus(NEAR));
        }

        boolean holds(LoadSecond second) {
            return !second.second().isBefore(from)
                    && !second.second().isAfter(to)
                    && second.plot().cluster().equals(cluster);
        }
    }

    private static Instant last(Incident incident) {
        return Stream.concat(
                        incident.phases().stream().map(Phase::to),
                        incident.events().stream().map(Step::at))
                .max(Comparator.naturalOrder())
                .orElse(incident.startedAt());
    }

    private static void add(ObjectNode json, TextIncident told) {
        Outline outline = new Outline();
        told.writeAnswersTo(outline);
        told.writeTablesTo(outline);
        Incident incident = told.incident();
        ZoneOffset offset = told.time().zone().getRules().getOffset(incident.startedAt());

        ObjectNode words = json.putObject("told");
        words.put("leadership", Page.printable(TextIncident.leadership(incident)));
        words.put("zone", TextTime.zoneName(offset));
        words.put("offsetSeconds", offset.getTotalSeconds());
        ArrayNode answers = words.putArray("answers");
        outline.answers().forEach(answer -> answers.add(answer(answer)));
        ArrayNode phases = words.putArray("phases");
        incident.phases().forEach(phase -> phases.add(phase(phase, told.phases())));
        told.phases().untold().forEach(words.putArray("untold")::add);
        words.set("sections", sections(outline.sections()));
        ArrayNode lanes = json.putArray("lanes");
        Lanes.of(incident).forEach(lane -> lanes.add(lane(lane)));
    }

    private static ObjectNode answer(Outline.Answer answer) {
        ObjectNode json = NODES.objectNode();
        json.put("label", answer.label());
        tone(answer.ink()).ifPresent(tone -> json.put("tone", tone));
        json.put("text", answer.text());
        return json;
    }

    private static Optional<String> tone(Optional<Page.Ink> ink) {
        return ink.flatMap(chosen -> switch (chosen) {
            case RED -> Optional.of("bad");
            case YELLOW -> Optional.of("doubtful");
            case BOLD -> Optional.of("strong");
            case DIM, GREEN, CYAN -> Optional.empty();
        });
    }

    private static ObjectNode phase(Phase phase, TextPhases told) {
        ObjectNode json = NODES.objectNode();
        json.put("name", TextPhases.name(phase));
        json.put("took", TextPhases.took(phase));
        json.put("ends", told.ending(phase));
        phase.bySettings().ifPresent(settings -> json.put("bySettings", Page.printable(TextPhases.words(settings))));
        return json;
    }

    private static ArrayNode sections(List<Outline.Section> sections) {
        ArrayNode json = NODES.arrayNode();
        for (Outline.Section section : sections) {
            ObjectNode its = json.addObject();
            its.put("name", section.name());
            its.set("parts", parts(section.parts()));
        }
        return json;
    }

    private static ArrayNode parts(List<Outline.Part> parts) {
        ArrayNode json = NODES.arrayNode();
        for (Outline.Part part : parts) {
            if (part instanceof Outline.Table table) {
                ObjectNode its = json.addObject();
                table.head().forEach(its.putArray("head")::add);
                ArrayNode rows = its.putArray("rows");
                table.rows().forEach(row -> row.forEach(rows.addArray()::add));
                table.numbers().forEach(its.putArray("numbers")::add);
            } else if (part instanceof Outline.Prose prose) {
                json.addObject().put("text", prose.text());
            }
        }
        return json;
    }

    private static JsonNode lane(Lanes.Lane lane) {
        ObjectNode json = NODES.objectNode();
        json.put("kind", lane.kind().name());
        if (!lane.name().isEmpty()) {
            json.put("member", lane.name());
        }
        ArrayNode roles = json.putArray("roles");
        for (Lanes.Span span : lane.roles()) {
            ObjectNode its = roles.addObject();
            its.put("role", span.role().name());
            its.put("from", span.from().toString());
            its.put("to", span.to().toString());
        }
        lane.events().forEach(json.putArray("events")::add);
        return json;
    }
}
