package io.failovertimeline.recognize;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Why the catalog says what it says of one message.
 *
 * @param taken the entry that takes it; empty if none does
 * @param nearest where none does: the entries of its component that come nearest, the nearest first
 * @param fromOthers where none does: entries that would take it, had another component written it
 */
public record Verdict(Optional<Taken> taken, List<Attempt> nearest, List<Entry> fromOthers) {

    public Verdict {
        nearest = List.copyOf(nearest);
        fromOthers = List.copyOf(fromOthers);
    }

    /**
     * The entry that takes a message.
     *
     * @param entry the entry
     * @param fields what it captures and sets
     * @param meaning what the line is good for
     */
    public record Taken(Entry entry, SortedMap<String, String> fields, Meaning meaning) {}

    /** What a line that is known is good for. */
    public enum Meaning {
        /** It proves something at its time. */
        EVENT,
        /** It proves something, and has no time. */
        MARK,
        /** It is known to mean nothing. */
        NOISE,
        /** It would prove something if it had a time. */
        NEEDS_TIME
    }
}
