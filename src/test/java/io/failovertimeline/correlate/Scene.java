package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.model.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Evidence for tests, written the way a log reads: time of day, who, what. */
final class Scene {

    static final String CLUSTER = "orders";

    private final List<Evidence> evidence = new ArrayList<>();

    static Instant at(String timeOfDay) {
        return Instant.parse("2026-11-22T" + timeOfDay + "Z");
    }

    Scene leads(String timeOfDay, String member) {
        return says(
                timeOfDay,
                member,
                "patroni.heartbeat-leader",
                "no action. I am (" + member + "), the leader with the lock",
                List.of(EventKind.HEARTBEAT),
                "member",
                member,
                "role",
                "leader");
    }

    Scene follows(String timeOfDay, String member, String leader) {
        return says(
                timeOfDay,
                member,
                "patroni.heartbeat-replica",
                "no action. I am (" + member + "), a secondary, and following a leader (" + leader + ")",
                List.of(EventKind.HEARTBEAT),
                "member",
                member,
                "role",
                "replica",
                "leader",
                leader);
    }

    Scene cannotReach(String timeOfDay, String member, String peer) {
        return says(
                timeOfDay,
                member,
                "patroni.request-failed",
                "Request failed to " + peer,
                List.of(EventKind.LEADER_UNREACHABLE),
                "member",
                peer);
    }

    Scene takesOver(String timeOfDay, String member) {
        return says(
                timeOfDay,
                member,
                "patroni.promoted-by-lock",
                "promoted self to leader by acquiring session lock",
                List.of(EventKind.PROMOTED, EventKind.LOCK_ACQUIRED, EventKind.PROMOTION_STARTED));
    }

    Scene stops(String timeOfDay, String host) {
        return says(
                timeOfDay,
                host,
                "postgresql.shutdown-requested",
                "LOG:  received fast shutdown request",
                List.of(EventKind.FAULT_SIGNAL, EventKind.DEMOTION_STARTED),
                "mode",
                "fast");
    }

    Scene postgres(String timeOfDay, String host, EventKind kind, String rule, String... fields) {
        return says(timeOfDay, host, "postgresql." + rule, "LOG:  " + rule, List.of(kind), fields);
    }

    Scene patroni(String timeOfDay, String host, EventKind kind, String rule, String... fields) {
        return says(timeOfDay, host, "patroni." + rule, rule, List.of(kind), fields);
    }

    /** A line of a load balancer; {@code server} is empty where it is about the whole backend. */
    Scene balancer(String timeOfDay, EventKind kind, String rule, String backend, String server) {
        String[] about = server.isEmpty()
                ? new String[] {"backend", backend}
                : new String[] {"backend", backend, "server", server};
        return says(timeOfDay, "lb1", "haproxy." + rule, rule + " " + backend + "/" + server, List.of(kind), about);
    }

    Scene says(String timeOfDay, String host, String rule, String text, List<EventKind> kinds, String... fields) {
        TreeMap<String, String> captured = new TreeMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            captured.put(fields[i], fields[i + 1]);
        }
        int point = timeOfDay.indexOf('.');
        Precision precision = Precision.ofFractionDigits(point < 0 ? 0 : timeOfDay.length() - point - 1);
        evidence.add(new ClusterEvent(
                CLUSTER,
                at(timeOfDay),
                precision,
                kinds,
                Optional.of(host),
                rule,
                captured,
                text,
                Origin.line(host + ".log", evidence.size() + 1)));
        return this;
    }

    Scene mark(String host, String text) {
        evidence.add(new Mark(
                CLUSTER,
                EventKind.FAULT_SIGNAL,
                Optional.of(host),
                "operator.power-off",
                text,
                Origin.line("README.md", evidence.size() + 1)));
        return this;
    }

    static Setting stated(int seconds) {
        return Setting.at(Origin.line("patroni.yml", 1), Duration.ofSeconds(seconds));
    }

    Scene settings(ClusterSettings settings) {
        evidence.add(settings);
        return this;
    }

    Scene ttl(int seconds) {
        evidence.add(new ClusterSettings(
                CLUSTER, Optional.of(stated(seconds)), Optional.empty(), Optional.empty(), List.of()));
        return this;
    }

    Scene request(String timeOfDay, String endpoint, boolean failed) {
        return request(at(timeOfDay), endpoint, failed, Duration.ofMillis(20));
    }

    Scene request(Instant start, String endpoint, boolean failed, Duration latency) {
        evidence.add(LoadBucket.of(
                CLUSTER,
                new RequestResult("k6", endpoint, start, Precision.MILLIS, latency, failed, failed ? "HTTP 500" : "")));
        return this;
    }

    List<Evidence> evidence() {
        return evidence;
    }

    Findings findings() {
        return Correlator.findings(evidence);
    }

    Incident onlyIncident() {
        List<Incident> incidents = findings().incidents();
        if (incidents.size() != 1) {
            throw new AssertionError("expected one incident, got " + incidents);
        }
        return incidents.get(0);
    }
}
