package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.DEMOTION_STARTED;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LOCK_ACQUIRED;
import static io.failovertimeline.model.EventKind.PROMOTED;
import static io.failovertimeline.model.EventKind.PROMOTION_STARTED;
import static io.failovertimeline.model.EventKind.READY_RW;

import io.failovertimeline.model.EventKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who led the cluster when, and each change of it. */
final class Leadership {

    /** Proofs of one takeover stand closer together than this. */
    private static final Duration ONE_TAKEOVER = Duration.ofSeconds(30);

    /** The watchdog is armed right after the lock was taken; what is armed longer before belongs to something else. */
    private static final Duration WATCHDOG_LEAD = Duration.ofSeconds(10);

    /** A first leader is promoted within this time after its creation began. */
    private static final Duration CREATION = Duration.ofMinutes(10);

    /** How long a member may go on naming the leader that it saw at the beginning of its round. */
    private static final Duration STALE = Duration.ofSeconds(15);

    /** What only the holder of the lock writes: it arms its watchdog, or finds that there is none. */
    static final Set<String> ARMING = Set.of("patroni.watchdog-activated", "patroni.watchdog-not-activated");

    private static final EventKind[] PROOFS = {PROMOTED, LOCK_ACQUIRED, PROMOTION_STARTED};

    private final Chronicle chronicle;
    private final List<Takeover> takeovers;

    Leadership(Chronicle chronicle) {
        this.chronicle = chronicle;
        List<Takeover> all = new ArrayList<>(proven());
        all.addAll(sampled(all));
        all.sort(Takeover.ORDER);
        this.takeovers = List.copyOf(all);
    }

    List<Takeover> takeovers() {
        return takeovers;
    }

    private List<Takeover> proven() {
        List<List<Entry>> groups = new ArrayList<>();
        chronicle.stream()
                .filter(entry -> entry.writer().isPresent() && entry.provesAny(PROOFS))
                .forEach(entry -> {
                    Optional<List<Entry>> open = groups.stream()
                            .filter(group -> continues(group, entry))
                            .reduce((a, b) -> b);
                    open.ifPresentOrElse(group -> group.add(entry), () -> groups.add(new ArrayList<>(List.of(entry))));
                });
        return groups.stream()
                .filter(group -> group.stream().anyMatch(entry -> entry.provesAny(PROMOTED, LOCK_ACQUIRED)))
                .filter(group -> !wasTriedAgain(group, groups))
                .map(this::takeover)
                .filter(takeover ->
                        takeover.oldLeader().isPresent() || (promoted(takeover) && !createsCluster(takeover)))
                .toList();
    }

    /**
     * A promotion after which the member never accepted writes before its next one came to nothing. Patroni may hold the lock all the
     * while, so its word counts only where PostgreSQL's is not in the input.
     */
    private boolean wasTriedAgain(List<Entry> group, List<List<Entry>> all) {
        Entry last = group.get(group.size() - 1);
        String member = last.writer().orElseThrow();
        Optional<Instant> next = all.stream()
                .map(other -> other.get(0))
                .filter(entry -> entry.at().isAfter(last.at()))
                .min(Comparator.comparing(Entry::event))
                .filter(entry -> entry.by(member))
                .map(Entry::at);
        boolean databaseIsHeard = chronicle.stream().anyMatch(entry -> entry.by(member) && entry.proves(READY_RW));
        return next.filter(again -> chronicle
                        .between(group.get(0).at().minusMillis(1), again)
                        .filter(entry -> entry.by(member))
                        .noneMatch(entry -> databaseIsHeard ? entry.proves(READY_RW) : entry.leading()))
                .isPresent();
    }

    private static boolean promoted(Takeover takeover) {
        return takeover.proofs().stream().anyMatch(entry -> entry.proves(PROMOTED));
    }

    /** A cluster that is restored from a backup promotes its first leader, too. */
    private boolean createsCluster(Takeover takeover) {
        return chronicle
                .between(
                        takeover.firstProof().minus(CREATION),
                        takeover.lastProof().plus(ONE_TAKEOVER))
                .anyMatch(entry -> entry.by(takeover.member()) && entry.proves(EventKind.BOOTSTRAP));
    }

    private boolean continues(List<Entry> group, Entry entry) {
        Entry last = group.get(group.size() - 1);
        String member = entry.writer().orElseThrow();
        return last.by(member)
                && Duration.between(last.at(), entry.at()).compareTo(ONE_TAKEOVER) <= 0
                && chronicle
                        .between(last.at(), entry.at())
                        .noneMatch(between -> between.by(member) && between.provesAny(DEMOTED, DEMOTION_STARTED));
    }

    private Takeover takeover(List<Entry> group) {
        String member = group.get(0).writer().orElseThrow();
        Instant begin = group.get(0).at();
        List<Entry> proofs = new ArrayList<>(group);
        chronicle
                .between(begin.minus(WATCHDOG_LEAD), group.get(group.size() - 1).at())
                .filter(entry ->
                        entry.by(member) && ARMING.contains(entry.event().rule()))
                .findFirst()
                .ifPresent(proofs::add);
        proofs.sort(Comparator.comparing(Entry::event));
        return new Takeover(member, leaderBefore(member, proofs.get(0).at()), proofs);
    }

    /** Patroni's samples come first; where there are none, the peer that could not be reached, or who last accepted writes. */
    private Optional<String> leaderBefore(String member, Instant at) {
        Optional<String> unreachable = chronicle
                .last(
                        at,
                        entry -> entry.proves(EventKind.LEADER_UNREACHABLE)
                                && entry.by(member)
                                && entry.peer().isPresent())
                .filter(entry -> entry.at().isAfter(at.minus(ONE_TAKEOVER)))
                .flatMap(Entry::peer);
        Optional<String> writable = chronicle
                .last(at, entry -> entry.proves(READY_RW) && entry.writer().isPresent() && !entry.mayBeLaterThan(at))
                .flatMap(Entry::writer);
        return chronicle
                .last(
                        at,
                        entry -> entry.proves(HEARTBEAT)
                                && entry.leader().isPresent()
                                && !tellsOfTheTakeover(entry, member, at))
                .flatMap(Entry::leader)
                .or(() -> unreachable)
                .or(() -> writable);
    }

    /** A peer may see the new leader before that says so itself; and a coarse stamp may lie. */
    private static boolean tellsOfTheTakeover(Entry sample, String member, Instant at) {
        boolean namesNewLeader = sample.leader().filter(member::equals).isPresent();
        return namesNewLeader
                && (sample.by(member) ? sample.mayBeLaterThan(at) : sample.at().isAfter(at.minus(STALE)));
    }

    /** Changes that only the samples show: the new leader's own lines are not in the input. */
    private List<Takeover> sampled(List<Takeover> proven) {
        List<Entry> samples = chronicle.stream()
                .filter(entry -> entry.proves(HEARTBEAT) && entry.leader().isPresent() && !entry.provesAny(PROOFS))
                .toList();
        List<Takeover> found = new ArrayList<>();
        Optional<Entry> before = Optional.empty();
        for (int i = 0; i < samples.size(); i++) {
            Entry sample = samples.get(i);
            if (before.isPresent() && !before.get().leader().equals(sample.leader())) {
                String member = sample.leader().orElseThrow();
                if (!confirmed(samples, i)) {
                    continue;
                }
                Instant from = before.get().at().minus(STALE);
                boolean known = proven.stream()
                        .anyMatch(takeover -> takeover.member().equals(member)
                                && !takeover.lastProof().isBefore(from)
                                && !takeover.firstProof().isAfter(sample.at().plus(STALE)));
                if (!known) {
                    found.add(new Takeover(member, before.get().leader(), List.of(sample)));
                }
            }
            before = Optional.of(sample);
        }
        return found;
    }

    /** One sample may be stale: either the member says it of itself, or the next sample agrees, or it can't be, as it is the first of it. */
    private static boolean confirmed(List<Entry> samples, int i) {
        Optional<String> leader = samples.get(i).leader();
        boolean isLast = i + 1 == samples.size();
        return samples.get(i).leading()
                || (!isLast && samples.get(i + 1).leader().equals(leader))
                || (isLast
                        && samples.subList(0, i).stream()
                                .noneMatch(sample -> sample.leader().equals(leader)));
    }
}
