package io.failovertimeline.decode;

import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.ZoneFinding;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a {@link Survey} found out about the input as a whole. */
public final class Surroundings {

    private final SortedSet<String> names;
    private final SortedMap<String, String> hosts;
    private final SortedMap<String, Instant> near;
    private final Optional<Instant> nearAll;
    /** The day on which a source was written, where it is one; {@code ""} for all of them together. */
    private final SortedMap<String, LocalDate> onlyDay;

    private final SortedMap<String, Parts> parts;
    private final SharedHosts shared;
    private final Zones zones;
    private final Clusters clusters;

    private Surroundings(
            SortedSet<String> names,
            SortedMap<String, String> hosts,
            SortedMap<String, Instant> near,
            Optional<Instant> nearAll,
            SortedMap<String, LocalDate> onlyDay,
            SortedMap<String, Parts> parts,
            SharedHosts shared,
            Zones zones,
            Clusters clusters) {
        this.names = names;
        this.hosts = hosts;
        this.near = near;
        this.nearAll = nearAll;
        this.onlyDay = onlyDay;
        this.parts = parts;
        this.shared = shared;
        this.zones = zones;
        this.clusters = clusters;
    }

    static Surroundings of(SortedMap<String, SourceNotes> notes, GivenZones given) {
        Collection<SourceNotes> sources = notes.values();
        TreeSet<String> known = new TreeSet<>();
        TreeMap<String, Instant> near = new TreeMap<>();
        TreeMap<String, LocalDate> onlyDay = new TreeMap<>();
        TreeSet<Long> days = new TreeSet<>();
        sources.forEach(source -> {
            known.addAll(source.members().names());
            source.state().clusters().values().forEach(known::addAll);
            middle(source.days()).ifPresent(day -> near.put(source.source(), day));
            only(source.days()).ifPresent(day -> onlyDay.put(source.source(), day));
            days.addAll(source.days());
        });
        only(days).ifPresent(day -> onlyDay.put("", day));
        Map<String, String> members = SourceHosts.membersByName(sources);
        TreeMap<String, Parts> parts = new TreeMap<>();
        sources.forEach(
                source -> source.parts().ifPresent(its -> parts.put(source.source(), its.parts(known, members))));
        TreeMap<String, String> hosts = new TreeMap<>();
        Collection<SourceNotes> whole =
                sources.stream().filter(source -> source.parts().isEmpty()).toList();
        whole.forEach(source ->
                SourceHosts.hostOf(source, known, members).ifPresent(host -> hosts.put(source.source(), host)));
        known.addAll(hosts.values());
        parts.values().forEach(its -> known.addAll(its.hosts()));
        return new Surroundings(
                known,
                hosts,
                near,
                middle(days),
                onlyDay,
                parts,
                SharedHosts.of(sources.stream().map(SourceNotes::speakers).toList()),
                new Zones(sources, hosts, given),
                new Clusters(sources, hosts));
    }

    /** Noon of the day in the middle: a stray date far off does not move it. */
    private static Optional<Instant> middle(SortedSet<Long> days) {
        return days.stream().skip((days.size() - 1) / 2).findFirst().map(day -> Instant.EPOCH
                .plus(Duration.ofDays(day))
                .plus(Duration.ofHours(12)));
    }

    private static Optional<LocalDate> only(SortedSet<Long> days) {
        return days.size() == 1 ? Optional.of(LocalDate.ofEpochDay(days.first())) : Optional.empty();
    }

    /**
     * What to decode the lines of {@code source} with. A missing year is taken from dates in the source itself, else in the whole
     * input, else from {@code fileDate}.
     *
     * @param fileDate when the file was last written to; empty if it is no file
     */
    public Hints hintsFor(String source, Optional<Instant> fileDate) {
        Optional<Instant> close =
                Optional.ofNullable(near.get(source)).or(() -> nearAll).or(() -> fileDate);
        return new Hints(
                Optional.ofNullable(hosts.get(source)),
                zones.of(source),
                zones.byHost(),
                close,
                parts.getOrDefault(source, Parts.WHOLE),
                shared);
    }

    /** The members and hosts that the input names or that sources are from. */
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(names);
    }

    /**
     * What to read a state dump in {@code source} with. Its times of day are told apart by noon of the one day that the source, or
     * else the whole input, tells of; where there are several days, {@code near} is empty.
     *
     * @param host where it was taken, by the lines around it; empty if these do not tell
     */
    public Hints hintsForDump(String source, Optional<String> host) {
        Hints hints = hintsFor(source, Optional.empty());
        Optional<String> whose = host.or(hints::host);
        Optional<Instant> noon = Optional.ofNullable(onlyDay.get(source))
                .or(() -> near.containsKey(source) ? Optional.empty() : Optional.ofNullable(onlyDay.get("")))
                .map(day ->
                        day.atTime(LocalTime.NOON).atZone(hints.zoneOf(whose)).toInstant());
        return hints.by(whose).closeTo(noon);
    }

    /** In which zones local times are read: the general finding first, then those for hosts that differ from it. */
    public List<ZoneFinding> zones() {
        return zones.findings();
    }

    /** Names that the user gave a zone for and that are no host and no source of the input. */
    public SortedSet<String> unknownToZones() {
        return zones.unused();
    }

    /**
     * The cluster of a host or member that is named in {@code source}: the scope that configuration, DCS or patronictl name for it or for one of those it
     * speaks of; else the only cluster known; else {@code default}. Where several clusters are found and not named, they are
     * told apart as {@code unnamed-} and their smallest member. Of one that is in several clusters it is the only one named in the folder of
     * {@code source}, or else in the next above where any is named.
     */
    public String clusterOf(Optional<String> host, String source) {
        return clusters.of(host, source);
    }

    /**
     * The cluster that the load results in {@code source} are about: one whose name stands in its path, else the only one known, else
     * {@code default}.
     */
    public String clusterOfLoad(String source) {
        return clusters.ofPath(source);
    }

    /** The cluster that the requests are about which a balancer on {@code host} took, by {@code source} where its host does not tell. */
    public String clusterOfBalancer(Optional<String> host, String source) {
        return clusters.knows(host) ? clusters.of(host, source) : clusters.ofPath(source);
    }

    /** Patroni's timing by cluster, as far as configuration or DCS show it; the DCS wins. */
    public List<ClusterSettings> settings() {
        return clusters.settings();
    }
}
