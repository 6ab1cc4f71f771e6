package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @Test
    void a_name_read_again_is_the_same_object_wherever_it_stands() {
        byte[] one = "cluster-1 GET /cities".getBytes(StandardCharsets.UTF_8);
        byte[] other = "GET /cities".getBytes(StandardCharsets.UTF_8);

        assertThat(Names.of(one, 10, 21)).isEqualTo("GET /cities").isSameAs(Names.of(other, 0, 11));
    }

    @Test
    void names_that_share_a_place_are_told_apart() {
        for (int n = 0; n < 100_000; n++) {
            String name = "cluster-" + n;
            assertThat(read(name)).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Städte", "\uD83D\uDC18", "a\0b"})
    void any_text_is_read_as_it_is(String name) {
        assertThat(read(name)).isEqualTo(name);
        assertThat(read(name)).isEqualTo(name);
    }

    @Test
    void a_long_text_is_read_too() {
        assertThat(read("x".repeat(1000))).isEqualTo("x".repeat(1000));
    }

    private static String read(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return Names.of(bytes, 0, bytes.length);
    }
}
