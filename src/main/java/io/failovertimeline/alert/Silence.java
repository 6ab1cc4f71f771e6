package io.failovertimeline.alert;

import java.time.Instant;
import java.util.Set;

/**
 * What nobody is told of, and when. Only what begins within the time is silenced, and only as long as it does not outlast it: what was so
 * before, or still is afterwards, is told.
 *
 * @param kinds of alerts
 * @param when the time
 */
public record Silence(Set<AlertKind> kinds, Window when) {

    public Silence {
        kinds = Set.copyOf(kinds);
    }

    /** Whether nobody is to be told of {@code alert}, as it stands at {@code now}. */
    boolean covers(Alert alert, Instant now) {
        return kinds.contains(alert.kind())
                && when.holds(alert.startsAt(), alert.endsAt().orElse(now));
    }
}
