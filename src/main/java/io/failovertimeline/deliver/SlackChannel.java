package io.failovertimeline.deliver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.failovertimeline.alert.AlertRecord;
import java.util.Collection;
import java.util.Locale;

/** An incoming webhook of Slack. Only what speaks for itself is posted, once when it fires and once when it is over. */
final class SlackChannel implements Channel {

    private final Receiver receiver;
    private final Http http;

    SlackChannel(Receiver receiver, Http http) {
        this.receiver = receiver;
        this.http = http;
    }

    @Override
    public Reply tell(AlertRecord alert, Collection<AlertRecord> firing) throws InterruptedException {
        boolean news = alert.change() != AlertRecord.Change.AMENDED
                && alert.inhibitedBy().isEmpty();
        return news && receiver.isUrgentEnough(alert)
                ? http.send(Message.json(
                        "POST",
                        receiver.url(),
                        JsonNodeFactory.instance.objectNode().put("text", text(alert))))
                : Reply.NOTHING_TO_DO;
    }

    static String text(AlertRecord alert) {
        StringBuilder text = new StringBuilder();
        text.append('*')
                .append(escaped(alert.name()))
                .append("* ")
                .append(alert.status().name().toLowerCase(Locale.ROOT))
                .append(" (")
                .append(alert.severity())
                .append("): ")
                .append(escaped(alert.summary()));
        if (!alert.cause().isEmpty()) {
            text.append("\nCause: ").append(escaped(alert.cause()));
        }
        alert.impact().ifPresent(impact -> text.append("\nClients: ").append(escaped(impact)));
        alert.proofs()
                .forEach(proof ->
                        text.append("\n> ").append(proof.at()).append(' ').append(escaped(proof.text())));
        alert.link().ifPresent(link -> text.append("\n<").append(escaped(link)).append("|live page>"));
        return text.toString();
    }

    /** As Slack asks for; the bracket that begins links and mentions is what matters. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
