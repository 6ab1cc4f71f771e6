package io.failovertimeline.gate;

import java.util.List;

/**
 * What became of all expectations.
 *
 * @param name of the expectations, as a rule their file
 * @param checks in the order of the file
 */
public record GateResult(String name, List<Check> checks) {

    public GateResult {
        checks = List.copyOf(checks);
    }

    /** Whether all held. */
    public Verdict verdict() {
        return checks.stream().map(Check::verdict).reduce(Verdict.PASS, Verdict::and);
    }

    /** How many came to {@code verdict}. */
    public long count(Verdict verdict) {
        return checks.stream().filter(check -> check.verdict() == verdict).count();
    }
}
