package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Stamp;
import java.util.Optional;

/**
 * A line taken apart, its times as they are written.
 *
 * @param format such as {@code journald-short} or {@code patroni}
 * @param envelopeTime what journald, syslog or a shipper noted; empty if the line has no envelope, or that no time
 * @param envelopeClock whose clock that was
 * @param ownTime the program's own time; empty if it wrote none
 * @param host from the envelope or a prompt; empty if neither tells
 * @param component whose words they are
 * @param message the text; empty if the record says that there was one and lacks it
 */
record Reading(
        String format,
        Optional<WrittenTime> envelopeTime,
        Stamp.Clock envelopeClock,
        Optional<WrittenTime> ownTime,
        Optional<String> host,
        Component component,
        Optional<String> message) {

    /** The format of a line with only a container runtime's time in front. */
    static final String CONTAINER = "container";

    static Reading of(OwnLine line, Optional<String> host) {
        return new Reading(
                line.format(),
                Optional.empty(),
                Stamp.Clock.RECEPTION,
                line.time(),
                host,
                line.component(),
                Optional.of(line.message()));
    }

    static Reading of(Envelope envelope, Component component) {
        return new Reading(
                envelope.format(),
                envelope.time(),
                envelope.clock(),
                Optional.empty(),
                envelope.host(),
                component,
                envelope.message());
    }

    static Reading of(Envelope envelope, OwnLine inside) {
        return new Reading(
                envelope.format(),
                envelope.time(),
                envelope.clock(),
                inside.time(),
                envelope.host(),
                inside.component(),
                Optional.of(inside.message()));
    }

    Reading saying(String text) {
        return new Reading(format, envelopeTime, envelopeClock, ownTime, host, component, Optional.of(text));
    }

    /** Whether the line could be put on the time axis, were its zone and year known. */
    boolean hasTime() {
        return envelopeTime.isPresent() || ownTime.isPresent();
    }
}
