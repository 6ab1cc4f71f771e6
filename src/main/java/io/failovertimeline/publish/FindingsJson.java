package io.failovertimeline.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.AlternativeCause;
import io.failovertimeline.model.BySettings;
import io.failovertimeline.model.Cause;
import io.failovertimeline.model.ClockOffset;
import io.failovertimeline.model.ClockStep;
import io.failovertimeline.model.Coverage;
import io.failovertimeline.model.Danger;
import io.failovertimeline.model.DataLoss;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineCounts;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.NearMiss;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.Problem;
import io.failovertimeline.model.Refusal;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.StateSample;
import io.failovertimeline.model.Step;
import io.failovertimeline.model.UnknownLines;
import io.failovertimeline.model.ZoneFinding;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The JSON contract that other programs read. Instants are ISO-8601 in UTC, durations seconds to the millisecond; what is not
 * known is absent.
 */
public final class FindingsJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private FindingsJson() {}

    /** All of an offline run. */
    public static ObjectNode report(Report report) {
        Findings findings = report.findings();
        ObjectNode json = NODES.objectNode();
        json.set("incidents", array(findings.incidents(), FindingsJson::incident));
        json.set("errorWindows", LoadJson.errorWindows(findings));
        json.set("nearMisses", array(findings.nearMisses(), FindingsJson::nearMiss));
        json.set("clocks", array(findings.clocks(), FindingsJson::clock));
        json.set("clockSteps", array(findings.clockSteps(), FindingsJson::clockStep));
        json.set("zones", array(report.zones(), FindingsJson::zone));
        json.set("coverage", array(report.coverage(), FindingsJson::coverage));
        json.set("states", array(report.states(), FindingsJson::state));
        json.set("endpoints", array(report.endpoints(), LoadJson::endpoint));
        json.set("inputs", array(report.inputs(), FindingsJson::input));
        json.set("problems", array(report.problems(), FindingsJson::problem));
        return json;
    }

    /** The first {@code most} templates of unknown messages, then of text that is no log line, which has no component. */
    public static ArrayNode unknown(UnknownLines unknown, int most) {
        ArrayNode json = array(unknown.messages().stream().limit(most).toList(), FindingsJson::template);
        return json.addAll(array(unknown.texts().stream().limit(most).toList(), FindingsJson::template));
    }

    private static ObjectNode template(UnknownLines.Template template) {
        ObjectNode json = NODES.objectNode();
        template.component().ifPresent(component -> json.put("component", component.name()));
        json.put("template", template.text());
        json.put("count", template.count());
        json.put("example", template.example());
        json.put("source", template.origin().toString());
        return json;
    }

    /** One incident, as in the topic {@code failovers} and in an offline run. */
    public static ObjectNode incident(Incident incident) {
        ObjectNode json = NODES.objectNode();
        json.put("id", incident.id());
        json.put("cluster", incident.cluster());
        json.put("kind", incident.kind().name());
        json.set("cause", cause(incident.cause()));
        incident.member().ifPresent(member -> json.put("member", member));
        incident.oldLeader().ifPresent(member -> json.put("oldLeader", member));
        incident.newLeader().ifPresent(member -> json.put("newLeader", member));
        if (incident.inStandbyCluster()) {
            json.put("inStandbyCluster", true);
        }
        incident.timelineBefore().ifPresent(timeline -> json.put("timelineBefore", timeline));
        incident.timelineAfter().ifPresent(timeline -> json.put("timelineAfter", timeline));
        json.put("startedAt", incident.startedAt().toString());
        if (incident.startedInferred()) {
            json.put("startedInferred", true);
        }
        incident.leaderLost().ifPresent(lost -> {
            json.put("leaderLostAt", lost.at().toString());
            json.put("leaderLostInferred", lost.inferred());
        });
        put(json, "lockAcquiredAt", incident.lockAcquiredAt());
        put(json, "promotedAt", incident.promotedAt());
        put(json, "databaseReadyAt", incident.databaseReadyAt());
        put(json, "databaseReadyNotAfter", incident.databaseReadyNotAfter());
        put(json, "serviceRestoredAt", incident.serviceRestoredAt());
        put(json, "rejoinedAt", incident.rejoinedAt());
        json.set("phases", array(incident.phases(), FindingsJson::phase));
        json.put("state", incident.state().name());
        json.set("refusals", array(incident.refusals(), FindingsJson::refusal));
        json.set("clientImpact", array(incident.clientImpact(), LoadJson::clientImpact));
        json.set("clientOutages", LoadJson.clientOutages(incident));
        LoadJson.rto(incident).ifPresent(rto -> json.set("rto", rto));
        json.set("dualLeaders", array(incident.dualLeaders(), FindingsJson::dualLeaders));
        incident.dataLoss().ifPresent(loss -> json.set("dataLoss", dataLoss(loss)));
        json.set("dangers", array(incident.dangers(), FindingsJson::danger));
        json.set("events", array(incident.events(), FindingsJson::step));
        json.set("undatedEvents", array(incident.marks(), FindingsJson::mark));
        return json;
    }

    /** One line of an incident's story. */
    public static ObjectNode step(Step step) {
        ObjectNode json = NODES.objectNode();
        json.put("at", step.at().toString());
        json.put("precision", step.precision().name());
        json.put("type", step.type().name());
        step.member().ifPresent(member -> json.put("member", member));
        json.put("text", step.text());
        json.put("source", step.origin().toString());
        step.correction().ifPresent(correction -> {
            json.put("writtenAt", correction.writtenAt().toString());
            json.put("plusMinusSeconds", seconds(correction.plusMinus()));
        });
        return json;
    }

    private static ObjectNode mark(Mark mark) {
        ObjectNode json = NODES.objectNode();
        json.put("type", mark.kind().name());
        mark.host().ifPresent(host -> json.put("host", host));
        json.put("text", mark.text());
        json.put("source", mark.origin().toString());
        return json;
    }

    private static ObjectNode cause(Cause cause) {
        ObjectNode json = NODES.objectNode();
        json.put("code", cause.code().name());
        cause.detail().ifPresent(detail -> json.put("detail", detail.name()));
        json.put("confidence", cause.confidence());
        json.put("explanation", cause.explanation());
        ArrayNode evidence = json.putArray("evidence");
        cause.evidence().forEach(evidence::add);
        json.set("alternatives", array(cause.alternatives(), FindingsJson::alternative));
        return json;
    }

    private static ObjectNode alternative(AlternativeCause alternative) {
        ObjectNode json = NODES.objectNode();
        json.put("code", alternative.code().name());
        json.put("verdict", alternative.verdict().name());
        json.put("reason", alternative.reason());
        alternative.evidence().forEach(json.putArray("evidence")::add);
        return json;
    }

    private static ObjectNode phase(Phase phase) {
        ObjectNode json = NODES.objectNode();
        json.put("name", phase.name().name());
        if (phase.through() != phase.name()) {
            json.put("through", phase.through().name());
        }
        json.put("from", phase.from().toString());
        json.put("to", phase.to().toString());
        json.put("seconds", seconds(phase.duration()));
        if (phase.upperBound()) {
            json.put("upperBound", true);
        }
        phase.bySettings().ifPresent(settings -> json.set("bySettings", bySettings(settings)));
        return json;
    }

    private static ObjectNode bySettings(BySettings settings) {
        ObjectNode json = NODES.objectNode();
        json.put("verdict", settings.verdict().name());
        json.put("atLeastSeconds", seconds(settings.atLeast()));
        json.put("expectedSeconds", seconds(settings.expected()));
        json.put("atMostSeconds", seconds(settings.atMost()));
        json.set("shares", array(settings.shares(), FindingsJson::share));
        return json;
    }

    private static ObjectNode share(BySettings.Share share) {
        ObjectNode json = NODES.objectNode();
        json.put("setting", share.setting());
        json.put("value", share.value());
        json.put("basis", share.basis().name());
        share.origin().ifPresent(origin -> json.put("source", origin.toString()));
        json.put("atLeastSeconds", seconds(share.atLeast()));
        json.put("expectedSeconds", seconds(share.expected()));
        json.put("atMostSeconds", seconds(share.atMost()));
        if (!share.explanation().isEmpty()) {
            json.put("explanation", share.explanation());
        }
        return json;
    }

    private static ObjectNode refusal(Refusal refusal) {
        ObjectNode json = NODES.objectNode();
        json.put("member", refusal.member());
        json.put("at", refusal.at().toString());
        json.put("reason", refusal.reason());
        json.put("source", refusal.origin().toString());
        return json;
    }

    private static ObjectNode dataLoss(DataLoss loss) {
        ObjectNode json = NODES.objectNode();
        if (loss.isExact()) {
            json.put("bytes", loss.atLeast());
        }
        json.put("bytesAtLeast", loss.atLeast());
        loss.atMost().ifPresent(most -> json.put("bytesAtMost", most));
        loss.oldLeaderEnd().ifPresent(end -> json.put("oldLeaderEnd", end.toString()));
        loss.newLeaderStart().ifPresent(start -> json.put("newLeaderStart", start.toString()));
        loss.evidence().forEach(json.putArray("evidence")::add);
        return json;
    }

    private static ObjectNode danger(Danger danger) {
        ObjectNode json = NODES.objectNode();
        json.put("code", danger.code().name());
        json.put("explanation", danger.explanation());
        danger.evidence().forEach(json.putArray("evidence")::add);
        return json;
    }

    private static ObjectNode dualLeaders(DualLeaders dual) {
        ObjectNode json = NODES.objectNode();
        ArrayNode members = json.putArray("members");
        dual.members().forEach(members::add);
        json.put("from", dual.from().toString());
        json.put("to", dual.to().toString());
        json.put("verdict", dual.verdict().name());
        dual.evidence().forEach(json.putArray("evidence")::add);
        return json;
    }

    private static ObjectNode nearMiss(NearMiss miss) {
        ObjectNode json = NODES.objectNode();
        json.put("cluster", miss.cluster());
        json.put("member", miss.member());
        json.put("at", miss.at().toString());
        json.put("what", miss.what());
        json.put("explanation", miss.explanation());
        json.put("source", miss.origin().toString());
        return json;
    }

    private static ObjectNode clock(ClockOffset clock) {
        ObjectNode json = NODES.objectNode();
        json.put("cluster", clock.cluster());
        json.put("host", clock.host());
        json.put("offsetSeconds", seconds(clock.offset()));
        json.put("plusMinusSeconds", seconds(clock.plusMinus()));
        json.put("atLeastSeconds", seconds(clock.atLeast()));
        json.put("atMostSeconds", seconds(clock.atMost()));
        return json;
    }

    private static ObjectNode clockStep(ClockStep step) {
        ObjectNode json = NODES.objectNode();
        json.put("cluster", step.cluster());
        json.put("host", step.host());
        json.put(
                switch (step.direction()) {
                    case BACK -> "backBySeconds";
                    case FORWARD -> "forwardBySeconds";
                },
                seconds(step.by()));
        json.put("atMostSeconds", seconds(step.atMost()));
        json.put("moved", step.moved().name());
        json.put("before", step.before().toString());
        json.put("beforeSource", step.lastBefore().toString());
        json.put("after", step.after().toString());
        json.put("afterSource", step.firstAfter().toString());
        return json;
    }

    private static ObjectNode zone(ZoneFinding finding) {
        ObjectNode json = NODES.objectNode();
        finding.host().ifPresent(host -> json.put("host", host));
        json.put("zone", finding.zone().getId());
        json.put("basis", finding.basis().name());
        finding.proof().ifPresent(origin -> json.put("source", origin.toString()));
        return json;
    }

    private static ObjectNode coverage(Coverage coverage) {
        ObjectNode json = NODES.objectNode();
        json.put("host", coverage.host());
        json.put("from", coverage.from().toString());
        json.put("to", coverage.to().toString());
        return json;
    }

    private static ObjectNode state(StateSample sample) {
        ObjectNode json = NODES.objectNode();
        json.put("kind", sample.kind().name());
        json.put("tool", sample.kind().tool());
        json.put("cluster", sample.cluster());
        sample.host().ifPresent(host -> json.put("host", host));
        put(json, "takenAt", sample.takenAt());
        json.set("rows", array(sample.rows(), FindingsJson::fields));
        json.put("source", sample.origin().toString());
        return json;
    }

    private static ObjectNode fields(SortedMap<String, String> row) {
        ObjectNode json = NODES.objectNode();
        row.forEach(json::put);
        return json;
    }

    private static ObjectNode input(InputSummary input) {
        ObjectNode json = NODES.objectNode();
        json.put("path", input.path());
        json.put("format", input.format());
        LineCounts counts = input.counts();
        json.put("lines", counts.lines());
        json.put("recognized", counts.recognized());
        json.put("noise", counts.noise());
        json.put("unrelated", counts.unrelated());
        json.put("unknown", counts.unknown());
        json.put("rejected", counts.rejected());
        return json;
    }

    private static ObjectNode problem(Problem problem) {
        ObjectNode json = NODES.objectNode();
        json.put("place", problem.place());
        json.put("what", problem.what());
        if (!problem.advice().isEmpty()) {
            json.put("advice", problem.advice());
        }
        return json;
    }

    static <T> ArrayNode array(Collection<T> items, Function<T, JsonNode> toJson) {
        ArrayNode array = NODES.arrayNode();
        List<JsonNode> nodes = items.stream().map(toJson).toList();
        array.addAll(nodes);
        return array;
    }

    static void put(ObjectNode json, String name, Optional<Instant> at) {
        at.ifPresent(instant -> json.put(name, instant.toString()));
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
