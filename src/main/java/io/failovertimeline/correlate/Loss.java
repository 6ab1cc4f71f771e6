package io.failovertimeline.correlate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a leader lost its lock.
 *
 * @param old the old leader
 * @param taker who took over; empty if the same member led again
 * @param healthyUntil the old leader's last sign of being well
 * @param lost when the lock was taken anew
 * @param until when the old leader's words begin to be about something else
 * @param renewedAt the old leader's last heartbeat; empty if it is not in the input
 * @param ttl how long the key lives without renewal; empty if unknown
 * @param clockError how far the hosts' clocks may be apart in spite of their correction
 * @param once whether the old leader lost the lead only this once, so that a mark without a time can't mean another loss
 */
record Loss(
        String old,
        Optional<String> taker,
        Instant healthyUntil,
        Instant lost,
        Instant until,
        Optional<Entry> renewedAt,
        Optional<Duration> ttl,
        Duration clockError,
        boolean once) {

    /** Patroni does not accept a shorter ttl. */
    private static final Duration SHORTEST_TTL = Duration.ofSeconds(20);

    /** By how much hosts' clocks may be apart without any line that proves it. */
    private static final Duration UNNOTICED_OFFSET = Duration.ofSeconds(5);

    boolean toAnother() {
        return taker.isPresent();
    }

    /** The last heartbeat, if the lock was taken too soon after it for the key to have expired, by whatever clocks. */
    Optional<Entry> renewedTooLateToExpire() {
        return renewedAt.filter(renewal -> renewal.at()
                .plus(ttl.orElse(SHORTEST_TTL))
                .minus(UNNOTICED_OFFSET)
                .minus(clockError)
                .isAfter(lost));
    }
}
