package io.failovertimeline.gate;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as an expectation is written; durations and sizes as they are told. */
final class Amounts {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?(B|kB|MB|GB|TB)?");

    private Amounts() {}

    /** Bytes, of {@code 0}, {@code 16 MB} and the like, in PostgreSQL's units of 1024; empty if it is none. */
    static Optional<Long> size(String text) {
        Matcher parts = SIZE.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        int power = parts.group(2) == null ? 0 : "B kBMBGBTB".indexOf(parts.group(2)) / 2;
        return Optional.of(Math.multiplyExact(Long.parseLong(parts.group(1)), 1L << (10 * power)))
                .filter(bytes -> bytes >= 0);
    }

    /** {@code 33.712 s}: to the millisecond. */
    static String told(Duration span) {
        return new BigDecimal(span.toMillis())
                        .movePointLeft(3)
                        .stripTrailingZeros()
                        .toPlainString() + " s";
    }

    /** {@code 1,234 bytes}. */
    static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,d byte%s", bytes, bytes == 1 ? "" : "s");
    }
}
