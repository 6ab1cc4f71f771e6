package io.failovertimeline.model;

import java.time.Instant;
import java.util.List;

/**
 * Whether two members accepted writes at once.
 *
 * @param members the old leader and the new one
 * @param from since when both may have, or did
 * @param to until when
 * @param verdict how sure that is
 * @param evidence indexes, from 0, into the incident's events
 */
public record DualLeaders(List<String> members, Instant from, Instant to, Verdict verdict, List<Integer> evidence) {

    public DualLeaders {
        members = List.copyOf(members);
        evidence = List.copyOf(evidence);
    }

    /** How sure it is that there were two leaders at once. */
    public enum Verdict {
        PROVEN,
        POSSIBLE,
        EXCLUDED
    }
}
