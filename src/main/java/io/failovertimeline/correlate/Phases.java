package io.failovertimeline.correlate;

import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts an incident into its phases. */
final class Phases {

    /**
     * Where a phase ends.
     *
     * @param phase the phase
     * @param end its end; empty if unknown
     * @param upperBound whether {@code end} is only the first proof that the phase was over
     */
    record End(PhaseName phase, Optional<Instant> end, boolean upperBound) {
        static End at(PhaseName phase, Optional<Instant> end) {
            return new End(phase, end, false);
        }
    }

    private Phases() {}

    /**
     * The phases from {@code start} on, without gaps or overlaps. Phases whose common boundary is unknown are one span; what
     * comes after the last known end is left out, and so is a phase that was over before the one before it: an old leader may be
     * back before clients are served. {@code ends} are in the order of the phases.
     */
    static List<Phase> cut(Instant start, List<End> ends) {
        List<Phase> phases = new ArrayList<>();
        Instant from = start;
        Optional<PhaseName> spanFrom = Optional.empty();
        for (End end : ends) {
            PhaseName name = spanFrom.orElse(end.phase());
            if (end.end().isEmpty()) {
                spanFrom = Optional.of(name);
                continue;
            }
            Instant to = end.end().get();
            if (to.isBefore(from)) {
                continue;
            }
            phases.add(new Phase(name, end.phase(), from, to, end.upperBound()));
            from = to;
            spanFrom = Optional.empty();
        }
        return phases;
    }
}
