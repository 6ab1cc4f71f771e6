package io.failovertimeline.decode;

import io.failovertimeline.model.Stamp;
import java.util.Optional;

/**
 * What journald, syslog, a container runtime or a shipper put around a message.
 *
 * @param format such as {@code journald-short}
 * @param time when the record was written or received; empty if the record lacks it
 * @param clock whose clock {@code time} is
 * @param host who wrote it; empty if the record does not say
 * @param program the syslog identifier; empty if the record does not say
 * @param unit the systemd unit of the writing process; empty if the record does not say
 * @param message what is inside; empty if it was cut away
 */
record Envelope(
        String format,
        Optional<WrittenTime> time,
        Stamp.Clock clock,
        Optional<String> host,
        Optional<String> program,
        Optional<String> unit,
        Optional<String> message) {}
