package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.STREAM_STARTED;

import io.failovertimeline.model.Lsn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The WAL that an old leader had written and the new one did not have: from where the new timeline forks off to where the old
 * leader's log ended.
 *
 * @param atLeast bytes that were certainly left behind
 * @param atMost bytes that can have been; empty if nothing bounds them
 * @param end the line that tells where the old leader's log ended, or where at the latest
 * @param start the line that tells where the new timeline begins
 */
record LeftBehind(long atLeast, Optional<Long> atMost, Optional<Entry> end, Optional<Entry> start) {

    /** PostgreSQL's usual size of a segment. */
    private static final long SEGMENT = 16 << 20;

    /** More than the header of a segment and a checkpoint that is its first record. */
    private static final long BEGINNING = 0x100;

    private static final Set<String> OVERWRITTEN =
            Set.of("patroni.rewind-started", "postgresql.was-interrupted-in-recovery", "postgresql.backup-recovery");

    /** What was left behind in {@code takeover}; empty if no line tells a position. */
    static Optional<LeftBehind> in(Chronicle chronicle, Takeover takeover, Course course) {
        return takeover.oldLeader()
                .filter(old -> takeover.byAnotherMember())
                .flatMap(old -> new Search(chronicle, takeover, course, old).found());
    }

    Optional<Lsn> endAt() {
        return end.flatMap(LeftBehind::lsn);
    }

    Optional<Lsn> startAt() {
        return start.flatMap(LeftBehind::lsn);
    }

    List<Entry> proofs() {
        return Stream.of(start, end).flatMap(Optional::stream).toList();
    }

    private static Optional<Lsn> lsn(Entry entry) {
        return entry.event().field("lsn").flatMap(Lsn::parse);
    }

    private record Search(Chronicle chronicle, Takeover takeover, Course course, String old) {

        Optional<LeftBehind> found() {
            Optional<Entry> start = forkedOff().or(this::endOfReplay).or(this::endOfStream);
            Optional<Entry> end = endOfRecovery().or(this::endByPatroni).or(this::endOfStream);
            if (start.isEmpty() && end.isEmpty()) {
                return Optional.empty();
            }
            Optional<Long> bytes = start.flatMap(LeftBehind::lsn)
                    .flatMap(from -> end.flatMap(LeftBehind::lsn).map(to -> Math.max(0, to.minus(from))));
            boolean isExact = end.filter(this::isBound).isEmpty();
            long atLeast = isExact ? bytes.orElse(0L) : 0;
            return Optional.of(new LeftBehind(atLeast, bytes, end, start));
        }

        /** The fork as pg_rewind or the new leader's history file gives it. */
        private Optional<Entry> forkedOff() {
            return afterwards(entry -> (entry.says("patroni.rewind-diverged") || entry.says("patroni.primary-history"))
                            && isOnOldTimeline(entry))
                    .findFirst();
        }

        /** Where the new leader's replay found no more, if nothing was streamed to it after that. */
        private Optional<Entry> endOfReplay() {
            return chronicle.last(takeover.firstProof(), this::isEndOfReplay).filter(entry -> chronicle
                    .between(entry.at(), takeover.firstProof())
                    .noneMatch(later -> later.by(takeover.member()) && later.proves(STREAM_STARTED)));
        }

        private boolean isEndOfReplay(Entry entry) {
            return entry.by(takeover.member())
                    && entry.says("postgresql.end-of-wal-records")
                    && lsn(entry).isPresent()
                    && entry.at().isAfter(course.healthyUntil().minusSeconds(1));
        }

        /** An old leader that stops in good order sends all it has before it ends the stream. */
        private Optional<Entry> endOfStream() {
            return chronicle
                    .between(course.healthyUntil().minusSeconds(1), takeover.lastProof())
                    .filter(entry -> entry.by(takeover.member())
                            && entry.says("postgresql.end-of-wal")
                            && isOnOldTimeline(entry)
                            && course.circumstances().orderlyEndOfStream(entry))
                    .findFirst();
        }

        /** What the old leader's own recovery read before anything of the new timeline reached it. */
        private Optional<Entry> endOfRecovery() {
            Instant overwritten = afterwards(entry -> entry.by(old)
                            && (entry.proves(STREAM_STARTED)
                                    || OVERWRITTEN.contains(entry.event().rule())))
                    .map(Entry::at)
                    .findFirst()
                    .orElse(Instant.MAX);
            return afterwards(entry -> entry.by(old)
                            && entry.says("postgresql.end-of-wal-records")
                            && lsn(entry).isPresent()
                            && entry.at().isBefore(overwritten))
                    .findFirst();
        }

        private Optional<Entry> endByPatroni() {
            return afterwards(entry -> entry.by(old)
                            && entry.says("patroni.local-timeline")
                            && isOnOldTimeline(entry)
                            && lsn(entry).isPresent())
                    .findFirst();
        }

        /** Crash recovery in single-user mode goes on to a new segment: the log ended somewhere before. */
        private boolean isBound(Entry end) {
            return lsn(end).filter(at -> at.position() % SEGMENT < BEGINNING).isPresent();
        }

        private boolean isOnOldTimeline(Entry entry) {
            Optional<Integer> before = course.timelineBefore();
            return entry.timeline().isPresent()
                    && (before.isPresent()
                            ? entry.timeline().equals(before)
                            : !entry.timeline().equals(course.timelineAfter()));
        }

        private Stream<Entry> afterwards(Predicate<Entry> condition) {
            return course.afterwards().filter(condition);
        }
    }
}
