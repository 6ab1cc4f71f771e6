package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Severity;
import io.failovertimeline.model.Stamp;
import io.failovertimeline.model.Writer;
import java.util.Optional;

/**
 * A line taken apart, its times as they are written.
 *
 * @param format such as {@code journald-short} or {@code patroni}
 * @param envelopeTime what journald, syslog or a shipper noted; empty if the line has no envelope, or that no time
 * @param envelopeClock whose clock that was
 * @param ownTime the program's own time; empty if it wrote none
 * @param host from the envelope or a prompt; empty if neither tells
 * @param writer which process wrote it, as far as envelope or program say
 * @param subjectUnit the unit that systemd says something about; empty where no field names it
 * @param component whose words they are
 * @param severity the program's own, else the envelope's; empty if neither tells
 * @param envelope what stands around it; empty if nothing does
 * @param message the text; empty if the record says that there was one and lacks it
 * @param channel the process that the envelope names
 * @param isBare whether no format of its own was found in what the envelope holds
 */
record Reading(
        String format,
        Optional<WrittenTime> envelopeTime,
        Stamp.Clock envelopeClock,
        Optional<WrittenTime> ownTime,
        Optional<String> host,
        Writer writer,
        Optional<String> subjectUnit,
        Component component,
        Optional<Severity> severity,
        Optional<Envelope> envelope,
        Optional<String> message,
        Writer channel,
        boolean isBare) {

    /** The format of a line with a container runtime's time in front, and perhaps the stream. */
    static final String CONTAINER = "container";

    static Reading of(OwnLine line, Optional<String> host) {
        return new Reading(
                line.format(),
                Optional.empty(),
                Stamp.Clock.RECEPTION,
                line.time(),
                host,
                Writer.UNKNOWN.withPid(line.pid()),
                Optional.empty(),
                line.component(),
                line.severity(),
                Optional.empty(),
                Optional.of(line.message()),
                Writer.UNKNOWN,
                false);
    }

    static Reading of(Envelope envelope, Component component) {
        return new Reading(
                envelope.format(),
                envelope.time(),
                envelope.clock(),
                Optional.empty(),
                envelope.host(),
                envelope.writer(),
                envelope.subjectUnit(),
                component,
                envelope.severity(),
                Optional.empty(),
                envelope.message(),
                envelope.writer(),
                true);
    }

    static Reading of(Envelope envelope, OwnLine inside) {
        return new Reading(
                envelope.format(),
                envelope.time(),
                envelope.clock(),
                inside.time(),
                envelope.host(),
                envelope.writer().withPid(inside.pid()),
                envelope.subjectUnit(),
                inside.component(),
                inside.severity().or(envelope::severity),
                Optional.empty(),
                Optional.of(inside.message()),
                envelope.writer(),
                false);
    }

    Reading saying(String text) {
        return with(envelope, Optional.of(text));
    }

    /** The same, which stood in {@code outer}. */
    Reading in(Envelope outer) {
        return with(Optional.of(outer), message);
    }

    private Reading with(Optional<Envelope> outer, Optional<String> text) {
        return new Reading(
                format,
                envelopeTime,
                envelopeClock,
                ownTime,
                host,
                writer,
                subjectUnit,
                component,
                severity,
                outer,
                text,
                channel,
                isBare);
    }

    /** The same of {@code other}, unless a host is known. */
    Reading at(String other) {
        return host.isPresent()
                ? this
                : new Reading(
                        format,
                        envelopeTime,
                        envelopeClock,
                        ownTime,
                        Optional.of(other),
                        writer,
                        subjectUnit,
                        component,
                        severity,
                        envelope,
                        message,
                        channel,
                        isBare);
    }

    /** Whether the line could be put on the time axis, were its zone and year known. */
    boolean hasTime() {
        return envelopeTime.isPresent() || ownTime.isPresent();
    }
}
