package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.PROMOTED;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Danger;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What harms after a takeover by another member, or need not have been.
 *
 * @param course the takeover's course
 * @param earlier the takeovers before it
 * @param told the incidents before it
 */
record Dangers(Chronicle chronicle, Takeover takeover, Course course, List<Takeover> earlier, List<Incident> told) {

    /** So many changes of the leader within so much time are no coincidence. */
    private static final int MANY = 3;

    private static final Duration WITHIN = Duration.ofMinutes(15);

    /** Its standbys see the end of a stream this soon after a demotion, or never. */
    private static final Duration DEMOTION = Duration.ofSeconds(10);

    record Found(Danger.Code code, String explanation, List<Entry> proofs) {
        Danger in(Story story) {
            return new Danger(code, explanation, story.indexesOf(proofs));
        }
    }

    List<Found> found(IncidentKind kind, Reason reason) {
        return Stream.of(openedTwice(), flapping(kind), unneeded(reason))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A member that had heard nothing of a timeline opens the same once more: ids are only counted up. */
    private Optional<Found> openedTwice() {
        return opening(takeover).flatMap(mine -> earlier.stream()
                .filter(other -> !other.member().equals(takeover.member()))
                .flatMap(other -> opening(other).stream()
                        .filter(first -> first.timeline().equals(mine.timeline()))
                        .map(first -> new Found(
                                Danger.Code.TIMELINE_OPENED_TWICE,
                                other.member() + " and " + takeover.member() + " both opened timeline "
                                        + mine.timeline().orElseThrow()
                                        + ": two histories with one id, so that whoever followed the one takes the other"
                                        + " for its own. Compare " + other.member() + " with " + takeover.member()
                                        + ", or rebuild it.",
                                List.of(first, mine))))
                .findFirst());
    }

    private static Optional<Entry> opening(Takeover takeover) {
        return takeover.proofs().stream()
                .filter(entry -> entry.proves(PROMOTED) && entry.timeline().isPresent())
                .findFirst();
    }

    private Optional<Found> flapping(IncidentKind kind) {
        Instant from = takeover.firstProof().minus(WITHIN);
        List<Instant> changes = new ArrayList<>(told.stream()
                .filter(incident -> incident.kind() == IncidentKind.FAILOVER)
                .map(incident ->
                        incident.lockAcquiredAt().or(incident::promotedAt).orElse(incident.startedAt()))
                .filter(at -> !at.isBefore(from))
                .sorted()
                .toList());
        changes.add(takeover.firstProof());
        return Optional.of(changes)
                .filter(all -> kind == IncidentKind.FAILOVER && all.size() >= MANY)
                .map(all -> new Found(
                        Danger.Code.FLAPPING,
                        "The leader changed " + all.size() + " times within "
                                + Duration.between(all.get(0), takeover.firstProof())
                                        .toSeconds()
                                + " s without anybody asking for it.",
                        takeover.proofs().subList(0, 1)));
    }

    /** Patroni demoted a PostgreSQL that its standbys streamed from until the very end. */
    private Optional<Found> unneeded(Reason reason) {
        Optional<String> old = takeover.oldLeader().filter(member -> takeover.byAnotherMember());
        return old.filter(member -> reason.proofs().stream().anyMatch(Signs::ofLostDcs))
                .flatMap(member -> demotion(member).flatMap(demotion -> chronicle
                        .between(demotion.at(), demotion.at().plus(DEMOTION))
                        .filter(entry ->
                                !entry.by(member) && course.circumstances().orderlyEndOfStream(entry))
                        .findFirst()
                        .map(end -> new Found(
                                Danger.Code.UNNEEDED_FAILOVER,
                                "PostgreSQL on " + member
                                        + " was well, and its standby streamed from it until Patroni stopped it: only the DCS"
                                        + " was out of its reach. With failsafe mode it would have gone on.",
                                List.of(demotion, end)))));
    }

    private Optional<Entry> demotion(String member) {
        return chronicle
                .between(course.healthyUntil(), takeover.firstProof())
                .filter(entry -> entry.by(member)
                        && entry.from(Component.PATRONI)
                        && (entry.says("patroni.demoted-dcs-lost") || entry.says("patroni.demoting-dcs-lost")))
                .findFirst();
    }
}
