package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.DCS_LOST;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LOCK_ACQUIRED;

import io.failovertimeline.model.Component;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which members could reach the DCS while one of them could not.
 *
 * @param member the one that could not
 * @param from when its trouble had begun
 * @param to when it was over
 */
record DcsReach(Chronicle chronicle, String member, Instant from, Instant to) {

    /** Another member's word that it could not reach the DCS either. */
    Optional<Entry> lostByPeer() {
        return chronicle
                .between(from.minus(Runs.LONGEST_PAUSE), to)
                .filter(entry -> !entry.by(member) && entry.writer().isPresent())
                .filter(entry -> Signs.ofLostDcs(entry) || triedAllServers(entry))
                .findFirst();
    }

    /** One server that does not answer means little; a member that asked several in vain has lost the DCS. */
    private boolean triedAllServers(Entry entry) {
        return entry.says("patroni.dcs-machines-failed")
                && chronicle
                                .between(from.minus(Runs.LONGEST_PAUSE), to)
                                .filter(other -> other.says("patroni.dcs-machines-failed")
                                        && other.writer().equals(entry.writer()))
                                .map(other -> other.event().field("address").orElse(""))
                                .distinct()
                                .limit(2)
                                .count()
                        > 1;
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
