package io.failovertimeline.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.stream.TimelineTail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a reader of committed output has seen: the incidents as they stand, comparable, and the steps in their order. */
final class ToldIncidents implements TimelineTail.Listener {

    final Map<String, String> byId = new TreeMap<>();
    final List<ObjectNode> steps = new ArrayList<>();

    @Override
    public void step(ObjectNode step) {
        steps.add(step);
    }

    @Override
    public void incident(String id, Optional<ObjectNode> json) {
        json.ifPresentOrElse(incident -> byId.put(id, RunningStream.comparable(incident)), () -> byId.remove(id));
    }

    /** Whether a step of this kind came. */
    boolean has(String change) {
        return steps.stream().anyMatch(step -> step.path("change").asText().equals(change));
    }
}
