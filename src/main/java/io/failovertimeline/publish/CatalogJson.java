package io.failovertimeline.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.recognize.Entry;
import java.util.Collection;
import java.util.List;

/** Catalog entries for programs, by the keys that files of {@code grok-patterns/} have. */
public final class CatalogJson {

    private CatalogJson() {}

    /** All of {@code entries}. */
    public static ArrayNode entries(Collection<Entry> entries) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        entries.forEach(entry -> json.add(entry(entry)));
        return json;
    }

    /** One entry whole. */
    public static ObjectNode entry(Entry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", entry.id());
        json.put("place", entry.place());
        put(
                json,
                "component",
                entry.components().stream().map(Enum::name).sorted().toList());
        put(json, "literal", entry.literals());
        json.put("grok", entry.grok());
        put(json, "kinds", entry.kinds().stream().map(Enum::name).toList());
        ObjectNode set = json.putObject("set");
        entry.set().forEach(set::put);
        entry.versions().ifPresent(versions -> json.put("versions", versions));
        entry.source().ifPresent(source -> json.put("source", source));
        put(json, "examples", entry.examples());
        return json;
    }

    private static void put(ObjectNode json, String name, List<String> texts) {
        ArrayNode array = json.putArray(name);
        texts.forEach(array::add);
    }
}
