package io.failovertimeline.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/** JSON texts, one object a line or any value. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** The object that {@code text} is; empty if it is anything else. */
    static Optional<JsonNode> object(String text) {
        return read(text).filter(JsonNode::isObject);
    }

    /** The value that {@code text} is; empty if it is no JSON. */
    public static Optional<JsonNode> read(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException | NumberFormatException notJson) {
            // The latter is an exponent that no number has.
            return Optional.empty();
        }
    }

    /** The first of the fields {@code names} that is there and is text; {@code a.b} is field {@code b} of object {@code a}. */
    static Optional<String> text(JsonNode object, String... names) {
        for (String name : names) {
            JsonNode value = field(object, name);
            if (value.isTextual() && !value.textValue().isEmpty()) {
                return Optional.of(value.textValue());
            }
        }
        return Optional.empty();
    }

    static JsonNode field(JsonNode object, String name) {
        JsonNode value = object.path(name);
        int dot = value.isMissingNode() ? name.indexOf('.') : -1;
        return dot > 0 ? field(object.path(name.substring(0, dot)), name.substring(dot + 1)) : value;
    }
}
