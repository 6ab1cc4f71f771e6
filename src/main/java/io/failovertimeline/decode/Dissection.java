package io.failovertimeline.decode;

import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How a line was read, for a person who asks.
 *
 * @param decoded what {@link LogDecoder} makes of it; where only the year was missing, of the same line in {@link #SOME_YEAR}
 * @param time the time that counts; empty if it has none, or an impossible one
 * @param shortcoming why it is no log record; empty if it is one, good or broken
 */
public record Dissection(Decoded decoded, Optional<ReadTime> time, Optional<Shortcoming> shortcoming) {

    /** A leap year, in which every day exists. */
    private static final Instant SOME_YEAR = Instant.parse("1972-06-30T12:00:00Z");

    /**
     * A time, and how its instant is known.
     *
     * @param written as the line has it: date, time, fraction, zone
     * @param clock whose clock it is
     * @param precision how fine it is
     * @param zoneBasis how its zone is known
     * @param zone in which it was read
     * @param year where its year stands
     */
    public record ReadTime(
            String written, Stamp.Clock clock, Precision precision, ZoneBasis zoneBasis, ZoneId zone, Year year) {}

    /** How the zone of a time is known. */
    public enum ZoneBasis {
        /** The time has its offset with it, or is a count since 1970. */
        WRITTEN,
        /** It is local, and the line's other time, which has an offset, proves the difference. */
        OTHER_TIME,
        /** Its zone's abbreviation has one meaning only. */
        ABBREVIATION,
        /** It is local, and only the other lines of the input can tell. */
        LOCAL
    }

    /** Where the year of a time stands. */
    public enum Year {
        /** In the time. */
        WRITTEN,
        /** In other lines, or the file's date tells. */
        NEARBY,
        /** Nowhere: with no other line, it is not known. */
        UNKNOWN
    }

    /** Why a line is no log record. */
    public enum Shortcoming {
        /** There is nothing in it. */
        BLANK,
        /** It is known to tell nothing: a mark that journald or syslog set between records, a record without a message. */
        MARK,
        /** It begins with a tab, as the lines with which PostgreSQL continues the one above. */
        CONTINUATION,
        /** It is a JSON object without the fields of a log record. */
        OTHER_JSON,
        /** It begins as JSON does, and is none. */
        NO_JSON,
        /** It begins with a time, and nothing known stands behind that. */
        TIME_ONLY,
        /** It does not begin with a time. */
        NO_TIME
    }

    /** Takes the line in {@code bytes} apart as {@link LogDecoder#decode} does. */
    public static Dissection of(byte[] bytes, int from, int to, Hints hints, Origin origin) {
        String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        Optional<Reading> reading = Readings.of(line);
        Decoded decoded = new LogDecoder().decode(bytes, from, to, hints, origin);
        if (reading.isEmpty()) {
            boolean isRecord = decoded.match(ok -> true, broken -> true, nothing -> false);
            if (!isRecord && !LogDecoder.isUtf8(bytes, from, to)) {
                return unreadable(line, Decoded.Reason.NOT_UTF_8, origin);
            }
            return new Dissection(
                    decoded, Optional.empty(), isRecord ? Optional.empty() : Optional.of(shortcoming(line, decoded)));
        }
        boolean lacksYear =
                hints.near().isEmpty() && Placing.stamp(reading.get(), hints).isEmpty();
        Hints complete = lacksYear ? hints.closeTo(Optional.of(SOME_YEAR)) : hints;
        Optional<ReadTime> time = Placing.stamp(reading.get(), complete)
                .map(stamp -> readTime(reading.get(), stamp, complete, lacksYear ? Year.UNKNOWN : Year.NEARBY));
        return new Dissection(
                lacksYear ? new LogDecoder().decode(bytes, from, to, complete, origin) : decoded,
                time,
                Optional.empty());
    }

    /** Of a line that is not even looked at, which {@code excerpt} is the beginning of. */
    public static Dissection unreadable(String excerpt, Decoded.Reason reason, Origin origin) {
        return new Dissection(LogDecoder.unreadable(excerpt, reason, origin), Optional.empty(), Optional.empty());
    }

    private static ReadTime readTime(Reading reading, Stamp stamp, Hints hints, Year elsewhere) {
        boolean isOwn = stamp.clock() == Stamp.Clock.APPLICATION;
        WrittenTime written = (isOwn ? reading.ownTime() : reading.envelopeTime()).orElseThrow();
        Optional<ZoneId> proven = isOwn
                ? reading.envelopeTime()
                        .flatMap(envelope -> Placing.provenOffset(written, envelope))
                        .map(ZoneId.class::cast)
                : Optional.empty();
        Optional<ZoneId> named =
                written.abbreviation().flatMap(ZoneText::usualOffset).map(ZoneId.class::cast);
        ZoneBasis basis = written.isAbsolute()
                ? ZoneBasis.WRITTEN
                : proven.isPresent()
                        ? ZoneBasis.OTHER_TIME
                        : named.isPresent() ? ZoneBasis.ABBREVIATION : ZoneBasis.LOCAL;
        ZoneId zone = written.offset()
                .map(ZoneId.class::cast)
                .or(() -> proven)
                .or(() -> named)
                .orElseGet(() -> hints.zoneOf(reading.host().or(hints::host)));
        return new ReadTime(
                written.toString(),
                stamp.clock(),
                stamp.precision(),
                basis,
                zone,
                written.year().isPresent() ? Year.WRITTEN : elsewhere);
    }

    private static Shortcoming shortcoming(String line, Decoded decoded) {
        if (line.isBlank()) {
            return Shortcoming.BLANK;
        }
        if (decoded.match(record -> false, broken -> false, Decoded.Nothing::isNoise)) {
            return Shortcoming.MARK;
        }
        if (line.startsWith("\t")) {
            return Shortcoming.CONTINUATION;
        }
        String clean = Cleaning.of(line).orElse(line);
        if (clean.startsWith("{")) {
            return Json.object(clean).isPresent() ? Shortcoming.OTHER_JSON : Shortcoming.NO_JSON;
        }
        Cursor cursor = new Cursor(clean, 0);
        boolean hasTime = TimeText.weekday(cursor)
                || TimeText.dated(cursor)
                        .or(() -> TimeText.epoch(cursor))
                        .or(() -> TimeText.monthAndDay(cursor))
                        .isPresent();
        return hasTime ? Shortcoming.TIME_ONLY : Shortcoming.NO_TIME;
    }
}
