package io.failovertimeline.recognize;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One rule of the catalog, as a file of {@code grok-patterns/} holds it.
 *
 * @param id unique, such as {@code patroni.promoted-by-lock}
 * @param components whose lines it is tried on
 * @param literals strings of which each matching message holds at least one, in this case
 * @param grok matches the whole message
 * @param kinds what a matching line proves, the most telling first
 * @param set fields that every matching line gets
 * @param versions of the program that write this; empty if not told
 * @param source where the program writes it, or where the wording is from; empty if not told
 * @param examples messages it matches
 * @param place {@code file:line} of its {@code id}
 */
public record Entry(
        String id,
        Set<Component> components,
        List<String> literals,
        String grok,
        List<EventKind> kinds,
        SortedMap<String, String> set,
        Optional<String> versions,
        Optional<String> source,
        List<String> examples,
        String place) {

    public Entry {
        components = Set.copyOf(components);
        literals = List.copyOf(literals);
        kinds = List.copyOf(kinds);
        set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
        examples = List.copyOf(examples);
    }

    /** Whether {@code message} holds one of the literals. */
    boolean mayMatch(String message) {
        for (String literal : literals) {
            if (message.contains(literal)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it only says that its lines are known and mean nothing. */
    boolean isNoise() {
        return kinds.equals(List.of(EventKind.NOISE));
    }
}
