package io.failovertimeline.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.ClientOutage;
import io.failovertimeline.model.EndpointSummary;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.ServedLatency;
import io.failovertimeline.model.Slowness;
import io.failovertimeline.model.Stall;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The part of the JSON contract that tells what clients felt. */
public final class LoadJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private LoadJson() {}

    /** Rate and latencies of every second, for plots. */
    public static ArrayNode perSecond(Report report) {
        return LoadPlots.of(report.perSecond()).json();
    }

    static ObjectNode clientImpact(ClientImpact impact) {
        ObjectNode json = NODES.objectNode();
        json.put("generator", impact.generator());
        json.put("endpoint", impact.endpoint());
        json.put("firstFailureAt", impact.firstFailureAt().toString());
        json.put("lastFailureAt", impact.lastFailureAt().toString());
        FindingsJson.put(json, "servedAgainAt", impact.servedAgainAt());
        FindingsJson.put(json, "firstServedAfterPromotionAt", impact.firstServedAfterPromotion());
        json.put("requests", impact.requests());
        json.put("failedRequests", impact.failedRequests());
        json.put("outageSeconds", FindingsJson.seconds(impact.outage()));
        json.put("slowestSeconds", FindingsJson.seconds(impact.slowest()));
        json.set("errorKinds", counts(impact.errorKinds()));
        json.set("failedBySending", counts(impact.failedBySending()));
        return json;
    }

    static ArrayNode clientOutages(Incident incident) {
        return FindingsJson.array(incident.clientOutages(), outage -> clientOutage(outage, incident.recoveryTarget()));
    }

    private static ObjectNode clientOutage(ClientOutage outage, Optional<Duration> target) {
        ObjectNode json = NODES.objectNode();
        json.put("generator", outage.generator());
        outage.endpoint().ifPresent(endpoint -> json.put("endpoint", endpoint));
        json.put("outageSeconds", FindingsJson.seconds(outage.outage()));
        json.put("brownOutSeconds", FindingsJson.seconds(outage.brownOut()));
        json.put("over", outage.over());
        target.ifPresent(most -> json.put("rto", outage.against(most).name()));
        return json;
    }

    static Optional<ObjectNode> rto(Incident incident) {
        return incident.recoveryTarget().flatMap(target -> incident.rto().map(verdict -> {
            ObjectNode json = NODES.objectNode();
            json.put("targetSeconds", FindingsJson.seconds(target));
            incident.clientOutages().stream()
                    .map(ClientOutage::outage)
                    .max(Comparator.naturalOrder())
                    .ifPresent(worst -> json.put("outageSeconds", FindingsJson.seconds(worst)));
            json.put("verdict", verdict.name());
            return json;
        }));
    }

    static ArrayNode errorWindows(Findings findings) {
        ArrayNode windows = NODES.arrayNode();
        for (int i = 0; i < findings.errorWindows().size(); i++) {
            windows.add(errorWindow(
                    findings.errorWindows().get(i), findings.windowIncidents().get(i)));
        }
        return windows;
    }

    private static ObjectNode errorWindow(ErrorWindow window, String incident) {
        ObjectNode json = NODES.objectNode();
        json.put("kind", window.kind().name());
        json.put("cluster", window.cluster());
        json.put("generator", window.generator());
        json.put("endpoint", window.endpoint());
        json.put("from", window.from().toString());
        json.put("to", window.to().toString());
        json.put("precision", window.precision().name());
        FindingsJson.put(json, "servedAgainAt", window.servedAgain());
        json.put("requests", window.requests());
        json.put("failedRequests", window.failedRequests());
        json.put("slowestSeconds", FindingsJson.seconds(window.slowest()));
        json.set("errors", counts(window.errors()));
        json.set("errorKinds", counts(window.errorKinds()));
        window.slowness().ifPresent(slowness -> json.set("slowness", slowness(slowness)));
        window.stall().ifPresent(stall -> json.set("stall", stall(stall)));
        served(json, "servedBefore", window.served().before());
        served(json, "servedInside", window.served().inside());
        served(json, "servedAfter", window.served().after());
        if (!incident.isEmpty()) {
            json.put("incident", incident);
        }
        return json;
    }

    private static void served(ObjectNode json, String name, Optional<ServedLatency> latency) {
        latency.ifPresent(its -> {
            ObjectNode served = json.putObject(name);
            served.put("requests", its.requests());
            served.put("medianSeconds", micros(its.median()));
            served.put("p99Seconds", micros(its.p99()));
        });
    }

    private static ObjectNode slowness(Slowness slowness) {
        ObjectNode json = NODES.objectNode();
        json.put("slowRequests", slowness.slowRequests());
        json.put("limitSeconds", micros(slowness.limit()));
        json.put("usualSeconds", micros(slowness.usual()));
        return json;
    }

    private static ObjectNode stall(Stall stall) {
        ObjectNode json = NODES.objectNode();
        json.put("ratePerSecondBefore", rounded(stall.ratePerSecondBefore()));
        json.put("ratePerSecondDuring", rounded(stall.ratePerSecondDuring()));
        json.put("ratePerSecondAfter", rounded(stall.ratePerSecondAfter()));
        json.put("hungRequests", stall.hungRequests());
        return json;
    }

    private static double rounded(double rate) {
        return Math.round(rate * 100) / 100.0;
    }

    /** Seconds, to the microsecond. */
    private static double micros(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e6;
    }

    static ObjectNode endpoint(EndpointSummary endpoint) {
        ObjectNode json = NODES.objectNode();
        json.put("cluster", endpoint.cluster());
        json.put("generator", endpoint.generator());
        json.put("endpoint", endpoint.endpoint());
        endpoint.basis().ifPresent(basis -> json.put("namedBy", basis.name()));
        endpoint.example().ifPresent(example -> json.put("example", example));
        json.put("requests", endpoint.requests());
        json.put("failedRequests", endpoint.failedRequests());
        json.put("firstAt", endpoint.firstAt().toString());
        json.put("lastAt", endpoint.lastAt().toString());
        FindingsJson.put(json, "firstFailureAt", endpoint.firstFailureAt());
        FindingsJson.put(json, "lastFailureAt", endpoint.lastFailureAt());
        return json;
    }

    private static ObjectNode counts(SortedMap<?, Long> counts) {
        ObjectNode json = NODES.objectNode();
        for (Map.Entry<?, Long> entry : counts.entrySet()) {
            json.put(entry.getKey().toString(), entry.getValue());
        }
        return json;
    }
}
