package io.failovertimeline.decode.state;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Stamp;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a row of a dump says of an instant.
 *
 * @param stamp when that was
 * @param kind what it says
 * @param cluster the scope that the dump names; empty if it names none
 * @param host who it is about, or whose dump it is; empty if unknown
 * @param rule how it was read; begins with {@value ClusterEvent#STATE_RULES}
 * @param fields by the field names of {@code grok-patterns/README.md}
 * @param text the row in words that are the same in every form of the dump
 * @param line its line of the dump, from 0
 */
public record StateFact(
        Stamp stamp,
        EventKind kind,
        Optional<String> cluster,
        Optional<String> host,
        String rule,
        SortedMap<String, String> fields,
        String text,
        int line) {

    /** The fact as evidence about {@code of}, read at {@code origin}. */
    public ClusterEvent event(String of, Origin origin) {
        return new ClusterEvent(of, stamp.at(), stamp.precision(), List.of(kind), host, rule, fields, text, origin);
    }

    /** Whose cluster it is about where the dump does not name that: the member it names, else whose dump it is. */
    public Optional<String> about() {
        return Optional.ofNullable(fields.get("member")).or(() -> host);
    }
}
