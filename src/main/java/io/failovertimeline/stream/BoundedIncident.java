package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;

/**
 * An incident that fits into one record of Kafka. Of one that is larger, the oldest steps are left out that nothing refers to, then
 * undated lines, refusals, what clients felt, and at last steps that something refers to. How many of each were left out stands in its field
 * {@value #OMITTED}, and with {@value #UNTIL} up to when steps are missing.
 */
final class BoundedIncident {

    /** For each list that is not whole, how many of its entries are missing. */
    static final String OMITTED = "omitted";

    /** In {@value #OMITTED}: the instant of the latest step that is missing. */
    static final String UNTIL = "eventsUntil";

    private static final String EVENTS = "events";
    private static final String EVIDENCE = "evidence";
    private static final List<String> DETAILS = List.of("undatedEvents", "refusals", "clientImpact", "clientOutages");

    /** For the field {@value #OMITTED} itself, and signs between fields. */
    private static final int MARGIN = 512;

    private final ObjectNode incident;
    private final ToIntFunction<JsonNode> size;
    private long tooMany;

    private BoundedIncident(ObjectNode incident, ToIntFunction<JsonNode> size, long tooMany) {
        this.incident = incident;
        this.size = size;
        this.tooMany = tooMany;
    }

    /**
     * {@code incident} itself, changed if it is larger.
     *
     * @param most bytes that it may have
     * @param bytes that it has
     * @param size how many bytes a part of it has
     */
    static ObjectNode within(int most, ObjectNode incident, int bytes, ToIntFunction<JsonNode> size) {
        if (bytes > most) {
            new BoundedIncident(incident, size, (long) bytes - most + MARGIN).cut();
        }
        return incident;
    }

    private void cut() {
        BitSet cited = new BitSet();
        incident.findParents(EVIDENCE)
                .forEach(parent -> parent.path(EVIDENCE).forEach(index -> cited.set(index.asInt())));
        steps(index -> !cited.get(index));
        for (String list : DETAILS) {
            BitSet gone = gone(list, index -> true);
            if (!gone.isEmpty()) {
                leaveOut(list, gone);
            }
        }
        steps(index -> true);
    }

    private void steps(IntPredicate mayGo) {
        BitSet gone = gone(EVENTS, mayGo);
        if (gone.isEmpty()) {
            return;
        }
        String until = incident.path(EVENTS).path(gone.length() - 1).path("at").textValue();
        String before = incident.path(OMITTED).path(UNTIL).asText(until);
        omitted().put(UNTIL, Instant.parse(before).isAfter(Instant.parse(until)) ? before : until);
        Map<Integer, Integer> moved = leaveOut(EVENTS, gone);
        for (JsonNode parent : incident.findParents(EVIDENCE)) {
            JsonNode places = parent.path(EVIDENCE);
            ArrayNode after = ((ObjectNode) parent).putArray(EVIDENCE);
            places.forEach(index -> {
                Integer place = moved.get(index.asInt());
                if (place != null) {
                    after.add(place);
                }
            });
        }
    }

    /** The first entries of {@code list} that may go, as many as are too many. */
    private BitSet gone(String list, IntPredicate mayGo) {
        BitSet gone = new BitSet();
        JsonNode entries = incident.path(list);
        for (int index = 0; index < entries.size() && tooMany > 0; index++) {
            if (mayGo.test(index)) {
                gone.set(index);
                tooMany -= size.applyAsInt(entries.get(index)) + 1;
            }
        }
        return gone;
    }

    /** Leaves {@code gone} out of {@code list}; answers where the others stand now, by where they stood. */
    private Map<Integer, Integer> leaveOut(String list, BitSet gone) {
        JsonNode entries = incident.path(list);
        ArrayNode kept = incident.putArray(list);
        Map<Integer, Integer> moved = new HashMap<>();
        for (int index = gone.nextClearBit(0); index < entries.size(); index = gone.nextClearBit(index + 1)) {
            moved.put(index, kept.size());
            kept.add(entries.get(index));
        }
        omitted().put(list, omitted().path(list).asInt() + gone.cardinality());
        return moved;
    }

    private ObjectNode omitted() {
        return incident.withObject("/" + OMITTED);
    }
}
