package io.failovertimeline.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.gate.Check;
import io.failovertimeline.gate.GateResult;

/** What became of expectations, as docs/json.md describes it. */
public final class GateJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private GateJson() {}

    /** The value of {@code expectations}. */
    public static ObjectNode of(GateResult result) {
        ObjectNode json = NODES.objectNode();
        json.put("file", result.name());
        json.put("verdict", result.verdict().name());
        ArrayNode checks = json.putArray("checks");
        result.checks().forEach(check -> checks.add(check(check)));
        return json;
    }

    private static ObjectNode check(Check check) {
        ObjectNode json = NODES.objectNode();
        json.put("subject", check.subject());
        json.put("expected", check.expected());
        json.put("found", check.found());
        json.put("verdict", check.verdict().name());
        ArrayNode proof = json.putArray("proof");
        check.proof().forEach(line -> proof.addObject()
                .put("text", line.text())
                .put("source", line.origin().toString()));
        return json;
    }
}
