package io.failovertimeline.decode.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** One JSON object on one line, read field by field without a tree. */
final class JsonLine {

    // Field names come from outside: interning them would keep each for as long as the process lives.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JsonLine() {}

    /** Takes the fields of an object. */
    interface Fields {

        /** Called with {@code value} at the field's first token; what it does not read of the value is skipped. */
        void take(String name, JsonParser value) throws IOException;
    }

    /** Hands the object's fields to {@code fields}; false if the line is not exactly one JSON object. */
    static boolean read(RawLine line, Fields fields) {
        try (JsonParser parser = FACTORY.createParser(line.bytes(), line.from(), line.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            readFields(parser, fields);
            return parser.nextToken() == null;
        } catch (IOException broken) {
            return false;
        }
    }

    /** The first of the object's fields that is one of {@code names}; empty if none is, up to where the line breaks. */
    static Optional<String> firstField(RawLine line, Set<String> names) {
        try (JsonParser parser = FACTORY.createParser(line.bytes(), line.from(), line.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (names.contains(parser.currentName())) {
                    return Optional.of(parser.currentName());
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    /** Hands the fields of the object at which {@code parser} stands to {@code fields}. Nothing if it stands at no object. */
    static void readFields(JsonParser parser, Fields fields) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.take(name, parser);
            parser.skipChildren();
        }
    }

    /** The text of a string, a number or a boolean; empty for null, an object or an array. */
    static String scalar(JsonParser value) throws IOException {
        JsonToken token = value.currentToken();
        return token.isScalarValue() && token != JsonToken.VALUE_NULL ? value.getText() : "";
    }
}
