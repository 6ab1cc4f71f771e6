package io.failovertimeline.decode;

/** How far apart a member's rounds are by its heartbeats, in whole seconds as Patroni counts its {@code loop_wait}: what the last of them agree on. */
public final class RoundPace {

    /** Fewer rounds than this tell nothing. */
    static final int LEAST = 5;

    /** Copies of one line are nearer than this, rounds are not: a second is the least that Patroni accepts. */
    private static final long COPY_MILLIS = 500;

    /** How far rounds are from the usual one. */
    private static final long JITTER_MILLIS = 150;

    private long latest;
    private long seconds;
    private int steady;

    /** Begins with a heartbeat at {@code millis} since 1970. */
    public RoundPace(long millis) {
        latest = millis;
    }

    /** The next heartbeat came at {@code millis} since 1970. */
    public void next(long millis) {
        long gap = millis - latest;
        if (isCopy(gap)) {
            return;
        }
        long nearest = seconds(gap);
        boolean isWhole = isNear(gap, nearest);
        steady = isWhole && nearest == seconds ? steady + 1 : isWhole ? 1 : 0;
        seconds = nearest;
        latest = millis;
    }

    /** Seconds from round to round; 0 as long as that is not known. */
    public long seconds() {
        return steady < LEAST ? 0 : seconds;
    }

    static boolean isCopy(long gapMillis) {
        return gapMillis <= COPY_MILLIS;
    }

    static long seconds(long gapMillis) {
        return Math.round(gapMillis / 1000.0);
    }

    static boolean isNear(long gapMillis, long seconds) {
        return Math.abs(gapMillis - seconds * 1000) <= JITTER_MILLIS;
    }
}
