package io.failovertimeline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ThinningTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");
    private static final Predicate<LoadSecond> NOWHERE = second -> false;

    @Test
    void what_is_few_stays_as_it_is() {
        assertThat(Thinning.of(seconds(100), NOWHERE, 100)).isEmpty();
    }

    @Test
    void of_what_is_much_the_extremes_stay_and_their_seconds_with_them() {
        List<LoadSecond> seconds = seconds(10_000);
        seconds.set(1_234, second(1_234, 900, 0, 5));
        seconds.set(2_345, second(2_345, 10, 7, 5));
        seconds.set(3_456, second(3_456, 10, 0, 8_000));
        seconds.set(4_567, second(4_567, 1, 0, 5));

        Thinning thinned = Thinning.of(seconds, NOWHERE, 1_000).orElseThrow();

        assertThat(thinned.kept()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(thinned.kept())
                .contains(seconds.get(1_234), seconds.get(2_345), seconds.get(3_456), seconds.get(4_567))
                .isSubsetOf(seconds)
                .isSortedAccordingTo((a, b) -> a.second().compareTo(b.second()));
    }

    @Test
    void all_is_kept_where_it_matters_while_there_is_room() {
        List<LoadSecond> seconds = seconds(10_000);
        Predicate<LoadSecond> near = second -> second.second().isBefore(BEGIN.plusSeconds(300));

        Thinning thinned = Thinning.of(seconds, near, 1_000).orElseThrow();

        assertThat(thinned.kept()).containsAll(seconds.subList(0, 300));
        assertThat(thinned.everySecondsNear()).isEqualTo(1);
        assertThat(thinned.everySeconds()).isGreaterThan(1);
    }

    @Test
    void where_all_of_it_matters_and_is_too_much_that_is_thinned_too() {
        Thinning thinned = Thinning.of(seconds(10_000), second -> true, 1_000).orElseThrow();

        assertThat(thinned.kept()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(thinned.everySecondsNear()).isGreaterThan(1);
    }

    @Test
    void a_pause_is_a_second_without_requests() {
        List<LoadSecond> seconds = seconds(10_000);
        seconds.subList(5_000, 6_000).clear();

        Thinning thinned = Thinning.of(seconds, NOWHERE, 1_000).orElseThrow();

        assertThat(thinned.kept())
                .filteredOn(second -> second.requests() == 0)
                .extracting(LoadSecond::second)
                .containsExactly(BEGIN.plusSeconds(5_000));
    }

    private static List<LoadSecond> seconds(int number) {
        List<LoadSecond> seconds = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            seconds.add(second(i, 10, 0, 5));
        }
        return seconds;
    }

    private static LoadSecond second(int at, long requests, long failed, double slowest) {
        return new LoadSecond(
                new LoadSecond.Plot("batman", "k6", "GET /"),
                BEGIN.plusSeconds(at),
                requests,
                failed,
                Collections.emptySortedMap(),
                Optional.of(4.0),
                Optional.of(5.0),
                slowest);
    }
}
