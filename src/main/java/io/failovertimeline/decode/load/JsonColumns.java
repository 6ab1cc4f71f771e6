package io.failovertimeline.decode.load;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.failovertimeline.decode.ByteMap;
import io.failovertimeline.decode.JsonScanner;
import io.failovertimeline.decode.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the fields out of JSON objects that a format has, in any order, each object on a line of its own. They are numbered in the
 * order in which their names are given; what is null, no scalar or not there is empty.
 *
 * <p>An object of plain ASCII without anything unusual is scanned. Jackson reads all others, and says which are broken.
 */
final class JsonColumns {

    private static final int OBJECT = -1;

    /** A name that leads to a field, or to the names within an object. */
    private static final class Node {
        private final ByteMap<Node> within = new ByteMap<>(16);
        private int field = OBJECT;

        private Node named(String name) {
            byte[] key = name.getBytes(StandardCharsets.UTF_8);
            @Nullable Node known = within.get(key, 0, key.length);
            Node node = known == null ? new Node() : known;
            within.put(key, 0, key.length, node);
            return node;
        }

        private @Nullable Node of(String name) {
            byte[] key = name.getBytes(StandardCharsets.UTF_8);
            return within.get(key, 0, key.length);
        }
    }

    private final Fields fields;
    private final int count;
    private final Node root = new Node();
    private final JsonScanner json = new JsonScanner();
    private byte[] bytes = new byte[0];

    /**
     * Takes them into {@code fields}.
     *
     * @param names such as {@code data.tags.name}, within objects
     */
    JsonColumns(Fields fields, String... names) {
        this.fields = fields;
        count = names.length;
        for (int i = 0; i < names.length; i++) {
            Node node = root;
            for (String name : names[i].split("\\.")) {
                node = node.named(name);
            }
            node.field = i;
        }
    }

    /** Takes the fields of {@code line}; false if it is not exactly one JSON object. */
    boolean read(RawLine line) {
        return scan(line) || parse(line);
    }

    private boolean scan(RawLine line) {
        bytes = line.bytes();
        if (!line.isPrintable()) {
            return false;
        }
        fields.begin(bytes, count);
        json.begin(bytes, line.from(), line.to());
        return json.next() == '{' && object(root) && json.isAtEnd();
    }

    private boolean object(Node node) {
        json.take('{');
        if (json.take('}')) {
            return true;
        }
        do {
            int from = json.string();
            int to = json.behindString();
            if (from < 0 || json.isEscaped() || !json.take(':')) {
                return false;
            }
            @Nullable Node named = node.within.get(bytes, from, to);
            if (!(named == null ? json.value() : value(named))) {
                return false;
            }
        } while (json.take(','));
        return json.take('}');
    }

    private boolean value(Node named) {
        byte first = json.next();
        if (named.field == OBJECT) {
            return first == '{' ? object(named) : json.value();
        }
        int from = json.place();
        if (first != '"') {
            boolean isScalar = first != '{' && first != '[' && first != 'n';
            boolean isTaken = json.value();
            fields.set(named.field, from, isScalar ? json.place() : from, false);
            return isTaken;
        }
        int text = json.string();
        fields.set(named.field, text, json.behindString(), true);
        return text >= 0 && !json.isEscaped();
    }

    private boolean parse(RawLine line) {
        String[] texts = new String[count];
        boolean[] quoted = new boolean[count];
        Arrays.fill(texts, "");
        boolean isWhole = JsonLine.read(line, (name, value) -> take(root, name, value, texts, quoted));
        fields.texts(texts, quoted);
        return isWhole;
    }

    private static void take(Node node, String name, JsonParser value, String[] texts, boolean[] quoted)
            throws IOException {
        @Nullable Node named = node.of(name);
        if (named != null && named.field == OBJECT) {
            JsonLine.readFields(value, (nested, its) -> take(named, nested, its, texts, quoted));
        } else if (named != null) {
            texts[named.field] = JsonLine.scalar(value);
            quoted[named.field] = value.currentToken() == JsonToken.VALUE_STRING;
        }
    }
}
