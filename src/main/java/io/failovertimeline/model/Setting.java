package io.failovertimeline.model;

import java.time.Duration;
import java.util.Optional;

/**
 * A time that Patroni was told to keep to.
 *
 * @param value how long
 * @param origin where it stands; empty if it was estimated from heartbeats
 */
public record Setting(Duration value, Optional<Origin> origin) {

    /** A value that stands at {@code origin}. */
    public static Setting at(Origin origin, Duration value) {
        return new Setting(value, Optional.of(origin));
    }
}
