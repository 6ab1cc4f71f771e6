package io.failovertimeline.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Records of the topic {@code failovers}. */
final class Incidents {

    private Incidents() {}

    /** A failover that began at 18:14:01 and has {@code text} as its only line. */
    static ObjectNode failover(String id, String cluster, int revision, boolean over, String text) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("revision", revision);
        json.put("cluster", cluster);
        json.put("kind", "FAILOVER");
        ObjectNode cause = json.putObject("cause");
        cause.put("code", "HOST_DOWN").put("confidence", 0.9).put("explanation", "db1 fell silent.");
        cause.putArray("evidence");
        cause.putArray("alternatives");
        json.put("oldLeader", "db1").put("newLeader", "db2");
        json.put("startedAt", "2026-11-22T18:14:01Z");
        json.putArray("phases")
                .addObject()
                .put("name", "DETECTION")
                .put("from", "2026-11-22T18:14:01Z")
                .put("to", "2026-11-22T18:14:16Z")
                .put("seconds", 15.0);
        json.put("state", over ? "CLOSED" : "OPEN");
        for (String list : new String[] {"refusals", "clientImpact", "dualLeaders", "dangers", "undatedEvents"}) {
            json.putArray(list);
        }
        json.putArray("events")
                .addObject()
                .put("at", "2026-11-22T18:14:16Z")
                .put("precision", "MILLIS")
                .put("type", "PROMOTED")
                .put("member", "db2")
                .put("text", text)
                .put("source", "patroni-logs-0@17");
        return json;
    }
}
