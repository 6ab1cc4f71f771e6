package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PostgreSQL's timelines before and after a takeover.
 *
 * @param previous the takeover before this one
 * @param healthyUntil the old leader's last sign of being well
 * @param until when the next takeover begins
 */
record Timelines(
        Chronicle chronicle, Takeover takeover, Optional<Takeover> previous, Instant healthyUntil, Instant until) {

    /** So long after a takeover those that follow the new leader tell of no other timeline than its own. */
    private static final Duration FOLLOWED = Duration.ofMinutes(5);

    /** An old leader may first stream what is left of its own timeline: the new one is the highest that is told soon after. */
    Optional<Integer> after() {
        return takeover.timeline().or(() -> between(
                        healthyUntil, earlier(until, takeover.lastProof().plus(FOLLOWED)))
                .filter(entry -> entry.proves(STREAM_STARTED)
                        || entry.says("patroni.primary-timeline")
                        || entry.says("postgresql.new-target-timeline"))
                .flatMap(entry -> entry.timeline().stream())
                .max(Comparator.naturalOrder())
                .filter(timeline -> !takeover.byAnotherMember()
                        || streamedUntil(healthyUntil, Integer.MAX_VALUE)
                                .filter(timeline::equals)
                                .isEmpty()));
    }

    /** The one that was streamed last before; else the one on which the old leader found itself afterwards. */
    Optional<Integer> before() {
        int below = takeover.byAnotherMember() ? after().orElse(Integer.MAX_VALUE) : Integer.MAX_VALUE;
        Optional<Integer> local = takeover.oldLeader().flatMap(old -> between(takeover.lastProof(), until)
                .filter(entry -> entry.by(old) && entry.says("patroni.local-timeline"))
                .flatMap(entry -> entry.timeline().stream())
                .findFirst()
                .filter(timeline -> timeline < below));
        return streamedUntil(takeover.firstProof(), below)
                .or(() -> previous.flatMap(Takeover::timeline))
                .or(() -> local);
    }

    private Optional<Integer> streamedUntil(Instant instant, int below) {
        return chronicle
                .last(
                        instant,
                        entry -> entry.provesAny(STREAM_STARTED, STREAM_LOST)
                                && !takeover.proofs().contains(entry)
                                && entry.timeline()
                                        .filter(timeline -> timeline < below)
                                        .isPresent())
                .filter(entry -> previous.map(Takeover::lastProof)
                        .filter(entry.at()::isBefore)
                        .isEmpty())
                .flatMap(Entry::timeline);
    }

    private Stream<Entry> between(Instant from, Instant to) {
        return chronicle.between(from, to);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
