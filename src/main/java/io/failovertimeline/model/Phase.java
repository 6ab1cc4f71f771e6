package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A part of an incident. Phases of one incident neither overlap nor leave gaps.
 *
 * @param name the phase, or the first of several that can't be told apart
 * @param through the last phase in this span; equal to {@code name} where the boundary is known
 * @param from its beginning
 * @param to its end
 * @param upperBound whether {@code to} is only the first proof that the phase was over, not its end
 */
public record Phase(PhaseName name, PhaseName through, Instant from, Instant to, boolean upperBound) {

    public Phase {
        if (to.isBefore(from)) {
            throw new IllegalStateException(name + " ends at " + to + " before it begins at " + from);
        }
    }

    /** How long it took, or at most took. */
    public Duration duration() {
        return Duration.between(from, to);
    }
}
