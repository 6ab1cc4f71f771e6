package io.failovertimeline.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How long clients that sent requests during an incident went without an answer, or waited for one.
 *
 * @param generator the tool that sent them
 * @param endpoint what they asked for; empty for all endpoints together, of which any was out
 * @param outage how long requests failed or stalled, stray failures left out; zero if none did
 * @param brownOut how long requests were served with many failures among them, or slowly
 * @param over whether requests were served again
 */
public record ClientOutage(
        String generator, Optional<String> endpoint, Duration outage, Duration brownOut, boolean over) {

    /** How it stands against {@code target}, the longest outage that is tolerated. */
    public RtoVerdict against(Duration target) {
        if (outage.compareTo(target) > 0) {
            return RtoVerdict.MISSED;
        }
        return over ? RtoVerdict.MET : RtoVerdict.UNKNOWN;
    }
}
