package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.DCS_LOST;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LOCK_ACQUIRED;

import io.failovertimeline.model.Component;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which members could reach the DCS while one of them could not.
 *
 * @param member the one that could not
 * @param from when its trouble had begun
 * @param to when it was over
 */
record DcsReach(Chronicle chronicle, String member, Instant from, Instant to) {

    /** The DCS elects a leader in less, and answers nobody meanwhile. */
    private static final Duration ELECTION = Duration.ofSeconds(10);

    /** Another member's word that it could not reach the DCS either. */
    Optional<Entry> lostByPeer() {
        Map<String, List<Entry>> inVain = serversAskedInVain();
        return around().filter(entry -> !entry.by(member))
                .filter(entry -> entry.writer()
                        .filter(peer -> Signs.ofLostDcs(entry)
                                || (isServersFailure(entry)
                                        && isLost(
                                                inVain.getOrDefault(peer, List.of()),
                                                inVain.getOrDefault(member, List.of()))))
                        .isPresent())
                .findFirst();
    }

    /** One server that does not answer means little; a member that asks several in vain, all or for long, has lost the DCS. */
    private static boolean isLost(List<Entry> failures, List<Entry> ofMember) {
        Set<String> servers = servers(failures);
        return servers.size() > 1
                && (servers.containsAll(servers(ofMember))
                        || Duration.between(
                                                failures.get(0).at(),
                                                failures.get(failures.size() - 1)
                                                        .at())
                                        .compareTo(ELECTION)
                                > 0);
    }

    private static Set<String> servers(List<Entry> failures) {
        return failures.stream()
                .flatMap(entry -> entry.event().field("address").stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, List<Entry>> serversAskedInVain() {
        return around().filter(
                        entry -> isServersFailure(entry) && entry.writer().isPresent())
                .collect(Collectors.groupingBy(
                        entry -> entry.writer().orElseThrow(), TreeMap::new, Collectors.toList()));
    }

    private static boolean isServersFailure(Entry entry) {
        return entry.proves(DCS_LOST)
                && entry.from(Component.PATRONI)
                && entry.event().field("address").isPresent();
    }

    private Stream<Entry> around() {
        return chronicle.between(from.minus(Runs.LONGEST_PAUSE), to);
    }

    /** A word of another member that used the DCS meanwhile and never complained of it; it may end a run that began before. */
    Optional<Entry> reachedByPeer() {
        Set<String> others = chronicle
                .between(from, Instant.MAX)
                .filter(entry -> entry.from(Component.PATRONI))
                .flatMap(entry -> entry.writer().stream())
                .filter(writer -> !writer.equals(member))
                .collect(Collectors.toCollection(TreeSet::new));
        return others.stream().flatMap(other -> reachedBy(other).stream()).findFirst();
    }

    private Optional<Entry> reachedBy(String other) {
        boolean complained = chronicle
                .between(from.minus(Runs.LONGEST_PAUSE), to.plus(Runs.LONGEST_PAUSE))
                .anyMatch(entry -> entry.by(other) && entry.proves(DCS_LOST));
        if (complained) {
            return Optional.empty();
        }
        return chronicle
                .between(from, Instant.MAX)
                .filter(entry ->
                        entry.by(other) && usesDcs(entry) && !entry.since().isAfter(to))
                .findFirst();
    }

    private static boolean usesDcs(Entry entry) {
        return entry.proves(LOCK_ACQUIRED)
                || (entry.proves(HEARTBEAT)
                        && entry.from(Component.PATRONI)
                        && entry.leader().isPresent());
    }
}
