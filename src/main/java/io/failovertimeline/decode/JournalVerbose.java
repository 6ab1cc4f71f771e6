package io.failovertimeline.decode;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Reads an entry of {@code journalctl -o verbose}: a line with the time and the cursor, then a field a line, {@code     KEY=value}.
 * The lines of a value that has several are indented further.
 */
final class JournalVerbose {

    private static final String INDENT = "    ";

    private JournalVerbose() {}

    /** The entry {@code text} whose first line begins with {@code time}; empty if no fields follow. */
    static Optional<Envelope> behind(WrittenTime time, String text) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        String name = "";
        for (String line : text.split("\n", -1)) {
            int equals = line.startsWith(INDENT) ? line.indexOf('=') : -1;
            boolean begins = equals > INDENT.length() && JournalExport.isName(line, INDENT.length(), equals);
            if (begins) {
                name = line.substring(INDENT.length(), equals);
                fields.put(name, line.substring(equals + 1));
            } else if (line.startsWith(INDENT) && !name.isEmpty()) {
                fields.put(name, fields.path(name).textValue() + "\n" + line.strip());
            }
        }
        return JsonEnvelope.read(fields).map(entry -> entry.received("journald-verbose", time));
    }
}
