package io.failovertimeline.decode;

import io.failovertimeline.model.Precision;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A time as a line shows it, not yet put on the time axis. It may be impossible, such as {@code Feb 30}.
 *
 * @param year empty where the format has none ({@code Dec 10 16:19:54})
 * @param month 1 to 12, if possible
 * @param day from 1
 * @param hour 0 to 23, if possible
 * @param minute 0 to 59, if possible
 * @param second 0 to 59, if possible
 * @param nano nanoseconds after the second
 * @param fractionDigits how many digits of the fraction were written
 * @param offset of the zone; empty for a local time
 * @param abbreviation of the zone, where it is not known to be one offset everywhere ({@code MSK}, {@code IST})
 */
record WrittenTime(
        OptionalInt year,
        int month,
        int day,
        int hour,
        int minute,
        int second,
        int nano,
        int fractionDigits,
        Optional<ZoneOffset> offset,
        Optional<String> abbreviation) {

    /** An instant that was written as a count since 1970. */
    static WrittenTime of(Instant instant, int fractionDigits) {
        LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return new WrittenTime(
                OptionalInt.of(utc.getYear()),
                utc.getMonthValue(),
                utc.getDayOfMonth(),
                utc.getHour(),
                utc.getMinute(),
                utc.getSecond(),
                utc.getNano(),
                fractionDigits,
                Optional.of(ZoneOffset.UTC),
                Optional.empty());
    }

    WrittenTime inZone(String zone) {
        Optional<ZoneOffset> everywhere = ZoneText.offset(zone);
        return new WrittenTime(
                year,
                month,
                day,
                hour,
                minute,
                second,
                nano,
                fractionDigits,
                everywhere,
                everywhere.isPresent() ? Optional.empty() : Optional.of(zone));
    }

    WrittenTime inYear(int someYear) {
        return new WrittenTime(
                OptionalInt.of(someYear), month, day, hour, minute, second, nano, fractionDigits, offset, abbreviation);
    }

    boolean isAbsolute() {
        return offset.isPresent();
    }

    Precision precision() {
        return Precision.ofFractionDigits(fractionDigits);
    }

    /** What the clock on the wall showed; empty if the year is not written or the time is impossible. */
    Optional<LocalDateTime> wall() {
        return year.isPresent() ? wallIn(year.getAsInt()) : Optional.empty();
    }

    /** What the clock on the wall showed, were it in {@code year}; empty if impossible. */
    Optional<LocalDateTime> wallIn(int someYear) {
        boolean possible = month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(someYear, month).lengthOfMonth()
                && hour < 24
                && minute < 60
                && second < 60;
        return possible
                ? Optional.of(LocalDateTime.of(someYear, month, day, hour, minute, second, nano))
                : Optional.empty();
    }

    /**
     * The instant meant.
     *
     * @param zone of local times; of two instants in the hour that a change to winter time repeats, the earlier is taken
     *     unless the abbreviation tells
     * @param near from which a missing year is taken: the one that comes nearest
     * @return empty if the time is impossible, or the year is missing and {@code near} is too
     */
    Optional<Instant> at(ZoneId zone, Optional<Instant> near) {
        if (year.isPresent()) {
            return wall().map(wall -> placed(wall, zone));
        }
        return near.flatMap(close -> nearest(zone, close));
    }

    /**
     * How fine it is, placed at {@code at} in {@code zone}.
     *
     * @param at as of {@link #at}
     */
    Precision precision(Instant at, ZoneId zone) {
        boolean isTold = offset.isPresent()
                || abbreviation.flatMap(ZoneText::usualOffset).isPresent();
        boolean isTwice = !isTold
                && zone.getRules()
                                .getValidOffsets(LocalDateTime.ofInstant(at, zone))
                                .size()
                        > 1;
        return isTwice ? Precision.REPEATED_HOUR : precision();
    }

    private Optional<Instant> nearest(ZoneId zone, Instant close) {
        int closeYear = close.atZone(zone).getYear();
        int reach = month == 2 && day == 29 ? 8 : 1; // the next leap year is up to eight years away
        return IntStream.rangeClosed(closeYear - reach, closeYear + reach)
                .mapToObj(this::wallIn)
                .flatMap(Optional::stream)
                .map(wall -> placed(wall, zone))
                .min(Comparator.comparing((Instant candidate) -> distance(candidate, close))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static Duration distance(Instant a, Instant b) {
        return a.isBefore(b) ? Duration.between(a, b) : Duration.between(b, a);
    }

    private Instant placed(LocalDateTime wall, ZoneId zone) {
        if (offset.isPresent()) {
            return wall.toInstant(offset.get());
        }
        Optional<ZoneOffset> named = abbreviation.flatMap(ZoneText::usualOffset);
        if (named.isPresent() && zone instanceof ZoneOffset) {
            return wall.toInstant(named.get()); // CEST is not CET, though one offset was found for the host
        }
        return ZonedDateTime.ofLocal(wall, zone, named.orElse(null)).toInstant();
    }

    /** {@code 2023-12-10 16:19:54.580 +03:00}, as far as it is written. */
    @Override
    public String toString() {
        String date = String.format(Locale.ROOT, "%02d-%02d %02d:%02d:%02d", month, day, hour, minute, second);
        String fraction = fractionDigits == 0
                ? ""
                : "." + String.format(Locale.ROOT, "%09d", nano).substring(0, fractionDigits);
        String zone = offset.map(ZoneOffset::getId)
                .or(() -> abbreviation)
                .map(name -> " " + name)
                .orElse("");
        return (year.isPresent() ? String.format(Locale.ROOT, "%04d-", year.getAsInt()) : "") + date + fraction + zone;
    }
}
