package io.failovertimeline.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.Year;

/**
 * A time taken off the front of bytes: what {@link TimeText} takes off a text, into fields that are used again. It is choosier: a
 * time that is impossible, far off or oddly written is left to {@link TimeText}.
 */
public final class ByteTime {

    /** What methods that take a time answer when there is none that can be taken here. */
    public static final int NONE = -1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int TO_SECONDS = "2023-12-10 16:19:54".length();
    private static final int TO_BLANK = "Dec 10 16:19:54 ".length();
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int EARLIEST_YEAR = 1990;
    private static final int LATEST_YEAR = 2199;
    private static final int UNKNOWN_YEAR = 0;
    private static final int[] POWERS_OF_TEN = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    private int year;
    private int month;
    private int day;
    private int secondOfDay;
    private int nano;
    private int fractionDigits;
    private boolean hasOffset;
    private int offset;
    /** Since 1970, by the clock on the wall; of a time without a year not set. */
    private long wallSecond;

    private int dayAsked;
    private long dayFound;

    /** The bytes of the time that the fields were taken from, up to its seconds: the same come again and again. 0 if there were none. */
    private long firstBytes;

    private long middleBytes;
    private long lastBytes;

    /** Takes {@code 2023-12-10 16:19:54,575} as {@link TimeText#dated} does; answers with the place behind it. */
    public int dated(byte[] bytes, int from, int to) {
        if (to - from < TO_SECONDS || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
            return NONE;
        }
        boolean isAgain = isAgain(bytes, from, TO_SECONDS);
        int behind = isAgain ? fraction(bytes, from + TO_SECONDS, to) : datedAnew(bytes, from, to);
        return behind == NONE ? NONE : offset(bytes, behind, to);
    }

    private int datedAnew(byte[] bytes, int from, int to) {
        int century = two(bytes, from);
        int ofCentury = two(bytes, from + 2);
        year = century * 100 + ofCentury;
        month = two(bytes, from + 5);
        day = two(bytes, from + 8);
        boolean isPossible = (century | ofCentury | month | day) >= 0
                && (bytes[from + 10] == ' ' || bytes[from + 10] == 'T')
                && year >= EARLIEST_YEAR
                && year <= LATEST_YEAR
                && isDay();
        int behind = isPossible ? clock(bytes, from + 11, to) : NONE;
        if (behind != NONE) {
            wallSecond = daysSince1970(year) * SECONDS_OF_DAY + secondOfDay;
            remember(bytes, from, TO_SECONDS);
        }
        return behind;
    }

    /** Whether the fields were taken from the same {@code length} bytes, more than 15; if not, they are about to be taken anew. */
    private boolean isAgain(byte[] bytes, int from, int length) {
        boolean isSame = firstBytes == (long) LONG.get(bytes, from)
                && middleBytes == (long) LONG.get(bytes, from + Long.BYTES)
                && lastBytes == (long) LONG.get(bytes, from + length - Long.BYTES);
        firstBytes = isSame ? firstBytes : 0;
        return isSame;
    }

    private void remember(byte[] bytes, int from, int length) {
        firstBytes = (long) LONG.get(bytes, from);
        middleBytes = (long) LONG.get(bytes, from + Long.BYTES);
        lastBytes = (long) LONG.get(bytes, from + length - Long.BYTES);
    }

    /** Takes {@code Dec 10 16:19:54} as {@link TimeText#monthAndDay} does; answers with the place behind it. */
    int monthAndDay(byte[] bytes, int from, int to) {
        if (to - from < TO_BLANK || bytes[from + 3] != ' ' || bytes[from + 6] != ' ') {
            return NONE;
        }
        if (isAgain(bytes, from, TO_BLANK)) {
            hasOffset = false;
            return from + TO_BLANK - 1;
        }
        year = UNKNOWN_YEAR;
        month = month(bytes, from);
        day = bytes[from + 4] == ' ' ? digit(bytes[from + 5]) : two(bytes, from + 4);
        hasOffset = false;
        int behind = month > 0 && isDay() ? clock(bytes, from + 7, to) : NONE;
        if (behind == from + TO_BLANK - 1 && bytes[behind] == ' ') {
            remember(bytes, from, TO_BLANK);
        }
        return behind;
    }

    /** Takes {@code 1702214394.575123}, behind which a blank stands, as {@link TimeText#epoch} does. */
    int epoch(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != ' ') {
            if (end != from + 10 && digit(bytes[end]) < 0) {
                return NONE;
            }
            end++;
        }
        if (end - from < 14 || end - from > 20 || bytes[from + 10] != '.') {
            return NONE;
        }
        int digits = end - from - 11;
        int fraction = (int) number(bytes, from + 11, end);
        return count(number(bytes, from, from + 10), fraction * POWERS_OF_TEN[9 - digits], digits) ? end : NONE;
    }

    /** Takes microseconds since 1970 that fill the whole slice, as journald writes them; tells whether they do. */
    boolean micros(byte[] bytes, int from, int to) {
        long micros = to - from >= 15 && to - from <= 18 ? number(bytes, from, to) : NONE;
        return micros >= 0 && count(micros / 1_000_000, (int) (micros % 1_000_000) * 1_000, 6);
    }

    private boolean count(long second, int nanoOfSecond, int digits) {
        firstBytes = 0;
        year = EARLIEST_YEAR; // any: a count is not read by fields
        wallSecond = second;
        nano = nanoOfSecond;
        fractionDigits = digits;
        hasOffset = true;
        offset = 0;
        return second >= 631_152_000L && second < 7_258_118_400L;
    }

    private int clock(byte[] bytes, int from, int to) {
        if (to - from < 8 || bytes[from + 2] != ':' || bytes[from + 5] != ':') {
            return NONE;
        }
        int hour = two(bytes, from);
        int minute = two(bytes, from + 3);
        int second = two(bytes, from + 6);
        if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return NONE;
        }
        secondOfDay = hour * 3600 + minute * 60 + second;
        return fraction(bytes, from + 8, to);
    }

    private int fraction(byte[] bytes, int from, int to) {
        nano = 0;
        fractionDigits = 0;
        boolean isThere = from + 1 < to && (bytes[from] == '.' || bytes[from] == ',') && digit(bytes[from + 1]) >= 0;
        if (!isThere) {
            return from;
        }
        int end = from + 1;
        while (end < to && digit(bytes[end]) >= 0) {
            end++;
        }
        fractionDigits = end - from - 1;
        if (fractionDigits > 9) {
            return NONE;
        }
        nano = (int) number(bytes, from + 1, end) * POWERS_OF_TEN[9 - fractionDigits];
        return end;
    }

    private int offset(byte[] bytes, int from, int to) {
        hasOffset = false;
        offset = 0;
        byte first = from < to ? bytes[from] : 0;
        if (first == 'Z') {
            hasOffset = from + 1 == to || !isLetter(bytes[from + 1]);
            return hasOffset ? from + 1 : from;
        }
        if (first != '+' && first != '-') {
            return from;
        }
        int hours = from + 3 <= to ? two(bytes, from + 1) : NONE;
        int end = from + 3;
        int minutes = 0;
        int minutesFrom = end < to && bytes[end] == ':' ? end + 1 : end;
        if (minutesFrom + 2 <= to && two(bytes, minutesFrom) >= 0) {
            minutes = two(bytes, minutesFrom);
            end = minutesFrom + 2;
        }
        boolean isOffset = hours >= 0
                && hours <= 15
                && minutes <= 59
                && (end == to || (digit(bytes[end]) < 0 && bytes[end] != ':'));
        hasOffset = true;
        offset = (first == '-' ? -1 : 1) * (hours * 60 + minutes) * 60;
        return isOffset ? end : NONE;
    }

    private boolean isDay() {
        return month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= lengthOfMonth());
    }

    /** Of February in a year that is not written 28: what the 29th means then is left to {@link TimeText}. */
    private int lengthOfMonth() {
        if (month == 2) {
            return year != UNKNOWN_YEAR && Year.isLeap(year) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** The same day is asked for again and again. */
    private long daysSince1970(int ofYear) {
        int asked = (ofYear << 9) | (month << 5) | day;
        if (asked != dayAsked) {
            dayAsked = asked;
            dayFound = LocalDate.of(ofYear, month, day).toEpochDay();
        }
        return dayFound;
    }

    private static int month(byte[] bytes, int at) {
        return switch ((bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2]) {
            case ('J' << 16) | ('a' << 8) | 'n' -> 1;
            case ('F' << 16) | ('e' << 8) | 'b' -> 2;
            case ('M' << 16) | ('a' << 8) | 'r' -> 3;
            case ('A' << 16) | ('p' << 8) | 'r' -> 4;
            case ('M' << 16) | ('a' << 8) | 'y' -> 5;
            case ('J' << 16) | ('u' << 8) | 'n' -> 6;
            case ('J' << 16) | ('u' << 8) | 'l' -> 7;
            case ('A' << 16) | ('u' << 8) | 'g' -> 8;
            case ('S' << 16) | ('e' << 8) | 'p' -> 9;
            case ('O' << 16) | ('c' << 8) | 't' -> 10;
            case ('N' << 16) | ('o' << 8) | 'v' -> 11;
            case ('D' << 16) | ('e' << 8) | 'c' -> 12;
            default -> 0;
        };
    }

    /** The number of two digits; negative if they are not. */
    private static int two(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NONE;
    }

    private static int digit(byte value) {
        return value >= '0' && value <= '9' ? value - '0' : NONE;
    }

    private static boolean isLetter(byte value) {
        return (value >= 'A' && value <= 'Z') || (value >= 'a' && value <= 'z');
    }

    /** The number that all bytes write, up to 18 of them; negative if one is no digit. */
    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int at = from; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    boolean hasYear() {
        return year != UNKNOWN_YEAR;
    }

    /** Whether the offset is known, so that it is an instant. */
    public boolean isAbsolute() {
        return hasOffset;
    }

    /** Says in which zone it is, as a word behind it told. */
    void at(int offsetSeconds) {
        hasOffset = true;
        offset = offsetSeconds;
    }

    /** What the clock on the wall showed, in seconds since 1970. Not to be asked without a year. */
    long wallSecond() {
        return wallSecond;
    }

    /** What the clock on the wall would have shown in {@code someYear}. Not to be asked of a count since 1970. */
    long wallSecondIn(int someYear) {
        return daysSince1970(someYear) * SECONDS_OF_DAY + secondOfDay;
    }

    /** Seconds since 1970. Not to be asked unless absolute. */
    public long second() {
        return wallSecond - offset;
    }

    public int nano() {
        return nano;
    }

    public int fractionDigits() {
        return fractionDigits;
    }
}
