package io.failovertimeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.model.Cause;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.model.Stamp;
import io.failovertimeline.model.Step;
import io.failovertimeline.model.Writer;
import io.failovertimeline.recognize.Recognition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Stages simple enough to see through. A line is {@code 2026-01-07T11:12:13 db1 LOCK_ACQUIRED some text}, local time; one that
 * begins with a brace is read as the program does, one with {@code !} is unreadable, {@code boom} breaks the decoder, the word {@code snag} the recognizer, {@code -} is nothing. A request is
 * {@code k6,/Cities,2026-01-07T11:12:13Z,failed}. All events of a cluster are one incident whose id is its first instant,
 * closed by {@link EventKind#READY_RW}.
 */
final class StubStages {

    private static final ObjectMapper MAPPER = Json.mapper();

    private StubStages() {}

    static Stages stages() {
        return new Stages(
                StubStages::decode,
                () -> (line, zone) -> Optional.empty(),
                StubStages::recognize,
                () -> StubStages::request,
                StubStages::correlate,
                StubStages::json);
    }

    private static Decoded decode(byte[] bytes, int from, int to, Hints hints, Origin origin) {
        String text = new String(bytes, from, to - from, UTF_8);
        if (text.startsWith("{")) {
            return new LogDecoder().decode(bytes, from, to, hints, origin);
        }
        if (text.startsWith("!")) {
            return new Decoded.Unreadable(text, Decoded.Reason.BAD_TIME, origin);
        }
        if (text.startsWith("boom")) {
            throw new IllegalStateException("the decoder has a mistake");
        }
        if (text.startsWith("-") || text.startsWith(" ")) {
            return new Decoded.Nothing(false);
        }
        String[] words = text.split(" ", 3);
        Optional<String> host = Optional.of(words[1]);
        Instant at = LocalDateTime.parse(words[0]).atZone(hints.zoneOf(host)).toInstant();
        Stamp stamp = new Stamp(at, Precision.MILLIS, Stamp.Clock.APPLICATION);
        LogLine line = new LogLine(
                Optional.of(stamp),
                host,
                Writer.UNKNOWN,
                Optional.empty(),
                Component.PATRONI,
                Optional.empty(),
                words[2],
                origin);
        return new Decoded.Line(line, "stub");
    }

    private static Recognition recognize(LogLine line, String cluster) {
        String word = line.message().split(" ")[0];
        return switch (word) {
            case "snag" -> throw new IllegalStateException("the recognizer has a mistake");
            case "NOISE" -> new Recognition.KnownNoise("stub");
            case "unheard" -> new Recognition.Unknown();
            default ->
                new Recognition.Significant(ClusterEvent.plain(
                        cluster,
                        line.stamp().orElseThrow(),
                        EventKind.valueOf(word),
                        line.host(),
                        "stub",
                        line.message(),
                        line.origin()));
        };
    }

    /** A record of load may hold several requests, a line each. */
    private static Stages.LoadReading request(byte[] bytes, int from, int to, Origin origin) {
        List<RequestResult> results = new ArrayList<>();
        for (String line : new String(bytes, from, to - from, UTF_8).split("\n")) {
            String[] fields = line.split(",");
            if (fields.length < 4) {
                return new Stages.LoadReading(
                        List.of(), Optional.of(new Stages.Unreadable("BROKEN_CSV", "too few fields")));
            }
            boolean failed = fields[3].equals("failed");
            results.add(new RequestResult(
                    fields[0],
                    fields[1],
                    Instant.parse(fields[2]),
                    Precision.MILLIS,
                    Duration.ofMillis(5),
                    failed,
                    failed ? "HTTP 500" : ""));
        }
        return new Stages.LoadReading(results, Optional.empty());
    }

    private static Findings correlate(Collection<Evidence> evidence) {
        List<ClusterEvent> events = new ArrayList<>();
        List<LoadBucket> load = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        evidence.forEach(one -> one.match(
                events::add,
                mark -> true,
                set -> settings.add("ttl " + set.ttl().orElseThrow().value()),
                load::add));
        if (events.isEmpty()) {
            return new Findings(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        }
        events.sort(null);
        load.sort((a, b) -> a.key().compareTo(b.key()));
        boolean over = events.stream().anyMatch(event -> event.proves(EventKind.READY_RW));
        Instant start = events.get(0).at();
        String cluster = events.get(0).cluster();
        Incident incident = new IncidentBuilder(cluster + "/" + start, cluster, IncidentKind.FAILOVER, start)
                .cause(new Cause(CauseCode.UNKNOWN, 0, String.join(", ", settings), List.of()))
                .over(over)
                .clientImpact(load.stream().map(StubStages::impact).toList())
                .story(events.stream().distinct().map(StubStages::step).toList(), List.of())
                .build();
        return new Findings(List.of(incident), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static ClientImpact impact(LoadBucket bucket) {
        return new ClientImpact(
                bucket.generator(),
                bucket.endpoint(),
                bucket.second(),
                bucket.second(),
                Optional.empty(),
                bucket.requests(),
                bucket.failed(),
                Duration.ZERO);
    }

    private static Step step(ClusterEvent event) {
        return new Step(event.at(), event.precision(), event.kind(), event.host(), event.text(), event.origin());
    }

    private static ObjectNode json(Incident incident) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", incident.id());
        json.put("cluster", incident.cluster());
        json.put("kind", incident.kind().name());
        json.put("startedAt", incident.startedAt().toString());
        json.put("state", incident.state().name());
        json.put("explanation", incident.cause().explanation());
        ArrayNode impact = json.putArray("clientImpact");
        incident.clientImpact().forEach(one -> impact.addObject()
                .put("endpoint", one.endpoint())
                .put("requests", one.requests())
                .put("failedRequests", one.failedRequests()));
        ArrayNode events = json.putArray("events");
        incident.events().forEach(step -> events.addObject()
                .put("at", step.at().toString())
                .put("precision", step.precision().name())
                .put("type", step.type().name())
                .put("text", step.text())
                .put("source", step.origin().toString()));
        return json;
    }
}
