package io.failovertimeline.gate;

import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.PhaseName;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something that is measured of incidents of one kind.
 *
 * @param kind whose
 * @param measure what
 * @param phase of a phase's duration, which
 * @param endpoint of what clients felt, at which endpoint and by which generator; empty in all other figures
 */
public record Figure(IncidentKind kind, Measure measure, Optional<PhaseName> phase, String endpoint)
        implements Comparable<Figure> {

    private static final Comparator<Figure> ORDER = Comparator.comparing(Figure::kind)
            .thenComparing(Figure::measure)
            .thenComparing(figure -> figure.phase().map(Enum::ordinal).orElse(-1))
            .thenComparing(Figure::endpoint);

    /** What is measured. */
    public enum Measure {
        /** How many there were. */
        INCIDENTS(false),
        /** From the beginning to the service restored or, where clients are not known, the database ready. */
        WHOLE(true),
        /** A phase. */
        PHASE(true),
        /** Clients without service. */
        OUTAGE(true),
        /** Requests that failed. */
        FAILED_REQUESTS(false);

        private final boolean isSpan;

        Measure(boolean isSpan) {
            this.isSpan = isSpan;
        }

        /** Whether it is a duration, in milliseconds, not a count. */
        public boolean isSpan() {
            return isSpan;
        }
    }

    @Override
    public int compareTo(Figure other) {
        return ORDER.compare(this, other);
    }
}
