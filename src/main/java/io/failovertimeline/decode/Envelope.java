package io.failovertimeline.decode;

import io.failovertimeline.model.Severity;
import io.failovertimeline.model.Stamp;
import io.failovertimeline.model.Writer;
import java.util.Optional;

/**
 * What journald, syslog, a container runtime or a shipper put around a message.
 *
 * @param format such as {@code journald-short}
 * @param time when the record was written or received; empty if the record lacks it
 * @param clock whose clock {@code time} is
 * @param host who wrote it; empty if the record does not say
 * @param writer which process wrote it, as far as the record says
 * @param subjectUnit the unit that a record of systemd is about; empty if no field names it
 * @param severity as the envelope has it: of lines from a standard output, journald's and Docker's say nothing about the text
 * @param message what is inside; empty if it was cut away
 */
record Envelope(
        String format,
        Optional<WrittenTime> time,
        Stamp.Clock clock,
        Optional<String> host,
        Writer writer,
        Optional<String> subjectUnit,
        Optional<Severity> severity,
        Optional<String> message) {

    /** The same, of {@code other} severity. */
    Envelope of(Optional<Severity> other) {
        return new Envelope(format, time, clock, host, writer, subjectUnit, other, message);
    }
}
