package io.failovertimeline.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 20x} or {@code 0.5}. */
final class SpeedConverter implements ITypeConverter<Double> {

    @Override
    public Double convert(String text) {
        String number = text.endsWith("x") ? text.substring(0, text.length() - 1) : text;
        if (!number.matches("[0-9]{1,6}(\\.[0-9]{1,3})?") || Double.parseDouble(number) == 0) {
            throw new TypeConversionException("'" + text + "' is no speed; give a positive number such as 20x");
        }
        return Double.valueOf(number);
    }
}
