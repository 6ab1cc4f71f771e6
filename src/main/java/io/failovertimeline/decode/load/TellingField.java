package io.failovertimeline.decode.load;

import io.failovertimeline.decode.ByteMap;
import io.failovertimeline.decode.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fields of which each tells what an object is.
 *
 * @param <T> what that is
 */
final class TellingField<T> {

    private final Map<String, T> byName;
    private final ByteMap<T> byBytes = new ByteMap<>(32);
    private final JsonScanner json = new JsonScanner();

    TellingField(Map<String, T> byName) {
        this.byName = byName;
        byName.forEach((name, told) -> {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            byBytes.put(bytes, 0, bytes.length, told);
        });
    }

    /** What the first of these fields in the object tells; empty if there is none, up to where the line breaks. */
    Optional<T> first(RawLine line) {
        Optional<T> told = line.isPrintable() ? scanned(line) : Optional.empty();
        return told.isPresent()
                ? told
                : JsonLine.firstField(line, byName.keySet()).flatMap(name -> Optional.ofNullable(byName.get(name)));
    }

    /** The same; empty as well where there is something unusual before it. */
    private Optional<T> scanned(RawLine line) {
        json.begin(line.bytes(), line.from(), line.to());
        if (!json.take('{')) {
            return Optional.empty();
        }
        do {
            int from = json.string();
            if (from < 0 || json.isEscaped()) {
                return Optional.empty();
            }
            @Nullable T told = byBytes.get(line.bytes(), from, json.behindString());
            if (!json.take(':')) {
                return Optional.empty();
            }
            if (told != null) {
                return Optional.of(told);
            }
        } while (json.value() && json.take(','));
        return Optional.empty();
    }
}
