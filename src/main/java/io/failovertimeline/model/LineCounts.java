package io.failovertimeline.model;

/**
 * What became of the physical lines of an input. Each line is counted once; what continues another counts as that does.
 *
 * @param recognized lines that prove something, and results of requests
 * @param knownNoise lines that a catalog entry knows to be of no use, blank ones, and what load generators write beside results
 * @param unrelated lines of programs that the catalog does not cover
 * @param unknown lines of a covered program that no entry matches, and text that is no log line at all
 * @param rejected lines that claim a format and break it
 */
public record LineCounts(long recognized, long knownNoise, long unrelated, long unknown, long rejected) {

    /** No lines at all. */
    public static final LineCounts NONE = new LineCounts(0, 0, 0, 0, 0);

    /** {@code count} lines of one class. */
    public static LineCounts of(LineClass what, long count) {
        return new LineCounts(
                what == LineClass.RECOGNIZED ? count : 0,
                what == LineClass.KNOWN_NOISE ? count : 0,
                what == LineClass.UNRELATED ? count : 0,
                what == LineClass.UNKNOWN ? count : 0,
                what == LineClass.REJECTED ? count : 0);
    }

    /** All lines. */
    public long lines() {
        return recognized + noise() + unknown + rejected;
    }

    /** Lines that are of no use, for whatever reason. */
    public long noise() {
        return knownNoise + unrelated;
    }

    /** Whether any line was in a form that the program knows. */
    public boolean anyUnderstood() {
        return recognized + knownNoise > 0;
    }

    /** These and {@code others}. */
    public LineCounts plus(LineCounts others) {
        return new LineCounts(
                recognized + others.recognized,
                knownNoise + others.knownNoise,
                unrelated + others.unrelated,
                unknown + others.unknown,
                rejected + others.rejected);
    }
}
