package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.ErrorWindow;
import java.util.Comparator;
import java.util.Optional;

/**
 * Who stamps the times of some evidence.
 *
 * @param kind whether a host's logs or a load generator's results
 * @param name the host or the generator
 */
record Clock(Kind kind, String name) implements Comparable<Clock> {

    private static final Comparator<Clock> ORDER =
            Comparator.comparing(Clock::kind).thenComparing(Clock::name);

    /** What is stamped. */
    enum Kind {
        LOGS,
        LOAD_RESULTS
    }

    static Clock ofHost(String host) {
        return new Clock(Kind.LOGS, host);
    }

    static Clock ofGenerator(String generator) {
        return new Clock(Kind.LOAD_RESULTS, generator);
    }

    /** The clock that stamped {@code event}; empty if its host is unknown. */
    static Optional<Clock> of(ClusterEvent event) {
        return event.host().map(Clock::ofHost);
    }

    /** The clock of the host that sent the requests of {@code window}. */
    static Clock of(ErrorWindow window) {
        return ofGenerator(window.generator());
    }

    @Override
    public int compareTo(Clock other) {
        return ORDER.compare(this, other);
    }
}
