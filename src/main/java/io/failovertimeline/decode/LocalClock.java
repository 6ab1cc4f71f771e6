package io.failovertimeline.decode;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** Turns local times of one zone into instants; quickly as long as they are between the same two changes of its offset. */
final class LocalClock {

    /** Answered for a time that its zone has twice or never, or has close to such a change. */
    static final long AMBIGUOUS = Long.MIN_VALUE;

    private final ZoneRules rules;
    private final boolean isFixed;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private int offset;

    LocalClock(ZoneId zone) {
        rules = zone.getRules();
        isFixed = zone instanceof ZoneOffset;
    }

    /** Whether the zone is an offset, not a place. */
    boolean isFixed() {
        return isFixed;
    }

    /** Seconds since 1970 when the clock on the wall shows {@code wallSecond}, which counts likewise. */
    long second(long wallSecond) {
        if (wallSecond < from || wallSecond >= to) {
            find(wallSecond);
        }
        return wallSecond >= from && wallSecond < to ? wallSecond - offset : AMBIGUOUS;
    }

    /** Finds the changes before and after, and what the offset is between them. */
    private void find(long wallSecond) {
        ZoneOffset its = rules.getOffset(LocalDateTime.ofEpochSecond(wallSecond, 0, ZoneOffset.UTC));
        Instant at = Instant.ofEpochSecond(wallSecond - its.getTotalSeconds());
        ZoneOffsetTransition before = rules.previousTransition(at);
        ZoneOffsetTransition after = rules.nextTransition(at);
        offset = its.getTotalSeconds();
        from = before == null ? Long.MIN_VALUE : Math.max(first(before), second(before));
        to = after == null ? Long.MAX_VALUE : Math.min(first(after), second(after));
    }

    private static long first(ZoneOffsetTransition change) {
        return change.getDateTimeBefore().toEpochSecond(ZoneOffset.UTC);
    }

    private static long second(ZoneOffsetTransition change) {
        return change.getDateTimeAfter().toEpochSecond(ZoneOffset.UTC);
    }
}
