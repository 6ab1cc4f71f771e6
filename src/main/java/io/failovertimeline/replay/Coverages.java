package io.failovertimeline.replay;

import io.failovertimeline.model.Coverage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps from when to when each host was seen. */
final class Coverages {

    private final TreeMap<String, Coverage> byHost = new TreeMap<>();

    void seen(Optional<String> host, Instant at) {
        host.ifPresent(name -> byHost.merge(
                name,
                new Coverage(name, at, at),
                (a, b) -> new Coverage(
                        name,
                        a.from().isBefore(b.from()) ? a.from() : b.from(),
                        a.to().isAfter(b.to()) ? a.to() : b.to())));
    }

    List<Coverage> all() {
        return List.copyOf(byHost.values());
    }
}
