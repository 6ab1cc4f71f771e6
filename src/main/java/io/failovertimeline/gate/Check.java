package io.failovertimeline.gate;

import io.failovertimeline.model.Origin;
import java.util.List;

/**
 * One expectation, held against what was found.
 *
 * @param subject what it is about, such as {@code FAILOVER of postgres-cluster} or {@code the whole run}
 * @param expected what was expected, such as {@code outage at most 30 s}
 * @param found what was found, or why that can't be told
 * @param verdict whether it held
 * @param proof lines by which what was found is known
 */
public record Check(String subject, String expected, String found, Verdict verdict, List<Proof> proof) {

    public Check {
        proof = List.copyOf(proof);
    }

    /**
     * A line.
     *
     * @param text as it was written
     * @param origin where it stands
     */
    public record Proof(String text, Origin origin) {}
}
