package io.failovertimeline.decode;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Those who write lines of one input, by the bytes of their names. */
final class Writers {

    private static final int MOST = 4096;

    private final Hints hints;
    private final Map<ZoneId, LocalClock> clocks = new HashMap<>();
    private final ByteMap<Writer> byName = new ByteMap<>(MOST);
    private final Writer unnamed;
    private int numbers;

    Writers(Hints hints) {
        this.hints = hints;
        unnamed = writer(hints.host());
    }

    /** Who wrote a line whose envelope names no host. */
    Writer unnamed() {
        return unnamed;
    }

    /** Who goes by these bytes of UTF-8. */
    Writer named(byte[] bytes, int from, int to) {
        @Nullable Writer known = byName.get(bytes, from, to);
        if (known != null) {
            return known;
        }
        Writer writer = writer(Optional.of(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
        byName.put(bytes, from, to, writer);
        return writer;
    }

    private Writer writer(Optional<String> host) {
        return new Writer(numbers++, host, clocks.computeIfAbsent(hints.zoneOf(host), LocalClock::new));
    }
}
