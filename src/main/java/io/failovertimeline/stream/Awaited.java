package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells what an incident that is not over still waits for, as a record of {@code failover-timeline}. */
final class Awaited {

    /** Patroni's default. */
    private static final Duration USUAL_TTL = Duration.ofSeconds(30);

    private Awaited() {}

    /** How long what is awaited may take: the cluster's ttl. Whatever follows from a lost leader by itself begins by then. */
    static Duration patience(Collection<Evidence> evidence) {
        return evidence.stream()
                .map(piece -> piece.match(
                        event -> Optional.<Duration>empty(),
                        mark -> Optional.<Duration>empty(),
                        settings -> settings.ttl().map(Setting::value),
                        bucket -> Optional.<Duration>empty()))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElse(USUAL_TTL);
    }

    /**
     * What {@code incident} waits for.
     *
     * @param evidence all of its cluster
     * @param latest event time of the latest of it
     * @param now event time if it has gone on as the wall clock did since
     */
    static ObjectNode change(
            ObjectNode incident, long revision, Collection<Evidence> evidence, Instant latest, Instant now) {
        ObjectNode change = TimelineChanges.change("AWAITED", incident, revision, latest.toString());
        ArrayNode awaited = change.putArray("awaited");
        ofCluster(incident, awaited);
        for (JsonNode impact : incident.path("clientImpact")) {
            if (!impact.has("servedAgainAt")) {
                ObjectNode success = await("SUCCESS", awaited);
                copy("generator", impact, success);
                copy("endpoint", impact, success);
                success.set("since", impact.path("firstFailureAt"));
            }
        }
        Instant silentFrom = now.minus(patience(evidence));
        lastHeartbeats(evidence).forEach((member, at) -> {
            if (!at.isAfter(silentFrom)) {
                await("HEARTBEAT", awaited).put("member", member).put("since", at.toString());
            }
        });
        return change;
    }

    private static void ofCluster(ObjectNode incident, ArrayNode awaited) {
        switch (IncidentKind.valueOf(incident.path("kind").textValue())) {
            case FAILOVER, SWITCHOVER, LEADERLESS, DCS_OUTAGE, LEADER_RESTART -> {
                if (!incident.has("newLeader")) {
                    await("LEADER", awaited);
                } else if (!incident.has("databaseReadyAt") && !incident.has("databaseReadyNotAfter")) {
                    copy("newLeader", "member", incident, await("WRITES", awaited));
                }
            }
            case REPLICA_LOSS -> {
                if (!incident.has("rejoinedAt")) {
                    copy("member", incident, await("REPLICA", awaited));
                }
            }
            case DEGRADATION, CLIENT_ERRORS -> {}
        }
    }

    private static SortedMap<String, Instant> lastHeartbeats(Collection<Evidence> evidence) {
        SortedMap<String, Instant> last = new TreeMap<>();
        evidence.forEach(
                piece -> piece.match(event -> note(event, last), mark -> false, settings -> false, bucket -> false));
        return last;
    }

    private static boolean note(ClusterEvent event, Map<String, Instant> last) {
        if (!event.proves(EventKind.HEARTBEAT)) {
            return false;
        }
        event.host().ifPresent(host -> last.merge(host, event.at(), (one, other) -> one.isAfter(other) ? one : other));
        return true;
    }

    private static ObjectNode await(String what, ArrayNode awaited) {
        return awaited.addObject().put("what", what);
    }

    private static void copy(String field, JsonNode from, ObjectNode to) {
        copy(field, field, from, to);
    }

    private static void copy(String field, String as, JsonNode from, ObjectNode to) {
        if (from.has(field)) {
            to.set(as, from.path(field));
        }
    }
}
