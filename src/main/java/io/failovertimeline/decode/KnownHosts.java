package io.failovertimeline.decode;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hosts that write lines of one input, by the bytes of their names. */
final class KnownHosts {

    /** So many are known at a time. */
    static final int MOST = 1024;

    private final Hints hints;
    private final Map<ZoneId, LocalClock> clocks = new HashMap<>();
    private final ByteMap<KnownHost> byName = new ByteMap<>(MOST);
    private final KnownHost unnamed;
    private int numbers;

    KnownHosts(Hints hints) {
        this.hints = hints;
        unnamed = host(hints.host(), 0);
    }

    /** The host of a line whose envelope names no host. */
    KnownHost unnamed() {
        return unnamed;
    }

    /** The host that goes by these bytes of UTF-8. */
    KnownHost named(byte[] bytes, int from, int to) {
        @Nullable KnownHost known = byName.get(bytes, from, to);
        if (known != null) {
            return known;
        }
        Optional<String> name = Optional.of(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        KnownHost host = host(name, ByteMap.hash(bytes, from, to));
        byName.put(bytes, from, to, host);
        return host;
    }

    private KnownHost host(Optional<String> host, long hash) {
        return new KnownHost(
                numbers++,
                hash,
                host,
                clocks.computeIfAbsent(hints.zoneOf(host), LocalClock::new),
                hints.shared().isShared(host));
    }
}
