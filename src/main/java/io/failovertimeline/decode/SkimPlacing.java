package io.failovertimeline.decode;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Puts a skimmed line on the time axis, exactly where {@link Placing} would, or leaves it to that. */
final class SkimPlacing {

    private static final long NANOS = 1_000_000_000L;
    private static final long QUARTER = 900;
    private static final long ON_THE_WAY = 120;
    private static final long SAME_SECOND = 2;

    /** Of a time without a year: closer than this to the instant it is to be near, no other year comes closer. */
    private static final long HALF_A_YEAR = Duration.ofDays(180).toSeconds();

    private final boolean hasNear;
    private final long near;
    private final int yearNear;

    /** What {@link #ownSecond} and {@link #envelopeSecond} found. */
    private long second;

    /**
     * Places the lines of one input.
     *
     * @param givenNear as of {@link Hints#near()}
     */
    SkimPlacing(Optional<Instant> givenNear) {
        hasNear = givenNear.isPresent();
        near = givenNear.orElse(Instant.EPOCH).getEpochSecond();
        yearNear = givenNear.orElse(Instant.EPOCH).atZone(ZoneOffset.UTC).getYear();
    }

    /** Places a line that has only one time, its envelope's or its program's own; tells whether it could. */
    boolean place(ByteTime only, LocalClock clock, Skim skim) {
        return envelopeSecond(only, clock, hasNear, near, yearNear)
                && skim.at(second, only.nano(), only.fractionDigits());
    }

    /**
     * Places a line that has its program's own time too; tells whether it could.
     *
     * @param own has a year
     * @param ownZone the usual offset of the zone that the program named, in seconds; empty if it named none
     */
    boolean place(ByteTime envelope, ByteTime own, Optional<Integer> ownZone, LocalClock clock, Skim skim) {
        if (!ownSecond(envelope, own, ownZone, clock)) {
            return false;
        }
        long byProgram = second;
        if (own.fractionDigits() > 0) {
            return skim.at(byProgram, own.nano(), own.fractionDigits());
        }
        int year = Instant.ofEpochSecond(byProgram).atZone(ZoneOffset.UTC).getYear();
        if (!envelopeSecond(envelope, clock, true, byProgram, year)) {
            return false;
        }
        boolean isFiner = envelope.fractionDigits() > 0 && isWithin(second - byProgram, envelope.nano(), SAME_SECOND);
        return isFiner ? skim.at(second, envelope.nano(), envelope.fractionDigits()) : skim.at(byProgram, 0, 0);
    }

    private boolean ownSecond(ByteTime envelope, ByteTime own, Optional<Integer> ownZone, LocalClock clock) {
        if (own.isAbsolute()) {
            second = own.second();
            return true;
        }
        if (envelope.isAbsolute() && isProven(envelope, own)) {
            return true;
        }
        if (ownZone.isPresent() && clock.isFixed()) {
            second = own.wallSecond() - ownZone.get();
            return true;
        }
        second = clock.second(own.wallSecond());
        return second != LocalClock.AMBIGUOUS;
    }

    /** As {@link Placing#provenOffset}. */
    private boolean isProven(ByteTime envelope, ByteTime own) {
        long ahead = own.wallSecond() - envelope.second();
        int aheadNanos = own.nano() - envelope.nano();
        long quarters = Math.floorDiv(ahead + QUARTER / 2, QUARTER);
        second = own.wallSecond() - quarters * QUARTER;
        return quarters >= -12 * 4
                && quarters <= 14 * 4
                && Math.abs(((ahead - quarters * QUARTER) * NANOS) + aheadNanos) < ON_THE_WAY * NANOS;
    }

    private boolean envelopeSecond(ByteTime envelope, LocalClock clock, boolean isNear, long close, int yearClose) {
        if (envelope.isAbsolute()) {
            second = envelope.second();
            return true;
        }
        if (envelope.hasYear()) {
            second = clock.second(envelope.wallSecond());
            return second != LocalClock.AMBIGUOUS;
        }
        return isNear
                && (isIn(yearClose, envelope, clock, close)
                        || isIn(yearClose - 1, envelope, clock, close)
                        || isIn(yearClose + 1, envelope, clock, close));
    }

    private boolean isIn(int year, ByteTime envelope, LocalClock clock, long close) {
        long wallSecond = envelope.wallSecondIn(year);
        if (Math.abs(wallSecond - close) > HALF_A_YEAR) {
            return false;
        }
        second = clock.second(wallSecond);
        return second != LocalClock.AMBIGUOUS && Math.abs(second - close) < HALF_A_YEAR;
    }

    /** Whether {@code seconds} and {@code nanos} are together no more than {@code most} seconds, either way. */
    private static boolean isWithin(long seconds, int nanos, long most) {
        return Math.abs(seconds) <= most + 1 && Math.abs((seconds * NANOS) + nanos) <= most * NANOS;
    }
}
