package io.failovertimeline.gate;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as an expectation is written, and as it is told. */
final class Amounts {

    private static final Pattern SPAN = Pattern.compile(
            "(?:(\\d{1,5}) ?h)? ?(?:(\\d{1,5}) ?m(?:in)?)? ?(?:(\\d{1,6}(?:\\.\\d{1,9})?) ?s)? ?(?:(\\d{1,9}) ?ms)?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?(B|kB|MB|GB|TB)?");

    private Amounts() {}

    /** {@code 90s}, {@code 1m 30s}, {@code 1.5 s}, {@code 500ms}, {@code 1h}; a number alone is seconds. Empty if it is none of these. */
    static Optional<Duration> span(String text) {
        String written = text.strip();
        Matcher parts = SPAN.matcher(written.matches("\\d{1,6}(\\.\\d{1,9})?") ? written + "s" : written);
        if (written.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofHours(number(parts.group(1)))
                .plusMinutes(number(parts.group(2)))
                .plusNanos(new BigDecimal(Optional.ofNullable(parts.group(3)).orElse("0"))
                        .movePointRight(9)
                        .longValue())
                .plusMillis(number(parts.group(4))));
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

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
