package io.failovertimeline.decode;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes times off the front of a text. */
final class TimeText {

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final List<String> WEEKDAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    /** 1990 and 2200, in seconds since 1970: counts outside are of something else, or of another unit. */
    private static final BigDecimal EARLIEST = BigDecimal.valueOf(631_152_000L);

    private static final BigDecimal LATEST = BigDecimal.valueOf(7_258_118_400L);

    private TimeText() {}

    /**
     * Takes {@code 2023-12-10 16:19:54}, with {@code T} for the blank, with a fraction after a point or a comma, with {@code Z}
     * or an offset directly behind.
     */
    static Optional<WrittenTime> dated(Cursor cursor) {
        if (!Cursor.isDigit(cursor.peek()) || cursor.peek(4) != '-' || cursor.peek(7) != '-') {
            return Optional.empty();
        }
        int start = cursor.at();
        int year = cursor.number(4);
        boolean dashes = cursor.take('-');
        int month = cursor.number(2);
        dashes &= cursor.take('-');
        int day = cursor.number(2);
        if (year >= 0 && month >= 0 && day >= 0 && dashes && (cursor.take(' ') || cursor.take('T'))) {
            Optional<WrittenTime> time = clock(cursor, OptionalInt.of(year), month, day);
            if (time.isPresent()) {
                return time;
            }
        }
        cursor.moveTo(start);
        return Optional.empty();
    }

    /** Takes {@code Dec 10 16:19:54} or {@code Dec  1 16:19:54}, with a fraction or without. */
    static Optional<WrittenTime> monthAndDay(Cursor cursor) {
        int start = cursor.at();
        int month = month(cursor);
        if (month > 0 && cursor.take(' ')) {
            int day = cursor.take(' ') ? cursor.number(1) : cursor.number(2);
            if (day >= 0 && cursor.take(' ')) {
                Optional<WrittenTime> time = clock(cursor, OptionalInt.empty(), month, day);
                if (time.isPresent()) {
                    return time;
                }
            }
        }
        cursor.moveTo(start);
        return Optional.empty();
    }

    /** Takes {@code Sun } and the like. */
    static boolean weekday(Cursor cursor) {
        return cursor.peek(3) == ' ' && WEEKDAYS.stream().anyMatch(day -> cursor.take(day)) && cursor.take(' ');
    }

    /** Takes {@code 1702214394.575123}, seconds since 1970. */
    static Optional<WrittenTime> epoch(Cursor cursor) {
        int start = cursor.at();
        String word = cursor.word();
        if (word.length() < 14 || word.length() > 20 || word.charAt(10) != '.') {
            cursor.moveTo(start);
            return Optional.empty();
        }
        for (int i = 0; i < word.length(); i++) {
            if (i != 10 && !Cursor.isDigit(word.charAt(i))) {
                cursor.moveTo(start);
                return Optional.empty();
            }
        }
        Optional<WrittenTime> time = epoch(new BigDecimal(word), word.length() - 11);
        if (time.isEmpty()) {
            cursor.moveTo(start);
        }
        return time;
    }

    /** Seconds since 1970; empty if they are not of our time. */
    static Optional<WrittenTime> epoch(BigDecimal seconds, int fractionDigits) {
        if (seconds.compareTo(EARLIEST) < 0 || seconds.compareTo(LATEST) > 0) {
            return Optional.empty();
        }
        long whole = seconds.longValue();
        long nanos =
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
        return Optional.of(WrittenTime.of(Instant.ofEpochSecond(whole, nanos), fractionDigits));
    }

    private static int month(Cursor cursor) {
        for (int month = 0; month < 12; month++) {
            if (cursor.peek() == MONTHS.charAt(3 * month)
                    && cursor.peek(1) == MONTHS.charAt(3 * month + 1)
                    && cursor.peek(2) == MONTHS.charAt(3 * month + 2)
                    && cursor.peek(3) == ' ') {
                cursor.moveTo(cursor.at() + 3);
                return month + 1;
            }
        }
        int start = cursor.at();
        int month = LocalMonths.number(cursor.word());
        if (month == 0) {
            cursor.moveTo(start);
        }
        return month;
    }

    private static Optional<WrittenTime> clock(Cursor cursor, OptionalInt year, int month, int day) {
        int hour = cursor.number(2);
        boolean colons = cursor.take(':');
        int minute = cursor.number(2);
        colons &= cursor.take(':');
        int second = cursor.number(2);
        if (hour < 0 || minute < 0 || second < 0 || !colons) {
            return Optional.empty();
        }
        int digits = 0;
        int nano = 0;
        if ((cursor.peek() == '.' || cursor.peek() == ',') && Cursor.isDigit(cursor.peek(1))) {
            cursor.moveTo(cursor.at() + 1);
            while (Cursor.isDigit(cursor.peek())) {
                int digit = cursor.number(1);
                nano = digits < 9 ? nano * 10 + digit : nano;
                digits++;
            }
        }
        for (int i = digits; i < 9; i++) {
            nano *= 10;
        }
        Optional<ZoneOffset> offset = year.isPresent() ? ZoneText.offset(cursor) : Optional.empty();
        return Optional.of(new WrittenTime(
                year, month, day, hour, minute, second, nano, Math.min(digits, 9), offset, Optional.empty()));
    }
}
