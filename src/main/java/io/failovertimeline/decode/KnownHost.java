package io.failovertimeline.decode;

import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A host that writes lines of an input.
 *
 * @param number tells hosts of an input apart
 * @param host as of {@link io.failovertimeline.model.LogLine#host()}
 * @param clock of the zone of the host's local times
 */
record KnownHost(int number, Optional<String> host, LocalClock clock) {

    /** Before the first line. */
    static final KnownHost NOBODY = new KnownHost(-1, Optional.empty(), new LocalClock(ZoneOffset.UTC));
}
