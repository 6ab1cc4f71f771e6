package io.failovertimeline.model;

import java.util.List;

/**
 * Why an incident happened, as far as the input tells.
 *
 * @param code the reason
 * @param confidence from 0 to 1
 * @param explanation one sentence for a person
 * @param evidence indexes, from 0, into the incident's events
 */
public record Cause(CauseCode code, double confidence, String explanation, List<Integer> evidence) {

    public Cause {
        evidence = List.copyOf(evidence);
    }
}
