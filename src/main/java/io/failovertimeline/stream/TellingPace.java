package io.failovertimeline.stream;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How much of a thread's time goes to telling what is known, so that reading goes on: a share, of which as much as was not used lately is kept
 * for a burst. The tasks of the thread take turns where that is not enough for all.
 */
final class TellingPace {

    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    /** Of what was not used, so much is kept. */
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final Set<Object> waiting = new LinkedHashSet<>();
    private long restUntilNanos = Long.MIN_VALUE;

    /** Whether {@code task}, which has something to tell, may do so at {@code now}, in milliseconds; if not, it is to ask again. */
    boolean isTurnOf(Object task, long now) {
        waiting.add(task);
        return nanos(now) >= restUntilNanos && waiting.iterator().next() == task;
    }

    /**
     * {@code task} told something.
     *
     * @param took so much time
     * @param rest for each moment of that, so many are left for all else
     * @param now when it was begun, in milliseconds
     */
    void told(Object task, Duration took, long rest, long now) {
        leave(task);
        long begin = Math.max(restUntilNanos, nanos(now) - KEPT.toNanos());
        restUntilNanos = Math.min(begin + took.toNanos() * rest, nanos(now) + LONGEST_REST.toNanos());
    }

    /** So long the thread tells at most before it reads on: what the longest rest makes up for. */
    static Duration mostAtOnce(long rest) {
        return LONGEST_REST.dividedBy(rest);
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    /** {@code task} does not ask again. */
    void leave(Object task) {
        waiting.remove(task);
    }
}
