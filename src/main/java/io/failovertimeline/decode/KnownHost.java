package io.failovertimeline.decode;

import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A host that writes lines of an input.
 *
 * @param number tells hosts of an input apart
 * @param hash of the bytes of its name, as of {@link ByteMap#hash}; 0 if the envelope names none
 * @param host as of {@link io.failovertimeline.model.LogLine#host()}
 * @param clock of the zone of the host's local times
 * @param isShared whether the host alone does not tell whose its lines are
 */
record KnownHost(int number, long hash, Optional<String> host, LocalClock clock, boolean isShared) {

    /** Before the first line. */
    static final KnownHost NOBODY = new KnownHost(-1, 0, Optional.empty(), new LocalClock(ZoneOffset.UTC), false);
}
