package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The time of whose requests the topic {@code failover-load} tells because of one incident.
 *
 * @param from a minute before it began
 * @param to a minute after it was over; an hour after the last that is known of it while it is open
 */
public record LoadWindow(Instant from, Instant to) {

    private static final Duration AROUND = Duration.ofMinutes(1);
    private static final Duration STILL_OPEN = Duration.ofHours(1);

    /** Around {@code incident}, a value of the topic {@code failovers}. */
    public static LoadWindow of(ObjectNode incident) {
        Instant last = Stream.concat(
                        Stream.of(TimelineChanges.latest(incident)),
                        Stream.concat(
                                texts(incident.path("phases"), "to"),
                                Stream.concat(
                                        texts(incident.path("clientImpact"), "lastFailureAt"),
                                        texts(incident.path("clientImpact"), "servedAgainAt"))))
                .map(Instant::parse)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new LoadWindow(
                Instant.parse(TimelineChanges.startedAt(incident)).minus(AROUND),
                last.plus(TimelineChanges.closed(incident) ? AROUND : STILL_OPEN));
    }

    private static Stream<String> texts(JsonNode array, String field) {
        return array.findValuesAsText(field).stream();
    }

    /** Whether {@code second} is in it. */
    public boolean holds(Instant second) {
        return !second.isBefore(from) && !second.isAfter(to);
    }
}
