package io.failovertimeline.decode.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0.000000, PT0S",
        "66.004753, PT0.066004753S",
        "2103.551, PT2.103551S",
        "1e3, PT1S",
        "0.0000004, PT0S",
        "0.0000006, PT0.000000001S",
        "1e-999999999, PT0S",
    })
    void milliseconds_have_fractions_and_exponents(String text, Duration latency) {
        assertThat(Latency.of(text, Latency.Unit.MILLIS)).contains(latency);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "NaN", "Infinity", "1e999999999", "31622400001", "12,5", "0x10p3", "1f"})
    void what_no_request_can_take_is_no_latency(String text) {
        assertThat(Latency.of(text, Latency.Unit.MILLIS)).isEmpty();
    }

    @Test
    void what_is_written_reads_the_same() {
        Random random = new Random(2);
        for (int i = 0; i < 2_000; i++) {
            Duration latency = Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 50)));

            assertThat(Latency.of(Latency.inMillis(latency), Latency.Unit.MILLIS))
                    .contains(latency);
        }
    }
}
