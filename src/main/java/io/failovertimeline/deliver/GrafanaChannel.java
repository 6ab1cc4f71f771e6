package io.failovertimeline.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.alert.AlertRecord;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Annotations of Grafana: for each story that is an incident one region, from the first symptom to service restored. It is found again by
 * its tags, so that it is mended and not doubled.
 */
final class GrafanaChannel implements Channel {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TAG = "failover-timeline";

    private final Receiver receiver;
    private final Http http;
    private final String annotations;

    GrafanaChannel(Receiver receiver, Http http) {
        this.receiver = receiver;
        this.http = http;
        this.annotations = receiver.below("/api/annotations");
    }

    @Override
    public Reply tell(AlertRecord alert, Collection<AlertRecord> firing) throws InterruptedException {
        if (alert.incident().isEmpty() || !receiver.isUrgentEnough(alert)) {
            return Reply.NOTHING_TO_DO;
        }
        Reply found = http.send(new Message(
                "GET",
                URI.create(annotations + "?limit=1&tags=" + TAG + "&tags=" + encoded(alert.group())),
                Map.of(),
                ""));
        if (!found.isGood()) {
            return found;
        }
        Optional<ArrayNode> annotation = list(found.text());
        if (annotation.isEmpty()) {
            return new Reply(0, "no list of annotations: " + found.text(), Optional.empty());
        }
        Optional<String> known = id(annotation.get());
        boolean gone = alert.status() == AlertRecord.Status.WITHDRAWN;
        if (gone) {
            return known.isPresent() && firing.isEmpty()
                    ? http.send(new Message("DELETE", at(known.get()), Map.of(), ""))
                    : Reply.NOTHING_TO_DO;
        }
        return known.isPresent()
                ? http.send(Message.json("PATCH", at(known.get()), annotation(alert)))
                : http.send(Message.json("POST", URI.create(annotations), annotation(alert)));
    }

    private URI at(String id) {
        return URI.create(annotations + "/" + encoded(id));
    }

    private ObjectNode annotation(AlertRecord alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        receiver.dashboard().ifPresent(uid -> json.put("dashboardUID", uid));
        json.put("time", alert.since().toEpochMilli());
        json.put("timeEnd", alert.restoredAt().orElse(alert.lastAt()).toEpochMilli());
        ArrayNode tags = json.putArray("tags");
        tags.add(TAG).add(alert.group()).add(alert.cluster());
        receiver.tags().forEach(tags::add);
        // Grafana shows this as HTML.
        json.put(
                "text",
                html(alert.summary())
                        + alert.link().map(link -> " " + html(link)).orElse(""));
        return json;
    }

    /** What an answer lists; empty if it is none, or was cut off: then it can't be told what is there. */
    private static Optional<ArrayNode> list(String answer) {
        try {
            return Optional.of(MAPPER.readTree(answer))
                    .filter(ArrayNode.class::isInstance)
                    .map(ArrayNode.class::cast);
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }

    private static Optional<String> id(ArrayNode annotations) {
        return Optional.of(annotations.path(0).path("id").asText()).filter(id -> !id.isEmpty());
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
