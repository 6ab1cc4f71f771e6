package io.failovertimeline.cli;

import io.failovertimeline.gate.Verdict;

/** What the shell is told. */
public final class ExitCode {

    /** All went well. */
    public static final int FINE = 0;

    /** An expectation did not hold. */
    public static final int EXPECTATION_FAILED = 1;

    /** A line that was to be explained is one that no catalog entry takes. */
    public static final int NOT_TAKEN = 1;

    /** Wrong usage, or input that can't be read. */
    public static final int UNUSABLE = 2;

    /** A mistake of this program. */
    public static final int INTERNAL_ERROR = 3;

    /** Expectations can't be told from what the input holds. */
    public static final int EXPECTATION_UNKNOWN = 4;

    private ExitCode() {}

    /** The code for what became of expectations. */
    static int of(Verdict verdict) {
        return switch (verdict) {
            case PASS -> FINE;
            case UNKNOWN -> EXPECTATION_UNKNOWN;
            case FAIL -> EXPECTATION_FAILED;
        };
    }
}
