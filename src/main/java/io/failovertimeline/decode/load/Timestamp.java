package io.failovertimeline.decode.load;

import io.failovertimeline.model.Precision;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A time as a load generator writes it.
 *
 * @param at the earliest instant it allows
 * @param precision by the digits that were written, so never finer than the writer's clock. Go cuts trailing zeros: where a stamp
 *     happens to end in some, it counts as coarser than it is
 */
public record Timestamp(Instant at, Precision precision) {

    private static final int SECONDS_END = 19;

    /**
     * A time such as {@code 2023-12-10T16:19:54.575123456+03:00}: 0 to 9 digits after the second's point, {@code Z} or any offset.
     * Empty if {@code text} is none.
     */
    public static Optional<Timestamp> rfc3339(String text) {
        int length = text.length();
        if (length <= SECONDS_END || !hasShapeOfDateTime(text)) {
            return Optional.empty();
        }
        int zone = SECONDS_END;
        if (text.charAt(SECONDS_END) == '.') {
            zone++;
            while (zone < length && isDigit(text.charAt(zone))) {
                zone++;
            }
        }
        int digits = Math.max(0, zone - SECONDS_END - 1);
        boolean pointWithoutDigits = zone == SECONDS_END + 1;
        if (pointWithoutDigits || digits > 9 || zone == length) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    number(text, 17, 19),
                    nanos(text, digits));
            Precision precision = Precision.ofFractionDigits(digits);
            return offset(text, zone).map(offset -> new Timestamp(local.toInstant(offset), precision));
        } catch (DateTimeException noSuchDate) {
            return Optional.empty();
        }
    }

    /**
     * A count since 1970, whose unit shows in its number of digits: seconds up to 11, then milli-, micro-, nanoseconds from 12, 15
     * and 18. Empty if {@code text} is none.
     */
    static Optional<Timestamp> unix(String text) {
        int digits = text.length();
        if (digits == 0 || digits > 19 || !isNumber(text, 0, digits)) {
            return Optional.empty();
        }
        Precision precision = unit(digits);
        try {
            return Optional.of(new Timestamp(since1970(Long.parseLong(text), precision), precision));
        } catch (NumberFormatException beyondLong) {
            return Optional.empty();
        }
    }

    /** What a count since 1970 of so many digits counts. */
    static Precision unit(int digits) {
        return digits <= 11
                ? Precision.SECONDS
                : digits <= 14 ? Precision.MILLIS : digits <= 17 ? Precision.MICROS : Precision.NANOS;
    }

    private static Instant since1970(long count, Precision unit) {
        return switch (unit) {
            case SECONDS, TEN_SECONDS, MINUTES -> Instant.ofEpochSecond(count);
            case MILLIS -> Instant.ofEpochMilli(count);
            case MICROS -> Instant.EPOCH.plus(count, ChronoUnit.MICROS);
            case NANOS -> Instant.EPOCH.plusNanos(count);
            case REPEATED_HOUR -> throw new IllegalStateException("a count since 1970 is no local time: " + count);
        };
    }

    private static boolean hasShapeOfDateTime(String text) {
        for (int i = 0; i < SECONDS_END; i++) {
            char c = text.charAt(i);
            boolean fits =
                    switch (i) {
                        case 4, 7 -> c == '-';
                        case 10 -> c == 'T' || c == 't' || c == ' ';
                        case 13, 16 -> c == ':';
                        default -> isDigit(c);
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static Optional<ZoneOffset> offset(String text, int at) {
        char sign = text.charAt(at);
        int length = text.length() - at;
        if (sign == 'Z' || sign == 'z') {
            return length == 1 ? Optional.of(ZoneOffset.UTC) : Optional.empty();
        }
        if (length != 6
                || (sign != '+' && sign != '-')
                || text.charAt(at + 3) != ':'
                || !isNumber(text, at + 1, at + 3)
                || !isNumber(text, at + 4, at + 6)) {
            return Optional.empty();
        }
        int direction = sign == '-' ? -1 : 1;
        return Optional.of(ZoneOffset.ofHoursMinutes(
                direction * number(text, at + 1, at + 3), direction * number(text, at + 4, at + 6)));
    }

    private static int nanos(String text, int digits) {
        int nanos = digits == 0 ? 0 : number(text, SECONDS_END + 1, SECONDS_END + 1 + digits);
        for (int i = digits; i < 9; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
