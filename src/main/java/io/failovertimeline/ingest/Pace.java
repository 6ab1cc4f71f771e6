package io.failovertimeline.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** When a record's turn has come. */
@FunctionalInterface
public interface Pace {

    /** Every record at once. */
    Pace UNLIMITED = at -> {};

    /** Waits until a record of event time {@code at} may be sent. */
    void await(Instant at) throws InterruptedException;

    /** How a pace passes the time. */
    @FunctionalInterface
    interface Sleep {
        /** Returns after {@code time}. */
        void sleep(Duration time) throws InterruptedException;
    }

    /**
     * Keeps the distances between event times, {@code speed} times as fast. The first record sets the beginning; a record earlier
     * than the ones before it is sent at once.
     */
    static Pace times(double speed, InstantSource clock) {
        return times(speed, clock, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    /** The same, with another way to pass the time. */
    static Pace times(double speed, InstantSource clock, Sleep sleep) {
        return new Pace() {
            private Optional<Instant> firstEvent = Optional.empty();
            private Instant begun = Instant.EPOCH;

            @Override
            public void await(Instant at) throws InterruptedException {
                if (firstEvent.isEmpty()) {
                    firstEvent = Optional.of(at);
                    begun = clock.instant();
                }
                long sinceFirst = Duration.between(firstEvent.get(), at).toMillis();
                Instant due = begun.plusMillis(Math.round(sinceFirst / speed));
                Duration ahead = Duration.between(clock.instant(), due);
                if (!ahead.isNegative() && !ahead.isZero()) {
                    sleep.sleep(ahead);
                }
            }
        };
    }
}
