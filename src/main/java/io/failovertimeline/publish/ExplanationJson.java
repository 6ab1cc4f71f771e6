package io.failovertimeline.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Dissection;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.recognize.Attempt;
import io.failovertimeline.recognize.Explanation;
import io.failovertimeline.recognize.Verdict;

/** What was understood of a line, for programs; {@code docs/json.md} lists the fields. What is not known is absent. */
public final class ExplanationJson {

    private ExplanationJson() {}

    /** One line. */
    public static ObjectNode of(Explanation explanation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("source", explanation.origin().toString());
        json.put("line", explanation.text());
        json.put("taken", explanation.isTaken());
        return explanation.match(log -> log(json, log), load -> load(json, load));
    }

    private static ObjectNode load(ObjectNode json, Explanation.OfLoad load) {
        json.put("format", load.format());
        load.unreadable().ifPresent(reason -> json.put("unreadable", reason.name()));
        if (load.requests().size() == 1) {
            request(json.putObject("request"), load.requests().get(0));
        } else {
            load.requests()
                    .forEach(request -> request(json.withArray("requests").addObject(), request));
        }
        return json;
    }

    private static void request(ObjectNode json, RequestResult request) {
        json.put("generator", request.generator());
        json.put("endpoint", request.endpoint());
        json.put("start", request.start().toString());
        json.put("precision", request.precision().name());
        json.put("latencySeconds", request.latency().toMillis() / 1000.0);
        json.put("failed", request.failed());
        if (request.failed()) {
            json.put("error", request.error());
        }
        if (request.count() != 1) {
            json.put("count", request.count());
        }
    }

    private static ObjectNode log(ObjectNode json, Explanation.OfLog log) {
        log.dissection().shortcoming().ifPresent(why -> json.put("noLogLine", why.name()));
        return log.dissection()
                .decoded()
                .match(
                        record -> record(json, record, log),
                        broken -> json.put("unreadable", broken.reason().name()),
                        nothing -> json);
    }

    private static ObjectNode record(ObjectNode json, Decoded.Line record, Explanation.OfLog log) {
        LogLine line = log.record().orElse(record.line());
        json.put("format", record.format());
        log.record().ifPresent(whole -> json.put("record", whole.origin().toString()));
        if (log.record().isEmpty() && record.isPartial()) {
            json.put("partial", true);
        }
        log.dissection().time().ifPresent(time -> json.set("time", time(time, line, log)));
        line.host().ifPresent(host -> json.put("host", host));
        line.writer().program().ifPresent(program -> json.put("program", program));
        line.writer().unit().ifPresent(unit -> json.put("unit", unit));
        line.writer().pid().ifPresent(pid -> json.put("pid", pid));
        line.subjectUnit().ifPresent(unit -> json.put("subjectUnit", unit));
        line.severity().ifPresent(severity -> json.put("severity", severity.name()));
        json.put("component", line.component().name());
        json.put("message", line.message());
        log.verdict().ifPresent(verdict -> verdict(json, verdict));
        return json;
    }

    private static ObjectNode time(Dissection.ReadTime time, LogLine line, Explanation.OfLog log) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (time.year() != Dissection.Year.UNKNOWN) {
            line.stamp().ifPresent(stamp -> json.put("at", stamp.at().toString()));
        }
        json.put("written", time.written());
        json.put("clock", time.clock().name());
        json.put("precision", time.precision().name());
        json.put("year", time.year().name());
        json.put("zone", time.zone().getId());
        json.put("zoneFrom", time.zoneBasis().name());
        if (time.zoneBasis() == Dissection.ZoneBasis.LOCAL && log.zone().zone().equals(time.zone())) {
            json.put("zoneBasis", log.zone().basis().name());
            log.zone().proof().ifPresent(proof -> json.put("zoneSource", proof.toString()));
        }
        return json;
    }

    private static void verdict(ObjectNode json, Verdict verdict) {
        verdict.taken().ifPresent(taken -> {
            json.put("meaning", taken.meaning().name());
            json.set("entry", CatalogJson.entry(taken.entry()));
            ObjectNode fields = json.putObject("fields");
            taken.fields().forEach(fields::put);
        });
        if (verdict.taken().isEmpty()) {
            ArrayNode nearest = json.putArray("nearest");
            verdict.nearest().forEach(attempt -> nearest.add(attempt(attempt)));
            ArrayNode others = json.putArray("fromOtherComponents");
            verdict.fromOthers().forEach(entry -> others.add(CatalogJson.entry(entry)));
        }
    }

    private static ObjectNode attempt(Attempt attempt) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("entry", CatalogJson.entry(attempt.entry()));
        json.put("holdsLiteral", attempt.holdsLiteral());
        attempt.reach().ifPresent(reach -> json.put("fitsUpTo", reach));
        json.put("likeness", Math.round(attempt.likeness() * 100) / 100.0);
        json.put("example", attempt.example());
        return json;
    }
}
