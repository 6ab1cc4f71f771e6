package io.failovertimeline.deliver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.AlertSeverity;
import java.util.Collection;

/**
 * PagerDuty, Events v2. All alerts of a story are one incident there, so that it pages once; it is over when nothing of the story that is
 * at least a warning fires.
 */
final class PagerDutyChannel implements Channel {

    private static final int LONGEST_KEY = 255;

    private final Receiver receiver;
    private final Http http;

    PagerDutyChannel(Receiver receiver, Http http) {
        this.receiver = receiver;
        this.http = http;
    }

    @Override
    public Reply tell(AlertRecord alert, Collection<AlertRecord> firing) throws InterruptedException {
        if (alert.isFiring()) {
            boolean news = alert.change() == AlertRecord.Change.FIRED
                    && alert.inhibitedBy().isEmpty();
            return news && receiver.isUrgentEnough(alert) ? send("trigger", alert) : Reply.NOTHING_TO_DO;
        }
        boolean goesOn = firing.stream()
                .flatMap(other -> AlertSeverity.of(other.severity()).stream())
                .anyMatch(severity -> severity.isAtLeast(AlertSeverity.WARNING));
        return goesOn ? Reply.NOTHING_TO_DO : send("resolve", alert);
    }

    private Reply send(String action, AlertRecord alert) throws InterruptedException {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("routing_key", receiver.token().orElse(""));
        event.put("event_action", action);
        event.put(
                "dedup_key",
                alert.group().substring(0, Math.min(LONGEST_KEY, alert.group().length())));
        ObjectNode payload = event.putObject("payload");
        payload.put("summary", alert.name() + ": " + alert.summary());
        payload.put("source", alert.cluster());
        payload.put("severity", alert.severity());
        payload.put("timestamp", alert.startsAt().toString());
        payload.put("group", alert.group());
        payload.put("class", alert.name());
        ObjectNode details = payload.putObject("custom_details");
        details.put("cause", alert.cause());
        details.put("members", String.join(", ", alert.members()));
        alert.impact().ifPresent(impact -> details.put("impact", impact));
        alert.phase().ifPresent(phase -> details.put("phase", phase));
        details.set("proofs", proofs(alert));
        alert.link()
                .ifPresent(link ->
                        event.putArray("links").addObject().put("href", link).put("text", "live page"));
        return http.send(Message.json("POST", receiver.url(), event));
    }

    private static ArrayNode proofs(AlertRecord alert) {
        ArrayNode proofs = JsonNodeFactory.instance.arrayNode();
        alert.proofs().forEach(proof -> proofs.add(proof.at() + " " + proof.text() + " (" + proof.source() + ")"));
        return proofs;
    }
}
