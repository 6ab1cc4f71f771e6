package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TellingPaceTest {

    private static final long NOW = 1_767_784_333_000L;
    private static final long REST = 5;

    private final TellingPace pace = new TellingPace();
    private final Object one = new Object();
    private final Object other = new Object();

    @Test
    void what_was_not_used_of_a_second_may_be_used_at_once() {
        for (int told = 0; told < 10; told++) {
            assertThat(pace.isTurnOf(one, NOW)).isTrue();
            pace.told(one, Duration.ofMillis(20), REST, NOW);
        }
        pace.told(one, Duration.ofMillis(2), REST, NOW);

        assertThat(pace.isTurnOf(one, NOW)).isFalse();
        assertThat(pace.isTurnOf(one, NOW + 10)).isTrue();
    }

    @Test
    void then_a_moment_of_telling_is_followed_by_its_rest_but_nothing_waits_longer_than_a_second() {
        pace.told(one, Duration.ofMillis(220), REST, NOW);
        assertThat(pace.isTurnOf(one, NOW + 99)).isFalse();
        assertThat(pace.isTurnOf(one, NOW + 100)).isTrue();

        pace.told(one, Duration.ofMinutes(1), REST, NOW + 100);
        assertThat(pace.isTurnOf(one, NOW + 1099)).isFalse();
        assertThat(pace.isTurnOf(one, NOW + 1100)).isTrue();
    }

    @Test
    void no_more_is_told_at_once_than_the_longest_rest_makes_up_for() {
        assertThat(TellingPace.mostAtOnce(REST)).isEqualTo(Duration.ofMillis(200));
        assertThat(TellingPace.mostAtOnce(8 * REST)).isEqualTo(Duration.ofMillis(25));
    }

    @Test
    void where_there_is_not_enough_for_all_the_task_that_waits_longest_is_the_next() {
        pace.told(one, Duration.ofMillis(220), REST, NOW);
        assertThat(pace.isTurnOf(other, NOW)).isFalse();
        assertThat(pace.isTurnOf(one, NOW)).isFalse();

        assertThat(pace.isTurnOf(one, NOW + 100)).isFalse();
        assertThat(pace.isTurnOf(other, NOW + 100)).isTrue();
    }

    @Test
    void a_task_that_is_closed_is_not_waited_for() {
        pace.told(one, Duration.ofMillis(220), REST, NOW);
        assertThat(pace.isTurnOf(other, NOW)).isFalse();
        pace.leave(other);

        assertThat(pace.isTurnOf(one, NOW + 100)).isTrue();
    }
}
