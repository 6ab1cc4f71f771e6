package io.failovertimeline.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Records of the topics that the page shows. */
final class Incidents {

    private Incidents() {}

    /** A record of {@code failover-load}. */
    static ObjectNode load(String cluster, String second, int requests, int failed) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("cluster", cluster).put("generator", "k6").put("endpoint", "GET /Cities");
        json.put("second", second).put("requests", requests).put("failedRequests", failed);
        ObjectNode kinds = json.putObject("failedByKind");
        if (failed > 0) {
            kinds.put("SERVER_ERROR", failed);
        }
        return json.put("servedMedianMs", 4.5).put("servedP99Ms", 9.0).put("slowestMs", 11.0);
    }

    /** A record of {@code failover-clusters}: db1 and db2, both silent since {@code blindSince}. */
    static ObjectNode cluster(String name, String blindSince) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("cluster", name);
        for (String host : new String[] {"db1", "db2"}) {
            json.withArray("hosts").addObject().put("host", host).put("silentSince", blindSince);
        }
        return json.put("lastSeenAt", blindSince).put("blindSince", blindSince);
    }

    /** A record of {@code failover-clusters}: db1 and db2, both heard of. */
    static ObjectNode heard(String name, String lastSeenAt) {
        ObjectNode json = cluster(name, lastSeenAt);
        json.path("hosts").forEach(host -> ((ObjectNode) host).remove("silentSince"));
        json.remove("blindSince");
        return json;
    }

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
