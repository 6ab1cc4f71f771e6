package io.failovertimeline.decode;

import io.failovertimeline.model.Origin;
import io.failovertimeline.model.ZoneFinding;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** In which zones the input's local times are: one for all, and those of hosts and sources that differ. */
final class Zones {

    private final ZoneFinding general;
    private final TreeMap<String, ZoneFinding> byHost = new TreeMap<>();
    private final TreeMap<String, ZoneId> bySource = new TreeMap<>();
    private final TreeSet<String> unused = new TreeSet<>();

    /**
     * What {@code notes} tell.
     *
     * @param hosts of sources whose lines do not name their host
     * @param given the user's word, against which nothing counts
     */
    Zones(Collection<SourceNotes> notes, Map<String, String> hosts, GivenZones given) {
        general = given.general().map(zone -> given(Optional.empty(), zone)).orElseGet(() -> found(notes, hosts));
        give(notes, hosts, given);
    }

    private static ZoneFinding given(Optional<String> host, ZoneId zone) {
        return new ZoneFinding(host, zone, ZoneFinding.Basis.GIVEN, Optional.empty());
    }

    /**
     * What the user says goes before all that was found: first of sources, and of the hosts that wrote them, then of hosts by their
     * names.
     */
    private void give(Collection<SourceNotes> notes, Map<String, String> hosts, GivenZones given) {
        unused.addAll(given.byName().keySet());
        for (SourceNotes source : notes) {
            given.nameFor(source.source()).ifPresent(unused::remove);
            given.ofSource(source.source()).ifPresent(zone -> {
                bySource.put(source.source(), zone);
                writers(source, hosts).forEach(host -> byHost.put(host, given(Optional.of(host), zone)));
            });
        }
        for (SourceNotes source : notes) {
            Collection<String> writers = writers(source, hosts);
            given.byName().forEach((name, zone) -> {
                if (writers.contains(name)) {
                    unused.remove(name);
                    byHost.put(name, given(Optional.of(name), zone));
                    if (name.equals(hosts.get(source.source()))) {
                        bySource.put(source.source(), zone);
                    }
                }
            });
        }
    }

    private static Collection<String> writers(SourceNotes source, Map<String, String> hosts) {
        String only = hosts.get(source.source());
        return only == null ? source.hosts() : List.of(only);
    }

    /** The general finding; fills in those of hosts and sources that differ. */
    private ZoneFinding found(Collection<SourceNotes> notes, Map<String, String> hosts) {
        TreeMap<String, ZoneClue> bestByHost = new TreeMap<>();
        TreeMap<String, List<ZoneClue>> paired = new TreeMap<>();
        List<ZoneClue> best = new ArrayList<>();
        for (SourceNotes source : notes) {
            for (ZoneClue clue : source.zones().clues()) {
                best.add(clue);
                clue.host()
                        .or(() -> Optional.ofNullable(hosts.get(source.source())))
                        .ifPresent(host -> {
                            bestByHost.merge(host, clue, Zones::surer);
                            paired.computeIfAbsent(host, unused -> new ArrayList<>())
                                    .add(clue);
                        });
            }
            source.zones().clues().stream()
                    .filter(clue -> clue.host().isEmpty())
                    .min(ZoneClue::compareTo)
                    .ifPresent(clue -> bySource.put(source.source(), clue.offset()));
        }
        ZoneFinding most = best.stream()
                .min(ZoneClue::compareTo)
                .map(clue -> clue.finding(Optional.empty()))
                .orElseGet(() ->
                        new ZoneFinding(Optional.empty(), ZoneOffset.UTC, ZoneFinding.Basis.ASSUMED, Optional.empty()));
        bestByHost.forEach((host, clue) -> {
            if (!clue.offset().equals(most.zone())) {
                byHost.put(host, clue.finding(Optional.of(host)));
            }
        });
        bestByHost.forEach((host, clue) -> hosts.forEach((source, its) -> {
            if (its.equals(host)) {
                bySource.put(source, clue.offset());
            }
        }));
        paired.forEach((host, clues) -> seasonal(clues).ifPresent(zone -> {
            byHost.put(host, new ZoneFinding(Optional.of(host), zone, ZoneFinding.Basis.PAIRED, proof(clues)));
            hosts.forEach((source, its) -> {
                if (its.equals(host)) {
                    bySource.put(source, zone);
                }
            });
        }));
        return most;
    }

    /** The zone of a host for which the surest clues prove several offsets, one after the other. */
    private static Optional<ZoneId> seasonal(List<ZoneClue> clues) {
        ZoneClue.Kind surest = clues.stream()
                .map(ZoneClue::kind)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        List<ZoneClue> sure =
                clues.stream().filter(clue -> clue.kind() == surest).toList();
        boolean isSeasonal = sure.stream().map(ZoneClue::offset).distinct().count() > 1;
        return isSeasonal && sure.stream().noneMatch(clue -> clue.moments().isEmpty())
                ? SeasonalZone.showing(SeasonalZone.offsets(sure))
                : Optional.empty();
    }

    private static Optional<Origin> proof(List<ZoneClue> clues) {
        return clues.stream().min(Comparator.naturalOrder()).map(ZoneClue::origin);
    }

    private static ZoneClue surer(ZoneClue one, ZoneClue other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** The zone of local times in {@code source} whose lines name no host. */
    ZoneId of(String source) {
        return bySource.getOrDefault(source, general.zone());
    }

    /** The zones of hosts that differ from the general one. */
    SortedMap<String, ZoneId> byHost() {
        TreeMap<String, ZoneId> zones = new TreeMap<>();
        byHost.forEach((host, finding) -> zones.put(host, finding.zone()));
        return zones;
    }

    /** Names that a zone was given for and that are no host and no source. */
    SortedSet<String> unused() {
        return unused;
    }

    /** The general finding, then those of hosts that differ. */
    List<ZoneFinding> findings() {
        List<ZoneFinding> findings = new ArrayList<>();
        findings.add(general);
        findings.addAll(byHost.values());
        return List.copyOf(findings);
    }
}
