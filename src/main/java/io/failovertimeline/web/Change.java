package io.failovertimeline.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is new on the board.
 *
 * @param event {@code incident}, {@code withdrawn}, {@code acknowledged}, {@code cluster}, {@code gone} or {@code load}
 * @param key of several with the same only the last is of interest
 * @param data what is told, as JSON
 */
record Change(String event, String key, String data) {

    static Change incident(String id, Entry entry) {
        return new Change("incident", "i " + id, entry.summary());
    }

    /** Takes the place of the incident. */
    static Change withdrawn(String id) {
        return new Change("withdrawn", "i " + id, of("id", id));
    }

    static Change acknowledged(String id, ObjectNode json) {
        return new Change("acknowledged", "a " + id, json.toString());
    }

    static Change cluster(String name, ObjectNode json) {
        return new Change("cluster", "c " + name, json.toString());
    }

    /** Takes the place of the cluster. */
    static Change gone(String cluster) {
        return new Change("gone", "c " + cluster, of("cluster", cluster));
    }

    /** That more is known of what its clients felt. */
    static Change load(String cluster) {
        return new Change("load", "l " + cluster, of("cluster", cluster));
    }

    private static String of(String field, String text) {
        return JsonNodeFactory.instance.objectNode().put(field, text).toString();
    }
}
