package io.failovertimeline.model;

import java.util.List;

/**
 * Another cause that was considered, and what speaks against it.
 *
 * @param code the cause
 * @param verdict whether a line rules it out
 * @param reason what speaks against it, or what is missing to rule it out; one sentence for a person
 * @param evidence indexes, from 0, into the incident's events; never empty with {@link Verdict#EXCLUDED}
 */
public record AlternativeCause(CauseCode code, Verdict verdict, String reason, List<Integer> evidence) {

    public AlternativeCause {
        evidence = List.copyOf(evidence);
    }

    /** How sure it is that it was not this. */
    public enum Verdict {
        /** A line proves that it was not. */
        EXCLUDED,
        /** Something speaks against it or nothing for it, and no line rules it out. */
        LESS_LIKELY
    }
}
