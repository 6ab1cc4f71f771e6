package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class HeaderReaderTest {

    private final HeaderReader<RecordHints> reader = new HeaderReader<>(RecordHints.NAMES, RecordHints::of);

    @Test
    void what_headers_say_is_what_record_hints_say() {
        for (int host = 0; host < 3; host++) {
            Headers headers = hints("db" + host, Optional.of(Instant.EPOCH)).headers();
            assertThat(reader.read(headers)).isEqualTo(RecordHints.of(headers));
        }
        assertThat(reader.read(new RecordHeaders())).isEqualTo(RecordHints.of(new RecordHeaders()));
    }

    @Test
    void headers_that_say_the_same_give_the_same_objects() {
        RecordHints first = reader.read(hints("db1", Optional.empty()).headers());
        reader.read(hints("db2", Optional.empty()).headers());

        assertThat(reader.read(hints("db1", Optional.empty()).headers())).isSameAs(first);
    }

    @Test
    void of_a_header_that_comes_twice_the_later_one_counts() {
        Headers twice = hints("db1", Optional.empty()).headers();
        reader.read(twice);
        twice.add("host", "db2".getBytes(StandardCharsets.UTF_8));

        assertThat(reader.read(twice).host()).contains("db2");
    }

    @Test
    void a_wrong_zone_is_wrong_each_time() {
        Headers wrong = new RecordHeaders().add("zone", "Moskva".getBytes(StandardCharsets.UTF_8));
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> reader.read(wrong)).isInstanceOf(DateTimeException.class);
        }
    }

    private static RecordHints hints(String host, Optional<Instant> near) {
        return new RecordHints(
                Optional.of("main"), Optional.of(host), Optional.of(ZoneOffset.UTC), near, Optional.of(host + ".log"));
    }
}
