package io.failovertimeline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.publish.TextTimeline;
import io.failovertimeline.stream.TimelineTail;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Prints the output topics as they grow. */
final class TailPrinter {

    private TailPrinter() {}

    /** For people: each step, and an incident's head when it is over and whenever it then reads otherwise. */
    static TimelineTail.Listener text(PrintWriter out, TextTimeline timeline) {
        return new TimelineTail.Listener() {
            private final Map<String, String> heads = new HashMap<>();

            @Override
            public void step(ObjectNode step) {
                print(out, timeline.change(step));
            }

            @Override
            public void incident(String id, Optional<ObjectNode> json) {
                json.filter(incident -> incident.path("state").asText().equals("CLOSED"))
                        .map(timeline::headline)
                        .filter(head -> !head.equals(heads.put(id, head)))
                        .ifPresent(head -> print(out, head));
            }
        };
    }

    /** For programs: each record on a line, {@code {"topic", "key", "value"}}, without a value where it is a tombstone. */
    static TimelineTail.Listener json(PrintWriter out) {
        return new TimelineTail.Listener() {
            @Override
            public void step(ObjectNode step) {
                record("failover-timeline", step.path("cluster").asText(), Optional.of(step));
            }

            @Override
            public void incident(String id, Optional<ObjectNode> json) {
                record("failovers", id, json);
            }

            private void record(String topic, String key, Optional<ObjectNode> value) {
                ObjectNode record = JsonNodeFactory.instance.objectNode();
                record.put("topic", topic);
                record.put("key", key);
                value.ifPresent(json -> record.set("value", json));
                print(out, record + "\n");
            }
        };
    }

    private static void print(PrintWriter out, String lines) {
        out.print(lines);
        out.flush();
    }
}
