package io.failovertimeline.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads an entry of {@code journalctl -o export}: a field a line, {@code KEY=value}, or, for a value that is not one line of text, the
 * key alone, its length as eight bytes with the lowest first, and its bytes.
 *
 * @see <a href="https://systemd.io/JOURNAL_EXPORT_FORMATS/">Journal Export Formats</a>
 */
final class JournalExport {

    static final String FORMAT = "journald-export";

    private static final int LONGEST_NAME = 64;

    private JournalExport() {}

    /** Whether the bytes are lines of which the first is a field. */
    static boolean isEntry(byte[] bytes, int from, int to) {
        int end = endOfName(bytes, from, to);
        if (end == from || end == to || (bytes[end] != '=' && bytes[end] != '\n')) {
            return false;
        }
        for (int i = end; i < to; i++) {
            if (bytes[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    static boolean isName(String text, int from, int to) {
        byte[] bytes = text.substring(from, to).getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length > 0 && endOfName(bytes, 0, bytes.length) == bytes.length;
    }

    /** Where a name that begins at {@code from} ends; {@code from} if there is none. */
    static int endOfName(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && at - from < LONGEST_NAME && isNameCharacter(bytes[at])) {
            at++;
        }
        return at > from && bytes[from] <= '9' ? from : at;
    }

    static boolean isNameCharacter(byte character) {
        return (character >= 'A' && character <= 'Z') || character == '_' || (character >= '0' && character <= '9');
    }

    /** The fields of the entry, as {@code journalctl -o json} would write them; empty if it is torn. */
    static Optional<JsonNode> fields(byte[] bytes, int from, int to) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        int at = from;
        while (at < to) {
            int end = endOfName(bytes, at, to);
            if (end == at || end == to) {
                return Optional.empty();
            }
            String name = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
            int value = end + 1;
            int valueEnd;
            if (bytes[end] == '=') {
                valueEnd = endOfLine(bytes, value, to);
            } else if (bytes[end] == '\n' && to - value >= Long.BYTES) {
                long length = length(bytes, value);
                value += Long.BYTES;
                if (length < 0 || length > to - value) {
                    return Optional.empty();
                }
                valueEnd = value + (int) length;
            } else {
                return Optional.empty();
            }
            put(fields, name, bytes, value, valueEnd);
            at = valueEnd + 1;
        }
        return Optional.of(fields);
    }

    /** The eight bytes from {@code at} on as a number. */
    static long length(byte[] bytes, int at) {
        long length = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            length = length << Byte.SIZE | (bytes[at + i] & 0xff);
        }
        return length;
    }

    private static int endOfLine(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private static void put(ObjectNode fields, String name, byte[] bytes, int from, int to) {
        String value = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        JsonNode before = fields.path(name);
        if (before.isMissingNode()) {
            fields.put(name, value);
        } else if (before instanceof ArrayNode several) {
            several.add(value);
        } else {
            fields.set(name, fields.arrayNode().add(before).add(value));
        }
    }
}
