package io.failovertimeline.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.failovertimeline.model.AlternativeCause;
import io.failovertimeline.model.BySettings;
import io.failovertimeline.model.Cause;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.ClientOutage;
import io.failovertimeline.model.ClockCorrection;
import io.failovertimeline.model.Danger;
import io.failovertimeline.model.DataLoss;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.ErrorKind;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Lsn;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Refusal;
import io.failovertimeline.model.SentIn;
import io.failovertimeline.model.Step;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads what {@link FindingsJson#incident} wrote. */
final class IncidentReader {

    private IncidentReader() {}

    /** The incident; empty if {@code json} is not one that this version of the program writes. */
    static Optional<Incident> read(JsonNode json) {
        try {
            return Optional.of(incident(json));
        } catch (IllegalArgumentException | DateTimeException otherVersion) {
            return Optional.empty();
        }
    }

    private static Incident incident(JsonNode json) {
        String cluster = json.path("cluster").asText();
        IncidentKind kind = IncidentKind.valueOf(json.path("kind").asText());
        return new IncidentBuilder(json.path("id").asText(), cluster, kind, instant(json, "startedAt"))
                .cause(cause(json.path("cause")))
                .member(text(json, "member"))
                .leaders(text(json, "oldLeader"), text(json, "newLeader"))
                .timelines(number(json, "timelineBefore"), number(json, "timelineAfter"))
                .lock(
                        optional(json, "leaderLostAt")
                                .map(at -> new Incident.LeaderLost(
                                        at, json.path("leaderLostInferred").asBoolean())),
                        optional(json, "lockAcquiredAt"))
                .promotedAt(optional(json, "promotedAt"))
                .databaseReady(optional(json, "databaseReadyAt"), optional(json, "databaseReadyNotAfter"))
                .serviceRestoredAt(optional(json, "serviceRestoredAt"))
                .rejoinedAt(optional(json, "rejoinedAt"))
                .phases(list(json, "phases", IncidentReader::phase))
                .over(Incident.State.valueOf(json.path("state").asText()) == Incident.State.CLOSED)
                .refusals(list(json, "refusals", IncidentReader::refusal))
                .clientImpact(list(json, "clientImpact", IncidentReader::clientImpact))
                .clientOutages(list(json, "clientOutages", IncidentReader::clientOutage))
                .recoveryTarget(Optional.of(json.path("rto"))
                        .filter(JsonNode::isObject)
                        .map(rto -> seconds(rto, "targetSeconds")))
                .dualLeaders(list(json, "dualLeaders", IncidentReader::dualLeaders))
                .dataLoss(Optional.of(json.path("dataLoss"))
                        .filter(JsonNode::isObject)
                        .map(IncidentReader::dataLoss))
                .inStandbyCluster(json.path("inStandbyCluster").asBoolean())
                .startedInferred(json.path("startedInferred").asBoolean())
                .dangers(list(json, "dangers", IncidentReader::danger))
                .story(
                        list(json, "events", IncidentReader::step),
                        list(json, "undatedEvents", mark -> mark(cluster, mark)))
                .build();
    }

    private static Cause cause(JsonNode json) {
        return json.isMissingNode()
                ? new Cause(CauseCode.UNKNOWN, 0, "", List.of())
                : new Cause(
                        CauseCode.valueOf(json.path("code").asText()),
                        text(json, "detail").map(CauseDetail::valueOf),
                        json.path("confidence").asDouble(),
                        json.path("explanation").asText(),
                        list(json, "evidence", JsonNode::asInt),
                        list(json, "alternatives", IncidentReader::alternative));
    }

    private static AlternativeCause alternative(JsonNode json) {
        return new AlternativeCause(
                CauseCode.valueOf(json.path("code").asText()),
                AlternativeCause.Verdict.valueOf(json.path("verdict").asText()),
                json.path("reason").asText(),
                list(json, "evidence", JsonNode::asInt));
    }

    private static Phase phase(JsonNode json) {
        PhaseName name = PhaseName.valueOf(json.path("name").asText());
        return new Phase(
                name,
                text(json, "through").map(PhaseName::valueOf).orElse(name),
                instant(json, "from"),
                instant(json, "to"),
                json.path("upperBound").asBoolean(),
                Optional.of(json.path("bySettings")).filter(JsonNode::isObject).map(IncidentReader::bySettings));
    }

    private static BySettings bySettings(JsonNode json) {
        return new BySettings(
                seconds(json, "atLeastSeconds"),
                seconds(json, "expectedSeconds"),
                seconds(json, "atMostSeconds"),
                BySettings.Verdict.valueOf(json.path("verdict").asText()),
                list(json, "shares", IncidentReader::share));
    }

    private static BySettings.Share share(JsonNode json) {
        return new BySettings.Share(
                json.path("setting").asText(),
                json.path("value").asText(),
                BySettings.Basis.valueOf(json.path("basis").asText()),
                text(json, "source").map(Origin::parse),
                seconds(json, "atLeastSeconds"),
                seconds(json, "expectedSeconds"),
                seconds(json, "atMostSeconds"),
                json.path("explanation").asText());
    }

    private static Refusal refusal(JsonNode json) {
        return new Refusal(
                json.path("member").asText(),
                instant(json, "at"),
                json.path("reason").asText(),
                Origin.parse(json.path("source").asText()));
    }

    private static ClientImpact clientImpact(JsonNode json) {
        return new ClientImpact(
                json.path("generator").asText(),
                json.path("endpoint").asText(),
                instant(json, "firstFailureAt"),
                instant(json, "lastFailureAt"),
                optional(json, "servedAgainAt"),
                json.path("requests").asLong(),
                json.path("failedRequests").asLong(),
                seconds(json, "outageSeconds"),
                counts(json.path("errorKinds"), ErrorKind::valueOf),
                counts(json.path("failedBySending"), SentIn::valueOf),
                optional(json, "firstServedAfterPromotionAt"),
                seconds(json, "slowestSeconds"));
    }

    private static ClientOutage clientOutage(JsonNode json) {
        return new ClientOutage(
                json.path("generator").asText(),
                text(json, "endpoint"),
                seconds(json, "outageSeconds"),
                seconds(json, "brownOutSeconds"),
                json.path("over").asBoolean());
    }

    private static <K extends Comparable<K>> SortedMap<K, Long> counts(JsonNode json, Function<String, K> key) {
        SortedMap<K, Long> counts = new TreeMap<>();
        json.properties()
                .forEach(entry ->
                        counts.put(key.apply(entry.getKey()), entry.getValue().asLong()));
        return counts;
    }

    private static DataLoss dataLoss(JsonNode json) {
        return new DataLoss(
                json.path("bytesAtLeast").asLong(),
                Optional.of(json.path("bytesAtMost")).filter(JsonNode::isNumber).map(JsonNode::asLong),
                text(json, "oldLeaderEnd").flatMap(Lsn::parse),
                text(json, "newLeaderStart").flatMap(Lsn::parse),
                list(json, "evidence", JsonNode::asInt));
    }

    private static Danger danger(JsonNode json) {
        return new Danger(
                Danger.Code.valueOf(json.path("code").asText()),
                json.path("explanation").asText(),
                list(json, "evidence", JsonNode::asInt));
    }

    private static DualLeaders dualLeaders(JsonNode json) {
        return new DualLeaders(
                list(json, "members", JsonNode::asText),
                instant(json, "from"),
                instant(json, "to"),
                DualLeaders.Verdict.valueOf(json.path("verdict").asText()),
                list(json, "evidence", JsonNode::asInt));
    }

    private static Step step(JsonNode json) {
        return new Step(
                instant(json, "at"),
                Precision.valueOf(json.path("precision").asText()),
                EventKind.valueOf(json.path("type").asText()),
                text(json, "member"),
                json.path("text").asText(),
                Origin.parse(json.path("source").asText()),
                optional(json, "writtenAt")
                        .map(writtenAt -> new ClockCorrection(writtenAt, seconds(json, "plusMinusSeconds"))));
    }

    private static Mark mark(String cluster, JsonNode json) {
        return new Mark(
                cluster,
                EventKind.valueOf(json.path("type").asText()),
                text(json, "host"),
                "",
                json.path("text").asText(),
                Origin.parse(json.path("source").asText()));
    }

    private static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> read) {
        return StreamSupport.stream(json.path(field).spliterator(), false)
                .map(read)
                .toList();
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.ofNullable(json.get(field)).map(JsonNode::asText);
    }

    private static Optional<Integer> number(JsonNode json, String field) {
        return Optional.ofNullable(json.get(field)).map(JsonNode::asInt);
    }

    private static Instant instant(JsonNode json, String field) {
        return Instant.parse(json.path(field).asText());
    }

    private static Duration seconds(JsonNode json, String field) {
        return Duration.ofMillis(Math.round(json.path(field).asDouble() * 1000));
    }

    private static Optional<Instant> optional(JsonNode json, String field) {
        return text(json, field).map(Instant::parse);
    }
}
