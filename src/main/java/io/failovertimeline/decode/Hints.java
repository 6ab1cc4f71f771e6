package io.failovertimeline.decode;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known about a source beyond its lines: from the command line, from a record's headers, or from a {@link Survey} of the
 * input itself.
 *
 * @param host who wrote the source's lines, where their envelope does not say; empty if unknown
 * @param zone the zone of local times
 * @param zoneByHost the zone of local times written by these hosts, where it differs from {@code zone}
 * @param near an instant close to the source's records, from which a missing year is taken
 * @param parts the logs that were put into the source, if it is not one log
 * @param shared the hosts that do not tell by themselves whose lines theirs are
 */
public record Hints(
        Optional<String> host,
        ZoneId zone,
        SortedMap<String, ZoneId> zoneByHost,
        Optional<Instant> near,
        Parts parts,
        SharedHosts shared) {

    public Hints {
        // the hints that the stream stores beside a line are of one record, and say nothing of others
        parts = parts == null ? Parts.WHOLE : parts;
        shared = shared == null ? SharedHosts.NONE : shared;
    }

    /** Of a source that is one log. */
    public Hints(Optional<String> host, ZoneId zone, SortedMap<String, ZoneId> zoneByHost, Optional<Instant> near) {
        this(host, zone, zoneByHost, near, Parts.WHOLE, SharedHosts.NONE);
    }

    /** Nothing is known: local times are taken as UTC. */
    public static Hints none() {
        return new Hints(Optional.empty(), ZoneOffset.UTC, new TreeMap<>(), Optional.empty());
    }

    /** The zone of local times that {@code host} writes. */
    public ZoneId zoneOf(Optional<String> host) {
        return host.flatMap(name -> Optional.ofNullable(zoneByHost.get(name))).orElse(zone);
    }

    /** Whether several logs were put into the source, so that what is known is another for each of its lines. */
    public boolean isDivided() {
        return !parts.isWhole();
    }

    /** What is known about the line of this number, from 1. */
    public Hints at(long line) {
        return isDivided() ? by(parts.host(line)) : this;
    }

    /** Whether another log begins with the line of this number. */
    public boolean divideAt(long line) {
        return isDivided() && parts.beginsWith(line);
    }

    /** The same of what {@code other} wrote. */
    Hints by(Optional<String> other) {
        return new Hints(other, zone, zoneByHost, near, parts, shared);
    }

    /** The same, close to {@code instant}. */
    Hints closeTo(Optional<Instant> instant) {
        return new Hints(host, zone, zoneByHost, instant, parts, shared);
    }
}
