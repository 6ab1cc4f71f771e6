package io.failovertimeline.model;

import java.util.List;
import java.util.Optional;

/**
 * Why an incident happened, as far as the input tells.
 *
 * @param code the reason
 * @param detail what it was more exactly; empty if no line tells
 * @param confidence from 0 to 1
 * @param explanation one sentence for a person
 * @param evidence indexes, from 0, into the incident's events
 * @param alternatives the other causes that such a picture makes one think of, and what speaks against each
 */
public record Cause(
        CauseCode code,
        Optional<CauseDetail> detail,
        double confidence,
        String explanation,
        List<Integer> evidence,
        List<AlternativeCause> alternatives) {

    public Cause {
        evidence = List.copyOf(evidence);
        alternatives = List.copyOf(alternatives);
    }

    /** A cause without a detail, beside which no other was considered. */
    public Cause(CauseCode code, double confidence, String explanation, List<Integer> evidence) {
        this(code, Optional.empty(), confidence, explanation, evidence, List.of());
    }
}
