package io.failovertimeline.decode.load;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/** How long requests took, as load generators write it. Nothing below zero or above a year is taken for a latency. */
final class Latency {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MOST_CHARS = 64;
    private static final int MOST_PLAIN_CHARS = 18;

    private Latency() {}

    /** {@code 2103.551} is two seconds and a bit; finer than a nanosecond is rounded. Empty if {@code text} is no latency. */
    static Optional<Duration> ofMillis(String text) {
        return of(text, 6);
    }

    /** {@code 2.103551} is two seconds and a bit; finer than a nanosecond is rounded. Empty if {@code text} is no latency. */
    static Optional<Duration> ofSeconds(String text) {
        return of(text, 9);
    }

    /** {@code 2103551} is two seconds and a bit. Empty if {@code text} is no latency. */
    static Optional<Duration> ofMicros(String text) {
        return of(text, 3);
    }

    /** {@code 2103551000} is two seconds and a bit. Empty if {@code text} is no latency. */
    static Optional<Duration> ofNanos(String text) {
        return of(text, 0);
    }

    private static Optional<Duration> of(String text, int digitsToNanos) {
        if (text.isEmpty() || text.length() > MOST_CHARS) {
            return Optional.empty();
        }
        long plain = plain(text, digitsToNanos);
        if (plain >= 0) {
            return Optional.of(Duration.ofNanos(plain)).filter(latency -> latency.compareTo(LONGEST) <= 0);
        }
        try {
            // BigDecimal takes an exponent of a thousand million and then works on it for minutes.
            double rough = Double.parseDouble(text);
            if (!(rough >= 0) || rough > 1e18) {
                return Optional.empty();
            }
            if (rough < 1e-9) {
                return Optional.of(Duration.ZERO);
            }
            long nanos = new BigDecimal(text)
                    .movePointRight(digitsToNanos)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
            return Optional.of(Duration.ofNanos(nanos)).filter(latency -> latency.compareTo(LONGEST) <= 0);
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        } catch (ArithmeticException beyondLong) {
            return Optional.empty();
        }
    }

    /** The nanoseconds, where {@code text} is digits with at most one point among them that fit; -1 otherwise. */
    private static long plain(String text, int digitsToNanos) {
        if (text.length() > MOST_PLAIN_CHARS) {
            return -1;
        }
        long nanos = 0;
        int missing = digitsToNanos;
        boolean inFraction = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && !inFraction && i > 0 && i + 1 < text.length()) {
                inFraction = true;
            } else if (c < '0' || c > '9' || (inFraction && missing-- == 0)) {
                return -1;
            } else {
                nanos = nanos * 10 + c - '0';
            }
        }
        int digits = text.length() + missing;
        if (digits > MOST_PLAIN_CHARS) {
            return -1;
        }
        for (; missing > 0; missing--) {
            nanos *= 10;
        }
        return nanos;
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
