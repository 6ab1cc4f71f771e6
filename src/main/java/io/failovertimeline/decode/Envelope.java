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
 * @param part which part of its line the record holds
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
        Part part,
        Optional<String> message) {

    /** An envelope of text that was stamped when it was received. */
    static Envelope text(
            String format, Optional<WrittenTime> time, Optional<String> host, Writer writer, String message) {
        return new Envelope(
                format,
                time,
                Stamp.Clock.RECEPTION,
                host,
                writer,
                Optional.empty(),
                Optional.empty(),
                Part.WHOLE,
                Optional.of(message));
    }

    /** The same, of {@code other} severity. */
    Envelope of(Optional<Severity> other) {
        return new Envelope(format, time, clock, host, writer, subjectUnit, other, part, message);
    }

    /** The same, which holds {@code other} part of its line. */
    Envelope holding(Part other) {
        return new Envelope(format, time, clock, host, writer, subjectUnit, severity, other, message);
    }

    /** The same, around {@code text}. */
    Envelope saying(String text) {
        return new Envelope(format, time, clock, host, writer, subjectUnit, severity, part, Optional.of(text));
    }

    /** The same in the form {@code other}, received at {@code at} unless the sender stamped it. */
    Envelope received(String other, WrittenTime at) {
        return new Envelope(
                other,
                clock == Stamp.Clock.SOURCE ? time : Optional.of(at),
                clock,
                host,
                writer,
                subjectUnit,
                severity,
                part,
                message);
    }

    /** Whether it says which program wrote the message. */
    boolean namesWriter() {
        return writer.program().isPresent() || writer.unit().isPresent();
    }

    /**
     * The same with {@code inner}, which its message begins with: what syslog wrote into a file that a shipper or a container
     * runtime then read. The inner time is better, and the outer one tells its offset and year if the two agree.
     */
    Envelope around(Envelope inner) {
        Optional<WrittenTime> better = inner.time.map(written ->
                time.flatMap(outer -> Placing.absolute(written, outer)).orElse(written));
        return new Envelope(
                inner.format,
                better.or(() -> time),
                better.isPresent() ? inner.clock : clock,
                inner.host.or(() -> host),
                inner.writer,
                subjectUnit,
                inner.severity.or(() -> severity),
                part,
                inner.message);
    }
}
