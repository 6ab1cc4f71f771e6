package io.failovertimeline.model;

import java.util.List;
import java.util.Optional;

/**
 * How much WAL of the old leader the new one did not have. It is bytes of the log, not of committed transactions: a checkpoint or a
 * transaction that was never confirmed to anybody counts as well.
 *
 * @param atLeast bytes that were certainly left behind
 * @param atMost bytes that can have been; empty if nothing bounds them
 * @param oldLeaderEnd where the old leader's log ended, or where it ended at the latest; empty if unknown
 * @param newLeaderStart where the new leader's timeline begins
 * @param evidence indexes, from 0, into the incident's events
 */
public record DataLoss(
        long atLeast,
        Optional<Long> atMost,
        Optional<Lsn> oldLeaderEnd,
        Optional<Lsn> newLeaderStart,
        List<Integer> evidence) {

    public DataLoss {
        evidence = List.copyOf(evidence);
        if (atMost.filter(most -> most < atLeast).isPresent()) {
            throw new IllegalArgumentException("at least " + atLeast + " and at most " + atMost.get());
        }
    }

    /** Whether the amount is known to the byte. */
    public boolean isExact() {
        return atMost.filter(most -> most == atLeast).isPresent();
    }
}
