package io.failovertimeline.cli;

import io.failovertimeline.model.WrittenDuration;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 90s} or {@code 1m30s}, as all settings do. */
final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        return WrittenDuration.parse(text)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is no duration; give a number and a unit, such as 90s, 10m or 1h30m"));
    }
}
