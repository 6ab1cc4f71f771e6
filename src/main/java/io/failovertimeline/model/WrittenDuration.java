package io.failovertimeline.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them in options and files. */
public final class WrittenDuration {

    private static final Pattern PARTS = Pattern.compile(
            "(?:(\\d{1,6}) ?h)? ?(?:(\\d{1,6}) ?m(?:in|(?!s)))? ?(?:(\\d{1,6}(?:\\.\\d{1,9})?) ?s)? ?(?:(\\d{1,9}) ?ms)?");

    private WrittenDuration() {}

    /** Reads {@code 90s}, {@code 1m 30s}, {@code 1.5 s}, {@code 500ms}, {@code 1h}; empty if it is none of these: a number needs its unit. */
    public static Optional<Duration> parse(String text) {
        String written = text.strip();
        Matcher parts = PARTS.matcher(written);
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

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
