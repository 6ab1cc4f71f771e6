package io.failovertimeline.decode;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is known about a source beyond its lines: from the command line, from a record's headers, or from a {@link Survey} of the
 * input itself.
 *
 * @param host who wrote the source's lines, where their envelope does not say; empty if unknown
 * @param zone the zone of local times
 * @param zoneByHost the zone of local times written by these hosts, where it differs from {@code zone}
 * @param near an instant close to the source's records, from which a missing year is taken
 */
public record Hints(Optional<String> host, ZoneId zone, SortedMap<String, ZoneId> zoneByHost, Optional<Instant> near) {

    /** The zone of local times that {@code host} writes. */
    public ZoneId zoneOf(Optional<String> host) {
        return host.flatMap(name -> Optional.ofNullable(zoneByHost.get(name))).orElse(zone);
    }

    /** Nothing is known: local times are taken as UTC. */
    public static Hints none() {
        return new Hints(
                Optional.empty(), java.time.ZoneOffset.UTC, new java.util.TreeMap<>(Map.of()), Optional.empty());
    }
}
