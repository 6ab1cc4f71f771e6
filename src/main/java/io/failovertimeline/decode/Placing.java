package io.failovertimeline.decode;

import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts a line on the time axis, by the best clock it carries. */
public final class Placing {

    /** All zones in use are whole quarters of an hour from UTC. */
    private static final Duration QUARTER = Duration.ofMinutes(15);

    /** How long a line may be on its way from its program to its envelope and still prove an offset. */
    private static final Duration ON_THE_WAY = Duration.ofMinutes(2);

    /** How far apart two clocks may be and still mean the same second. */
    private static final Duration SAME_SECOND = Duration.ofSeconds(2);

    private Placing() {}

    /**
     * The instant that {@code text}, a date with a time and nothing else, means: {@code 2023-12-10 16:19:35.447349+03}.
     *
     * @param host whose zone it is in where no offset is written
     * @return empty if it is no such time, or an impossible one
     */
    public static Optional<Stamp> written(String text, Optional<String> host, Hints hints) {
        Cursor cursor = new Cursor(text, 0);
        return TimeText.dated(cursor).filter(time -> cursor.atEnd()).flatMap(time -> time.at(
                        hints.zoneOf(host), hints.near())
                .map(at -> new Stamp(at, time.precision(at, hints.zoneOf(host)), Stamp.Clock.APPLICATION)));
    }

    /**
     * When {@code reading} was written. The program's own time is best if it has fractions of a second; in whole seconds it
     * gives way to a finer envelope that agrees with it.
     *
     * @return empty if the line has no time, or an impossible one, or one without a year and nothing tells that
     */
    static Optional<Stamp> stamp(Reading reading, Hints hints) {
        ZoneId zone = hints.zoneOf(reading.host().or(hints::host));
        Optional<Stamp> byProgram = reading.ownTime().flatMap(time -> own(time, reading, zone, hints));
        if (byProgram.isPresent() && isFine(reading.ownTime())) {
            return byProgram;
        }
        Optional<Stamp> byEnvelope = reading.envelopeTime()
                .flatMap(time -> time.at(zone, byProgram.map(Stamp::at).or(hints::near))
                        .map(at -> new Stamp(at, time.precision(at, zone), reading.envelopeClock())));
        if (byProgram.isEmpty() || byEnvelope.isEmpty()) {
            return byProgram.or(() -> byEnvelope);
        }
        boolean agree = Duration.between(byProgram.get().at(), byEnvelope.get().at())
                        .abs()
                        .compareTo(SAME_SECOND)
                <= 0;
        return agree && isFine(reading.envelopeTime()) ? byEnvelope : byProgram;
    }

    private static boolean isFine(Optional<WrittenTime> time) {
        return time.filter(written -> written.fractionDigits() > 0).isPresent();
    }

    private static Optional<Stamp> own(WrittenTime time, Reading reading, ZoneId zone, Hints hints) {
        Optional<ZoneOffset> proven = reading.envelopeTime().flatMap(envelope -> provenOffset(time, envelope));
        if (proven.isPresent()) {
            return time.wall()
                    .map(wall -> new Stamp(wall.toInstant(proven.get()), time.precision(), Stamp.Clock.APPLICATION));
        }
        return time.at(zone, hints.near())
                .map(at -> new Stamp(at, time.precision(at, zone), Stamp.Clock.APPLICATION))
                .map(stamp -> stamp.precision() == Precision.REPEATED_HOUR
                        ? told(stamp, time, reading, zone).orElse(stamp)
                        : stamp);
    }

    /** The one of the two instants of {@code stamp} at which the envelope was written, if its zone's abbreviation tells. */
    private static Optional<Stamp> told(Stamp stamp, WrittenTime time, Reading reading, ZoneId zone) {
        Instant later = stamp.at().atZone(zone).withLaterOffsetAtOverlap().toInstant();
        return reading.envelopeTime()
                .flatMap(envelope -> envelope.at(zone, Optional.of(stamp.at()))
                        .filter(at -> envelope.precision(at, zone) != Precision.REPEATED_HOUR))
                .flatMap(at -> Stream.of(stamp.at(), later)
                        .filter(instant -> Duration.between(instant, at).abs().compareTo(ON_THE_WAY) < 0)
                        .findFirst())
                .map(instant -> new Stamp(instant, time.precision(), stamp.clock()));
    }

    /**
     * The offset of {@code local} that {@code absolute}, the same line's time from another clock, proves.
     *
     * @return empty if {@code local} is not local, {@code absolute} is, or they are not a whole number of quarters apart
     */
    static Optional<ZoneOffset> provenOffset(WrittenTime local, WrittenTime absolute) {
        if (local.isAbsolute() || !absolute.isAbsolute() || absolute.year().isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> at = absolute.at(ZoneOffset.UTC, Optional.empty());
        Optional<LocalDateTime> wall = local.wall()
                .or(() -> local.at(ZoneOffset.UTC, at).map(near -> LocalDateTime.ofInstant(near, ZoneOffset.UTC)));
        return at.flatMap(instant -> wall.flatMap(shown -> offsetBetween(instant, shown)));
    }

    /** {@code local} with the offset and year that {@code absolute} proves; empty if it proves none. */
    static Optional<WrittenTime> absolute(WrittenTime local, WrittenTime absolute) {
        return provenOffset(local, absolute)
                .flatMap(offset -> local.at(offset, absolute.at(ZoneOffset.UTC, Optional.empty()))
                        .map(at -> WrittenTime.of(at, local.fractionDigits())));
    }

    /** The offset at which a wall clock shows {@code wall} at {@code at}, give or take what a line needs on its way. */
    static Optional<ZoneOffset> offsetBetween(Instant at, LocalDateTime wall) {
        Duration ahead = Duration.between(LocalDateTime.ofInstant(at, ZoneOffset.UTC), wall);
        long quarters = Math.round((double) ahead.toMillis() / QUARTER.toMillis());
        boolean isOffset = ahead.minus(QUARTER.multipliedBy(quarters)).abs().compareTo(ON_THE_WAY) < 0
                && quarters >= -12 * 4
                && quarters <= 14 * 4;
        return isOffset
                ? Optional.of(ZoneOffset.ofTotalSeconds((int) (quarters * QUARTER.toSeconds())))
                : Optional.empty();
    }
}
