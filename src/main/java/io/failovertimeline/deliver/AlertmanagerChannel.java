package io.failovertimeline.deliver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.alert.AlertRecord;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prometheus Alertmanager, API v2. An alert is the same as long as its labels are, so these never change; what may be told otherwise
 * stands in annotations.
 */
final class AlertmanagerChannel implements Channel {

    /** Alertmanager takes an alert for over when it has not heard of it for so many of our intervals. */
    private static final int INTERVALS = 4;

    private final Receiver receiver;
    private final Http http;
    private final InstantSource clock;
    private final URI alerts;

    AlertmanagerChannel(Receiver receiver, Http http, InstantSource clock) {
        this.receiver = receiver;
        this.http = http;
        this.clock = clock;
        this.alerts = URI.create(receiver.below("/api/v2/alerts"));
    }

    @Override
    public Reply tell(AlertRecord alert, Collection<AlertRecord> firing) throws InterruptedException {
        return again(List.of(alert));
    }

    @Override
    public Reply again(Collection<AlertRecord> all) throws InterruptedException {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        all.stream().filter(receiver::isUrgentEnough).forEach(alert -> json.add(json(alert)));
        return json.isEmpty() ? Reply.NOTHING_TO_DO : http.send(Message.json("POST", alerts, json));
    }

    private ObjectNode json(AlertRecord alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode labels = json.putObject("labels");
        labels.put("alertname", alert.name());
        labels.put("cluster", alert.cluster());
        labels.put("incident", alert.group());
        labels.put("severity", alert.severity());
        labels.put("fingerprint", alert.fingerprint());
        ObjectNode annotations = json.putObject("annotations");
        annotations.put("summary", alert.summary());
        put(annotations, "description", alert.cause());
        put(annotations, "members", String.join(", ", alert.members()));
        alert.phase().ifPresent(phase -> annotations.put("phase", phase));
        alert.impact().ifPresent(impact -> annotations.put("impact", impact));
        put(
                annotations,
                "proofs",
                alert.proofs().stream()
                        .map(proof -> proof.at() + " " + proof.member().orElse("") + " " + proof.text() + " ("
                                + proof.source() + ")")
                        .collect(Collectors.joining("\n")));
        json.put("startsAt", alert.startsAt().toString());
        json.put(
                "endsAt",
                alert.endsAt()
                        .filter(end -> !alert.isFiring())
                        .orElseGet(() -> clock.instant().plus(receiver.resend().multipliedBy(INTERVALS)))
                        .toString());
        alert.link().ifPresent(link -> json.put("generatorURL", link));
        return json;
    }

    /** Alertmanager drops what is empty; so that it sees the same each time, nothing empty is sent. */
    private static void put(ObjectNode annotations, String name, String text) {
        if (!text.isEmpty()) {
            annotations.put(name, text);
        }
    }
}
