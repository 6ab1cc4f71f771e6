package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.LOCK_ACQUIRED;
import static io.failovertimeline.model.EventKind.PROMOTED;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Precision;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A member became leader.
 *
 * @param member who
 * @param oldLeader who led before; empty if unknown
 * @param proofs the member's own lines that say so, in order of time; where there are none, the first sample that shows it leading
 */
record Takeover(String member, Optional<String> oldLeader, List<Entry> proofs) {

    static final Comparator<Takeover> ORDER =
            Comparator.comparing(Takeover::firstProof).thenComparing(Takeover::member);

    Instant firstProof() {
        return proofs.get(0).at();
    }

    Instant lastProof() {
        return proofs.get(proofs.size() - 1).at();
    }

    /** How far what lies between this and {@code entry} may be wrong because clocks are; on the same host only by a step of its clock. */
    Duration clockErrorTo(Entry entry) {
        Duration own = proofs.get(0).clockError();
        return entry.by(member) ? own.minus(entry.clockError()).abs() : own.plus(entry.clockError());
    }

    /** Whether {@code someone} came or went in it. */
    boolean concerns(Optional<String> someone) {
        return someone.isPresent()
                && (oldLeader.equals(someone) || someone.get().equals(member));
    }

    boolean byAnotherMember() {
        return oldLeader.isPresent() && !oldLeader.get().equals(member);
    }

    /** When Patroni had taken the leader key, by the first line that it writes only then. */
    Optional<Instant> lockAcquiredAt() {
        return at(proofs.stream().filter(entry -> entry.provesAny(LOCK_ACQUIRED, EventKind.WATCHDOG)));
    }

    /** PostgreSQL's own word for the end of recovery, unless it is missing or coarser than Patroni's. */
    Optional<Instant> promotedAt() {
        Optional<Entry> postgres = finest(entry -> entry.proves(PROMOTED) && entry.from(Component.POSTGRESQL));
        Optional<Entry> patroni = finest(entry -> entry.proves(PROMOTED) && entry.proves(LOCK_ACQUIRED));
        if (postgres.isPresent() && patroni.isPresent()) {
            boolean coarser = precision(postgres.get()).compareTo(precision(patroni.get())) > 0
                    && precision(postgres.get()).isCoarse();
            return Optional.of((coarser ? patroni : postgres).get().at());
        }
        return postgres.or(() -> patroni).map(Entry::at);
    }

    Optional<Integer> timeline() {
        return proofs.stream()
                .filter(entry -> entry.proves(PROMOTED))
                .flatMap(entry -> entry.timeline().stream())
                .findFirst();
    }

    private Optional<Entry> finest(Predicate<Entry> condition) {
        return proofs.stream()
                .filter(condition)
                .min(Comparator.comparing(Takeover::precision).thenComparing(Entry::event));
    }

    /** The earliest of the finest: a stamp in whole seconds says less than one in milliseconds. */
    private static Optional<Instant> at(Stream<Entry> entries) {
        List<Entry> all = entries.toList();
        Stream<Entry> fine = all.stream().filter(entry -> !precision(entry).isCoarse());
        return fine.findFirst().or(() -> all.stream().findFirst()).map(Entry::at);
    }

    private static Precision precision(Entry entry) {
        return entry.event().precision();
    }
}
