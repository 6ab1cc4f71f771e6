package io.failovertimeline.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The names under which one thing stands in records of different shippers, the surest first.
 *
 * @param paths each the names from the outermost object inwards
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record JsonFields(String[][] paths) {

    /** {@code a.b} is field {@code b} of object {@code a}, or, as some shippers flatten it, one field of that name. */
    static JsonFields named(String... names) {
        return new JsonFields(Stream.of(names)
                .flatMap(name -> name.indexOf('.') < 0
                        ? Stream.<String[]>of(new String[] {name})
                        : Stream.of(name.split("\\."), new String[] {name}))
                .toArray(String[][]::new));
    }

    /** The first that is there, whatever it is; {@link MissingNode} if none is. */
    JsonNode in(JsonNode object) {
        for (String[] path : paths) {
            JsonNode value = at(object, path);
            if (!value.isMissingNode()) {
                return value;
            }
        }
        return MissingNode.getInstance();
    }

    /** The first that is a text of at least one character. */
    Optional<String> text(JsonNode object) {
        for (String[] path : paths) {
            JsonNode value = at(object, path);
            if (value.isTextual() && !value.textValue().isEmpty()) {
                return Optional.of(value.textValue());
            }
        }
        return Optional.empty();
    }

    /** The first that is a text, a number or a truth value, as text. */
    Optional<String> scalar(JsonNode object) {
        for (String[] path : paths) {
            JsonNode value = at(object, path);
            if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
                return Optional.of(value.asText());
            }
        }
        return Optional.empty();
    }

    private static JsonNode at(JsonNode object, String[] path) {
        JsonNode value = object;
        for (String name : path) {
            value = value.path(name);
        }
        return value;
    }
}
