package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.LOCK_RELEASED;
import static io.failovertimeline.model.EventKind.READY_RW;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.DualLeaders.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether an old leader accepted writes after the new one did.
 *
 * @param verdict how sure that is
 * @param from when the new leader accepted writes
 * @param to until when the old one did, or may have; {@code from} where it is excluded
 * @param proof the line that tells
 */
record BothLeading(Verdict verdict, Instant from, Instant to, Entry proof) {

    /** The verdict on {@code takeover}; empty if the old leader is unknown or was not heard of any more. */
    static Optional<BothLeading> in(
            Chronicle chronicle, Takeover takeover, Course course, Optional<LeftBehind> leftBehind) {
        Instant since = Course.later(
                course.promotedAt().orElse(takeover.lastProof()),
                course.readyAt().orElse(Instant.MIN));
        return takeover.oldLeader()
                .filter(old -> takeover.byAnotherMember())
                .flatMap(old -> new Search(chronicle, takeover, course, old, since).verdict(leftBehind));
    }

    private record Search(Chronicle chronicle, Takeover takeover, Course course, String old, Instant since) {

        Optional<BothLeading> verdict(Optional<LeftBehind> leftBehind) {
            return late().or(() -> stopped()
                            .or(() -> leftBehind.flatMap(this::wroteNoMore))
                            .map(end -> new BothLeading(Verdict.EXCLUDED, since, since, end)))
                    .or(this::possible);
        }

        /** An old leader that finds its lock lost had accepted writes until then; within the error of clocks, that is not proven. */
        private Optional<BothLeading> late() {
            return chronicle
                    .between(course.healthyUntil(), course.end())
                    .filter(entry -> entry.by(old))
                    .filter(entry -> Signs.ofLateDemotion(entry)
                            || Signs.ofStop(entry)
                            || Signs.ofCrash(entry)
                            || Signs.ofNewStart(entry))
                    .findFirst()
                    .filter(entry -> Signs.ofLateDemotion(entry) && entry.at().isAfter(since))
                    .map(entry -> new BothLeading(
                            entry.at().minus(takeover.clockErrorTo(entry)).isAfter(since)
                                    ? Verdict.PROVEN
                                    : Verdict.POSSIBLE,
                            since,
                            entry.at(),
                            entry));
        }

        private Optional<Entry> stopped() {
            return chronicle
                    .between(course.healthyUntil(), since)
                    .filter(entry -> !entry.mayBeLaterThan(since.minus(takeover.clockErrorTo(entry)))
                            && (endsWrites(entry) || showsItDown(entry)))
                    .filter(entry -> chronicle
                            .between(entry.at(), since)
                            .noneMatch(later -> later.by(old) && later.proves(READY_RW)))
                    .findFirst();
        }

        private boolean endsWrites(Entry entry) {
            return entry.by(old)
                    && (entry.provesAny(DEMOTED, LOCK_RELEASED)
                            || entry.says("postgresql.shut-down")
                            || entry.says("postgresql.shutdown-requested")
                            || Signs.ofCrash(entry));
        }

        /** A primary that stops in good order ends its streams when nobody can write any more; one that is gone refuses. */
        private boolean showsItDown(Entry entry) {
            boolean endOfStream = !entry.by(old) && course.circumstances().orderlyEndOfStream(entry);
            boolean refused = entry.from(Component.POSTGRESQL) && entry.about(old) && entry.has("reason", "REFUSED");
            return endOfStream || refused;
        }

        /** Its log ends where the new timeline begins. */
        private Optional<Entry> wroteNoMore(LeftBehind left) {
            boolean nothing = left.atMost().filter(most -> most == 0).isPresent();
            return left.end().filter(end -> nothing && end.by(old));
        }

        private Optional<BothLeading> possible() {
            return chronicle
                    .first(since, entry -> entry.by(old) && entry.at().isAfter(since))
                    .filter(entry -> !entry.at().isAfter(course.end()))
                    .map(entry -> new BothLeading(Verdict.POSSIBLE, since, entry.at(), entry));
        }
    }
}
