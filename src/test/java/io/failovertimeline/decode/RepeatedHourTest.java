package io.failovertimeline.decode;

import static io.failovertimeline.decode.Decoding.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Stamp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In Berlin the clock showed the hour from 2 to 3 twice on 25 October 2026, first as CEST, then as CET. */
class RepeatedHourTest {

    private static final Hints BERLIN = Decoding.hints("Europe/Berlin", "2026-10-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // nothing tells which of the two it was
                "Oct 25 02:30:00 db1 patroni[6]: 2026-10-25 02:30:00,575 INFO: x | 2026-10-25T00:30:00.575Z | REPEATED_HOUR",
                "Oct 25 02:30:00 db1 patroni[6]: x | 2026-10-25T00:30:00Z | REPEATED_HOUR",
                "2026-10-25 02:30:00,575 INFO: x | 2026-10-25T00:30:00.575Z | REPEATED_HOUR",
                // an abbreviation or an offset does, its own or that of the line's other time
                "2026-10-25 02:30:00.575 CEST [12] LOG:  x | 2026-10-25T00:30:00.575Z | MILLIS",
                "2026-10-25 02:30:00.575 CET [12] LOG:  x | 2026-10-25T01:30:00.575Z | MILLIS",
                "2026-10-25T02:30:00+0100 db1 patroni[6]: 2026-10-25 02:30:00,575 INFO: x | 2026-10-25T01:30:00.575Z | MILLIS",
                "Sun 2026-10-25 02:30:00 CET db1 patroni[6]: 2026-10-25 02:30:00,575 INFO: x | 2026-10-25T01:30:00.575Z | MILLIS",
                "Sun 2026-10-25 02:30:00 CEST db1 patroni[6]: 2026-10-25 02:30:00,575 INFO: x | 2026-10-25T00:30:00.575Z | MILLIS",
                // just before and just after there is nothing to tell
                "Oct 25 01:59:59 db1 patroni[6]: 2026-10-25 01:59:59,999 INFO: x | 2026-10-24T23:59:59.999Z | MILLIS",
                "Oct 25 03:00:00 db1 patroni[6]: 2026-10-25 03:00:00,000 INFO: x | 2026-10-25T02:00:00Z | MILLIS",
            })
    void a_local_time_that_clocks_showed_twice_is_known_to_the_hour_unless_the_line_tells(
            String text, String at, Precision precision) {
        Stamp stamp = line(text, BERLIN).stamp().orElseThrow();

        assertThat(stamp.at()).isEqualTo(at);
        assertThat(stamp.precision()).isEqualTo(precision);
    }
}
