package io.failovertimeline.alert;

import java.time.Instant;
import java.util.Optional;

/**
 * What alerts of one group have in common: an incident, or something that is none yet.
 *
 * @param id the incident's, or one made of what is there
 * @param incident whether it is an incident
 * @param from the fault or first symptom
 * @param to when service was restored; empty while it is not, or if that is not known
 * @param lastAt the latest that is known of it
 */
public record Episode(String id, boolean incident, Instant from, Optional<Instant> to, Instant lastAt) {

    boolean overlaps(Instant since, Instant until) {
        return !from.isAfter(until) && !since.isAfter(lastAt);
    }
}
