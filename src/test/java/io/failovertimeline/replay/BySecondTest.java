package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BySecondTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100, 100_000})
    void holds_what_a_map_holds(int span) {
        Random random = new Random(span);
        BySecond<Integer> values = new BySecond<>();
        Map<Long, Integer> wanted = new HashMap<>();

        for (int n = 0; n < 10_000; n++) {
            long second = 1_700_000_000L - span / 2 + random.nextInt(span);
            assertThat(values.get(second)).isEqualTo(wanted.get(second));
            assertThat(values.put(second, n)).isEqualTo(wanted.put(second, n) == null);
        }

        Map<Long, Integer> shown = new HashMap<>();
        values.forEach(shown::put);
        assertThat(shown).isEqualTo(wanted);
    }

    @Test
    void holds_nothing_once_it_was_cleared() {
        BySecond<Integer> values = new BySecond<>();
        values.put(-1, 1);

        values.clear();

        assertThat(values.get(-1)).isNull();
    }
}
