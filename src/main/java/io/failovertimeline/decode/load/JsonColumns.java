package io.failovertimeline.decode.load;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.failovertimeline.decode.ByteMap;
import io.failovertimeline.decode.JsonScanner;
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
        private static final int MOST_USUAL = 32;

        private final ByteMap<Node> within = new ByteMap<>(16);
        private final @Nullable Usual[] usual = new @Nullable Usual[MOST_USUAL];
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

    /** What stood at some place of an object in the line before. */
    private static final class Usual {
        /** With its quotes and its colon. */
        private final byte[] name;

        private final @Nullable Node named;

        private Usual(byte[] name, @Nullable Node named) {
            this.name = name;
            this.named = named;
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
            for (String name : names[i].split("\\.", -1)) {
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
        int place = 0;
        do {
            if (!field(node, place++)) {
                return false;
            }
        } while (json.take(','));
        return json.take('}');
    }

    /** Takes the name and value of the {@code place}th field of an object, which is the same one in most. */
    private boolean field(Node node, int place) {
        int known = Math.min(place, Node.MOST_USUAL - 1);
        @Nullable Usual usual = node.usual[known];
        if (usual != null && json.take(usual.name)) {
            return value(usual.named);
        }
        int from = json.string();
        int to = json.behindString();
        if (from < 0 || json.isEscaped() || !json.take(':')) {
            return false;
        }
        @Nullable Node named = node.within.get(bytes, from, to);
        node.usual[known] = new Usual(Arrays.copyOfRange(bytes, from - 1, json.place()), named);
        return value(named);
    }

    private boolean value(@Nullable Node named) {
        if (named == null) {
            return json.value();
        }
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
