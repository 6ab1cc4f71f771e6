package io.failovertimeline.ingest;

import io.failovertimeline.model.Origin;
import io.failovertimeline.stream.RecordHints;
import java.time.Instant;
import java.util.Optional;

/**
 * A line on its way to an input topic.
 *
 * @param input which topic
 * @param value the line's bytes, or the plain JSON record of a request
 * @param hints what its headers will say
 * @param at its event time; empty if the line has none of its own
 * @param origin where it was read
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are sent, never compared
public record IngestRecord(Input input, byte[] value, RecordHints hints, Optional<Instant> at, Origin origin) {

    /** The input topics. */
    public enum Input {
        /** Lines with a journald or syslog envelope. */
        JOURNALD_LOGS,
        /** All other log lines. */
        PATRONI_LOGS,
        /** Requests of load generators. */
        LOAD_RESULTS
    }
}
