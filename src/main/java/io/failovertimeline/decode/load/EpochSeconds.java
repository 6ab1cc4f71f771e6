package io.failovertimeline.decode.load;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/** Seconds since 1970 with a fraction, such as {@code 1702214394.575}. */
final class EpochSeconds {

    private static final int MOST_CHARS = 40;
    private static final double LATEST = 99_999_999_999.0;

    private EpochSeconds() {}

    /** The instant; what is finer than a nanosecond is cut. Empty if {@code text} is none. */
    static Optional<Instant> of(String text) {
        if (text.isEmpty() || text.length() > MOST_CHARS) {
            return Optional.empty();
        }
        try {
            double rough = Double.parseDouble(text);
            if (!(rough >= 1) || rough > LATEST) {
                return Optional.empty();
            }
            long nanos = new BigDecimal(text)
                    .movePointRight(9)
                    .setScale(0, RoundingMode.DOWN)
                    .longValueExact();
            return Optional.of(Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        } catch (ArithmeticException beyondLong) {
            return Optional.empty();
        }
    }
}
