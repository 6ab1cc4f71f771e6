package io.failovertimeline.alert;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Stream;

/** A time that may come again. */
public sealed interface Window {

    /** Whether all from {@code from} to {@code until} lies within it, and within one coming of it. */
    boolean holds(Instant from, Instant until);

    /** All time. */
    record Always() implements Window {
        @Override
        public boolean holds(Instant from, Instant until) {
            return true;
        }
    }

    /**
     * Once.
     *
     * @param begin the first instant of it
     * @param end the last
     */
    record Once(Instant begin, Instant end) implements Window {
        @Override
        public boolean holds(Instant from, Instant until) {
            return !from.isBefore(begin) && !until.isAfter(end);
        }
    }

    /**
     * Each week.
     *
     * @param days on which it begins
     * @param begin by the clocks of {@code zone}
     * @param end as well; if it is not after {@code begin}, on the next day
     */
    record Weekly(Set<DayOfWeek> days, LocalTime begin, LocalTime end, ZoneId zone) implements Window {

        public Weekly {
            days = Set.copyOf(days);
        }

        @Override
        public boolean holds(Instant from, Instant until) {
            LocalDate day = from.atZone(zone).toLocalDate();
            return Stream.of(day.minusDays(1), day)
                    .filter(date -> days.contains(date.getDayOfWeek()))
                    .anyMatch(date -> on(date).holds(from, until));
        }

        private Once on(LocalDate date) {
            LocalDate last = end.isAfter(begin) ? date : date.plusDays(1);
            return new Once(
                    date.atTime(begin).atZone(zone).toInstant(),
                    last.atTime(end).atZone(zone).toInstant());
        }
    }
}
