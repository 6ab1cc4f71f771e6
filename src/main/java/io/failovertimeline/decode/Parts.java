package io.failovertimeline.decode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who wrote which lines of a source that several logs were put into, where these lines do not say. */
public final class Parts {

    /** Of a source that is one log. */
    static final Parts WHOLE = new Parts(new TreeMap<>());

    private final TreeMap<Long, Optional<String>> hosts;

    /**
     * Parts that begin with these lines.
     *
     * @param hosts by the number of their first line
     */
    Parts(Map<Long, Optional<String>> hosts) {
        this.hosts = new TreeMap<>(hosts);
    }

    /** Who wrote any of them. */
    List<String> hosts() {
        return hosts.values().stream().flatMap(Optional::stream).toList();
    }

    /** Whether there are none. */
    boolean isWhole() {
        return hosts.isEmpty();
    }

    /** Who wrote the line of this number, from 1; empty if nothing tells. */
    Optional<String> host(long line) {
        return Optional.ofNullable(hosts.floorEntry(line)).flatMap(Map.Entry::getValue);
    }

    /** Whether a part begins with the line of this number. */
    boolean beginsWith(long line) {
        return hosts.containsKey(line);
    }
}
