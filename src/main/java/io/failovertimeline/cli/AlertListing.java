package io.failovertimeline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.replay.AlertReplay;
import io.failovertimeline.stream.JsonSerde;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Alerts that would have fired, a line each. */
final class AlertListing {

    private AlertListing() {}

    static String text(List<AlertReplay.Told> told) {
        List<AlertReplay.Told> changes = told.stream()
                .filter(change -> change.record().change() != AlertRecord.Change.AMENDED)
                .toList();
        if (changes.isEmpty()) {
            return "No alert would have fired.\n";
        }
        StringBuilder text = new StringBuilder();
        text.append(row("KNOWN AT", "FAULT +", "CHANGE", "SEVERITY", "ALERT", "WHAT"));
        for (AlertReplay.Told change : changes) {
            AlertRecord record = change.record();
            text.append(row(
                    change.at().truncatedTo(ChronoUnit.MILLIS).toString(),
                    change.sinceFault().map(AlertListing::seconds).orElse(""),
                    record.change().name().toLowerCase(Locale.ROOT),
                    record.severity(),
                    record.name(),
                    record.summary()
                            + record.inhibitedBy()
                                    .map(by -> " (said by " + by + ")")
                                    .orElse("")
                            + (change.silenced() ? " (silenced)" : "")));
        }
        return text.toString();
    }

    /** Every change with all that would have been sent. */
    static ArrayNode json(List<AlertReplay.Told> told) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        try (JsonSerde<AlertRecord> records = new JsonSerde<>(AlertRecord.class);
                JsonSerde<ObjectNode> objects = new JsonSerde<>(ObjectNode.class)) {
            for (AlertReplay.Told change : told) {
                byte[] written = records.serializer().serialize("alerts", change.record());
                ObjectNode json = objects.deserializer().deserialize("alerts", written);
                json.put("knownAt", change.at().toString());
                change.sinceFault().ifPresent(span -> json.put("secondsSinceFault", span.toMillis() / 1000.0));
                if (change.silenced()) {
                    json.put("silenced", true);
                }
                changes.add(json);
            }
        }
        return changes;
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-24s %9s  %-9s %-8s %-19s %s%n", cells);
    }

    private static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
    }
}
