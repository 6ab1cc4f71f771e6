package io.failovertimeline.decode.load;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What is known about a source of load results beyond its lines.
 *
 * @param start when its run began, as the user says; only for formats that write nothing but offsets from there
 * @param zone of local times without an offset, which HAProxy writes
 * @param names names its endpoints
 */
public record LoadContext(Optional<Timestamp> start, ZoneId zone, EndpointNames names) {

    /** Nothing is known. */
    public static LoadContext none() {
        return new LoadContext(Optional.empty(), ZoneOffset.UTC, new EndpointNames(EndpointPatterns.NONE));
    }
}
