package io.failovertimeline.cli;

import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code Europe/Moscow} or {@code +03:00}. */
final class ZoneConverter implements ITypeConverter<ZoneId> {

    @Override
    public ZoneId convert(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new TypeConversionException(
                    "'" + text + "' is no zone; give a region such as Europe/Moscow or an offset such as +03:00");
        }
    }
}
