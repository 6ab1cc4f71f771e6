package io.failovertimeline.decode;

import io.failovertimeline.model.ZoneFinding;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** In which zones the input's local times are: one for all, and those of hosts and sources that differ. */
final class Zones {

    private final ZoneFinding general;
    private final TreeMap<String, ZoneFinding> byHost = new TreeMap<>();
    private final TreeMap<String, ZoneId> bySource = new TreeMap<>();

    /**
     * What {@code notes} tell.
     *
     * @param hosts of sources whose lines do not name their host
     * @param given the user's word, against which nothing counts
     */
    Zones(Collection<SourceNotes> notes, Map<String, String> hosts, Optional<ZoneId> given) {
        if (given.isPresent()) {
            general = new ZoneFinding(Optional.empty(), given.get(), ZoneFinding.Basis.GIVEN, Optional.empty());
            return;
        }
        TreeMap<String, ZoneClue> bestByHost = new TreeMap<>();
        List<ZoneClue> best = new ArrayList<>();
        for (SourceNotes source : notes) {
            for (ZoneClue clue : source.zones().clues()) {
                best.add(clue);
                clue.host()
                        .or(() -> Optional.ofNullable(hosts.get(source.source())))
                        .ifPresent(host -> bestByHost.merge(host, clue, Zones::surer));
            }
            source.zones().clues().stream()
                    .filter(clue -> clue.host().isEmpty())
                    .min(ZoneClue::compareTo)
                    .ifPresent(clue -> bySource.put(source.source(), clue.offset()));
        }
        general = best.stream()
                .min(ZoneClue::compareTo)
                .map(clue -> clue.finding(Optional.empty()))
                .orElseGet(() ->
                        new ZoneFinding(Optional.empty(), ZoneOffset.UTC, ZoneFinding.Basis.ASSUMED, Optional.empty()));
        bestByHost.forEach((host, clue) -> {
            if (!clue.offset().equals(general.zone())) {
                byHost.put(host, clue.finding(Optional.of(host)));
            }
        });
        bestByHost.forEach((host, clue) -> hosts.forEach((source, its) -> {
            if (its.equals(host)) {
                bySource.put(source, clue.offset());
            }
        }));
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

    /** The general finding, then those of hosts that differ. */
    List<ZoneFinding> findings() {
        List<ZoneFinding> findings = new ArrayList<>();
        findings.add(general);
        findings.addAll(byHost.values());
        return List.copyOf(findings);
    }
}
