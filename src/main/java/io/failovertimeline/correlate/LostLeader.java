package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.BACKEND_UP;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LEADER_RACE;
import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.REFUSED;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.IncidentKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What others tell of a leader that is lost, while nobody else leads: that candidates looked for a new one, and, as long as nothing is
 * heard of it again, that they miss it.
 */
record LostLeader(Chronicle chronicle, Circumstances circumstances, String leader) {

    /** Its loss between two takeovers, or after the last; empty if nobody missed it. */
    Optional<Disturbance> between(Instant from, Instant to) {
        List<Entry> race = race(from, to);
        List<Entry> missed = to.equals(Instant.MAX) ? missed(from) : List.of();
        List<Entry> signs = Disturbance.inOrder(missed, race);
        if (signs.isEmpty()) {
            return Optional.empty();
        }
        Optional<Entry> recovery =
                race.stream().reduce((earlier, later) -> later).flatMap(last -> renewal(last, to));
        return Optional.of(new Disturbance(IncidentKind.LEADERLESS, leader, signs, recovery, Optional.empty()));
    }

    /** The first sample after {@code free}, when nobody held the key, of the leader holding it. */
    private Optional<Entry> renewal(Entry free, Instant to) {
        return chronicle
                .between(free.at(), to)
                .filter(entry -> entry.proves(HEARTBEAT)
                        && entry.leader().filter(leader::equals).isPresent()
                        && entry.event().field("role").isPresent())
                .findFirst();
    }

    /** Candidates looked for a new leader and none was found. */
    private List<Entry> race(Instant from, Instant to) {
        return chronicle
                .between(from, to)
                .filter(entry -> !entry.by(leader))
                .filter(entry -> entry.provesAny(REFUSED, LEADER_RACE)
                        || (entry.proves(LEADER_UNREACHABLE) && entry.about(leader) && entry.from(Component.PATRONI)))
                .filter(entry -> !entry.writer()
                        .filter(writer -> circumstances.duringBootstrap(writer, entry.at()))
                        .isPresent())
                .filter(entry -> chronicle
                        .last(
                                entry.at(),
                                sample -> sample.proves(HEARTBEAT)
                                        && sample.leader().isPresent())
                        .isPresent())
                .toList();
    }

    /** What others say of a leader after its last word, unless it is there again. */
    private List<Entry> missed(Instant from) {
        Optional<Entry> lastWord = chronicle.last(Instant.MAX, entry -> entry.by(leader));
        List<Entry> signs = chronicle
                .between(lastWord.map(Entry::at).filter(from::isBefore).orElse(from), Instant.MAX)
                .filter(entry -> isTakenOut(entry) || isStreamLost(entry))
                .filter(entry ->
                        lastWord.filter(word -> word.mayBeLaterThan(entry.at())).isEmpty())
                .toList();
        return signs.isEmpty() || isThereAgain(signs.get(0)) || !(foundGone(signs) || isOverdue(lastWord))
                ? List.of()
                : signs;
    }

    private boolean isTakenOut(Entry entry) {
        return circumstances.takenOut(entry, leader, leader);
    }

    private boolean isStreamLost(Entry entry) {
        return !entry.by(leader) && circumstances.lostStream(entry);
    }

    /** It was there before, and a balancer found it gone. */
    private boolean foundGone(List<Entry> signs) {
        return signs.stream().filter(this::isTakenOut).anyMatch(out -> chronicle
                .last(out.at(), entry -> entry.leader().filter(leader::equals).isPresent())
                .isPresent());
    }

    /** Patroni speaks in every round. */
    private boolean isOverdue(Optional<Entry> lastWord) {
        return lastWord.filter(word -> word.proves(HEARTBEAT)
                        && chronicle.end().orElseThrow().isAfter(word.at().plus(Runs.LONGEST_PAUSE)))
                .isPresent();
    }

    /** A key without its holder is gone after the ttl, so who is still seen to hold it then is there. */
    private boolean isThereAgain(Entry sign) {
        Predicate<Entry> holds = entry -> entry.proves(HEARTBEAT)
                && entry.leader().filter(leader::equals).isPresent()
                && entry.at().isAfter(sign.at().plus(ClusterAnalysis.USUAL_TTL));
        return chronicle
                .between(sign.at().plusNanos(1), Instant.MAX)
                .anyMatch(holds.or(entry ->
                        entry.proves(STREAM_STARTED) || (entry.proves(BACKEND_UP) && entry.has("server", leader))));
    }
}
