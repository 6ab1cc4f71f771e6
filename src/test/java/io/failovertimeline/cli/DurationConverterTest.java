package io.failovertimeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {

    private final DurationConverter converter = new DurationConverter();

    @Test
    void options_take_durations_as_settings_do() {
        assertThat(converter.convert("10m")).isEqualTo(Duration.ofMinutes(10));
        assertThat(converter.convert("1m30s")).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void what_is_none_is_answered_with_how_to_write_one() {
        assertThatThrownBy(() -> converter.convert("PT10M"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'PT10M' is no duration; give a number and a unit, such as 90s, 10m or 1h30m");
    }
}
