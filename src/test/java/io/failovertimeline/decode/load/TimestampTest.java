package io.failovertimeline.decode.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Precision;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

    @ParameterizedTest
    @CsvSource({
        "2023-12-10T16:19:54Z, 2023-12-10T16:19:54Z, SECONDS",
        "2023-12-10T16:19:54.5Z, 2023-12-10T16:19:54.500Z, MILLIS",
        "2023-12-10T16:19:54.575+03:00, 2023-12-10T13:19:54.575Z, MILLIS",
        "2023-12-10T16:19:54.5751-03:30, 2023-12-10T19:49:54.575100Z, MICROS",
        "2023-12-10T16:19:54.575123456+00:00, 2023-12-10T16:19:54.575123456Z, NANOS",
    })
    void rfc_3339_has_any_offset_and_up_to_nine_digits(String text, Instant at, Precision precision) {
        assertThat(Timestamp.rfc3339(text)).contains(new Timestamp(at, precision));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023-12-10T16:19:54",
                "2023-12-10T16:19:54.Z",
                "2023-12-10T16:19:54.1234567890Z",
                "2023-02-30T16:19:54Z",
                "2023-12-10T25:19:54Z",
                "2023-12-10T16:19:54+19:00",
                "2023-12-10T16:19:54+0300",
                "2023-12-10T16:19:54+03:0x",
                "2023-12-10T16:19:54ZZ",
                "2023-12-1016:19:54Z",
                "٢٠٢٣-12-10T16:19:54Z"
            })
    void what_is_no_rfc_3339_is_no_time(String text) {
        assertThat(Timestamp.rfc3339(text)).isEmpty();
    }

    @Test
    void rfc_3339_reads_as_the_jdk_reads_it() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(36 * 60 + 1) - 18 * 60) * 60);
            Instant at = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            String text = OffsetDateTime.ofInstant(at, offset)
                    .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX", Locale.ROOT));

            assertThat(Timestamp.rfc3339(text)).as(text).contains(new Timestamp(at, Precision.NANOS));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1702214394, 2023-12-10T13:19:54Z, SECONDS",
        "999999999, 2001-09-09T01:46:39Z, SECONDS",
        "1702214394575, 2023-12-10T13:19:54.575Z, MILLIS",
        "1702214394575123, 2023-12-10T13:19:54.575123Z, MICROS",
        "1702214394575123456, 2023-12-10T13:19:54.575123456Z, NANOS",
    })
    void the_unit_of_a_unix_time_shows_in_its_digits(String text, Instant at, Precision precision) {
        assertThat(Timestamp.unix(text)).contains(new Timestamp(at, precision));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1702214394", "1.7e9", "9999999999999999999", "17022143945751234567", "１２"})
    void what_is_no_count_is_no_unix_time(String text) {
        assertThat(Timestamp.unix(text)).isEmpty();
    }
}
