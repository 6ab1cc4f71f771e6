package io.failovertimeline.gate;

/** Whether an expectation held; of several, the worst counts, and the later one here is the worse. */
public enum Verdict {
    PASS,
    /** The input does not tell. */
    UNKNOWN,
    FAIL;

    /** The worse of both. */
    public Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    static Verdict of(boolean holds) {
        return holds ? PASS : FAIL;
    }
}
