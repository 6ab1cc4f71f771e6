package io.failovertimeline.decode;

import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Who writes lines of an input.
 *
 * @param number tells writers of an input apart
 * @param host as of {@link io.failovertimeline.model.LogLine#host()}
 * @param clock of the zone of the host's local times
 */
record Writer(int number, Optional<String> host, LocalClock clock) {

    /** Before the first line. */
    static final Writer NOBODY = new Writer(-1, Optional.empty(), new LocalClock(ZoneOffset.UTC));
}
