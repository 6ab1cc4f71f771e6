package io.failovertimeline.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.publish.PageJson;
import io.failovertimeline.stream.LoadWindow;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;

/**
 * An incident as the board keeps it.
 *
 * @param cluster whose it is
 * @param kind as in the JSON
 * @param cause its code; may be empty
 * @param state {@code OPEN} or {@code CLOSED}
 * @param startedAt as in the JSON
 * @param load when requests were near it; empty if another version of this program wrote it
 * @param summary JSON without what only its own view shows
 * @param full all of it
 */
record Entry(
        String cluster,
        String kind,
        String cause,
        String state,
        String startedAt,
        Optional<LoadWindow> load,
        String summary,
        Compressed full) {

    private static final List<String> ONLY_IN_FULL = List.of(
            "events", "undatedEvents", "lanes", "refusals", "clientOutages", "dangers", "dataLoss", "dualLeaders");

    /** Of a value of the topic {@code failovers}. */
    static Entry of(ObjectNode published) {
        ObjectNode json = PageJson.incident(published);
        Compressed full = new Compressed(json.toString());
        json.remove(ONLY_IN_FULL);
        if (json.path("told") instanceof ObjectNode told) {
            told.retain("leadership", "zone", "offsetSeconds");
        }
        return new Entry(
                json.path("cluster").asText(),
                json.path("kind").asText(),
                json.path("cause").path("code").asText(),
                json.path("state").asText(),
                json.path("startedAt").asText(),
                window(published),
                json.toString(),
                full);
    }

    boolean isOpen() {
        return state.equals("OPEN");
    }

    /** Roughly what it takes of memory. */
    long bytes() {
        return (long) summary.length() + full.bytes();
    }

    private static Optional<LoadWindow> window(ObjectNode published) {
        try {
            return Optional.of(LoadWindow.of(published));
        } catch (DateTimeException | NullPointerException ofAnotherVersion) {
            return Optional.empty();
        }
    }
}
