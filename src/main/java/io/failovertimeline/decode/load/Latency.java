package io.failovertimeline.decode.load;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;

/** How long requests took, as load generators write it. Nothing below zero or above a year is taken for a latency. */
final class Latency {

    /** What is answered where there is none. */
    static final long NONE = -1;

    private static final long LONGEST = Duration.ofDays(366).toNanos();
    private static final int MOST_CHARS = 64;
    private static final int MOST_PLAIN_CHARS = 18;

    private static final long[] POWERS_OF_TEN =
            LongStream.iterate(1, power -> power * 10).limit(10).toArray();

    /** What a number counts. */
    enum Unit {
        SECONDS(9),
        MILLIS(6),
        MICROS(3),
        NANOS(0);

        private final int digitsToNanos;

        Unit(int digitsToNanos) {
            this.digitsToNanos = digitsToNanos;
        }
    }

    private Latency() {}

    /** A field such as {@code 2103.551} in nanoseconds; finer than that is rounded. {@link #NONE} if it is no latency. */
    static long of(Fields row, int field, Unit unit) {
        return of(row.bytes(), row.from(field), row.to(field), unit);
    }

    /** The same of a text. */
    static Optional<Duration> of(String text, Unit unit) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long nanos = of(bytes, 0, bytes.length, unit);
        return nanos == NONE ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    private static long of(byte[] bytes, int from, int to, Unit unit) {
        if (from == to || to - from > MOST_CHARS) {
            return NONE;
        }
        long plain = plain(bytes, from, to, unit.digitsToNanos);
        long nanos = plain == NONE
                ? odd(new String(bytes, from, to - from, StandardCharsets.UTF_8), unit.digitsToNanos)
                : plain;
        return nanos <= LONGEST ? nanos : NONE;
    }

    /** The nanoseconds, where the bytes are digits with at most one point among them that fit; {@link #NONE} otherwise. */
    private static long plain(byte[] bytes, int from, int to, int digitsToNanos) {
        if (to - from > MOST_PLAIN_CHARS) {
            return NONE;
        }
        long number = 0;
        int point = to;
        for (int at = from; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                number = number * 10 + digit;
            } else if (bytes[at] == '.' && point == to) {
                point = at;
            } else {
                return NONE;
            }
        }
        int fraction = point == to ? 0 : to - point - 1;
        int missing = digitsToNanos - fraction;
        boolean isNumber = point > from && point != to - 1 && missing >= 0;
        return isNumber && to - from + missing <= MOST_PLAIN_CHARS ? number * POWERS_OF_TEN[missing] : NONE;
    }

    private static long odd(String text, int digitsToNanos) {
        try {
            // BigDecimal takes an exponent of a thousand million and then works on it for minutes.
            double rough = Double.parseDouble(text);
            if (!(rough >= 0) || rough > 1e18) {
                return NONE;
            }
            return rough < 1e-9
                    ? 0
                    : new BigDecimal(text)
                            .movePointRight(digitsToNanos)
                            .setScale(0, RoundingMode.HALF_UP)
                            .longValueExact();
        } catch (NumberFormatException noNumber) {
            return NONE;
        } catch (ArithmeticException beyondLong) {
            return NONE;
        }
    }

    /** {@code latency} in milliseconds, exact to the nanosecond, never with an exponent: {@code 2103.551}. */
    static String inMillis(Duration latency) {
        BigDecimal millis = BigDecimal.valueOf(latency.getSeconds())
                .movePointRight(3)
                .add(BigDecimal.valueOf(latency.getNano(), 6))
                .stripTrailingZeros();
        return millis.toPlainString();
    }
}
