package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A part of an incident. Phases of one incident neither overlap nor leave gaps.
 *
 * @param name the phase, or the first of several that can't be told apart
 * @param through the last phase in this span; equal to {@code name} where the boundary is known
 * @param from its beginning
 * @param to its end
 * @param upperBound whether {@code to} is only the first proof that the phase was over, not its end
 * @param bySettings how long it had to take by the settings that govern it; empty if these are unknown, or none does
 */
public record Phase(
        PhaseName name,
        PhaseName through,
        Instant from,
        Instant to,
        boolean upperBound,
        Optional<BySettings> bySettings) {

    public Phase {
        if (to.isBefore(from)) {
            throw new IllegalStateException(name + " ends at " + to + " before it begins at " + from);
        }
    }

    /** A phase of which no setting tells. */
    public Phase(PhaseName name, PhaseName through, Instant from, Instant to, boolean upperBound) {
        this(name, through, from, to, upperBound, Optional.empty());
    }

    /** The same phase as settings explain it. */
    public Phase explained(Optional<BySettings> settings) {
        return new Phase(name, through, from, to, upperBound, settings);
    }

    /** How long it took, or at most took. */
    public Duration duration() {
        return Duration.between(from, to);
    }
}
