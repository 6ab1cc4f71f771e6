package io.failovertimeline.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.NearMiss;
import org.junit.jupiter.api.Test;

class NearMissesTest {

    /** A leader whose rounds are five seconds apart. */
    private static Scene steady(int from, int to) {
        Scene scene = new Scene().ttl(20);
        for (int second = from; second <= to; second += 5) {
            scene.leads(String.format("10:00:%02d.100", second), "db1");
        }
        return scene;
    }

    @Test
    void a_frozen_leader_that_came_back_in_time_says_how_much_of_its_lock_was_left() {
        Scene scene = steady(0, 20)
                .leads("10:00:34.900", "db1")
                .patroni("10:00:34.902", "db1", EventKind.LOOP_TIME_EXCEEDED, "loop-time-exceeded")
                .leads("10:00:39.900", "db1");

        assertThat(scene.findings().nearMisses()).singleElement().satisfies(miss -> {
            assertThat(miss.what()).isEqualTo("LOCK_NEARLY_EXPIRED");
            assertThat(miss.explanation()).contains("after 14.8 s", "about 5.2 s were left");
        });
    }

    @Test
    void rounds_of_which_only_the_ends_are_kept_are_no_gap() {
        Scene scene = steady(0, 55).patroni("10:00:30.400", "db1", EventKind.SYNC_CHANGED, "sync-mode");

        assertThat(scene.findings().nearMisses()).isEmpty();
    }

    @Test
    void a_patroni_that_wrote_nothing_for_long_is_a_near_miss_by_whatever_it_says_then() {
        Scene scene = new Scene()
                .follows("10:00:00.100", "db2", "db1")
                .follows("10:00:10.100", "db2", "db1")
                .follows("10:00:36.100", "db2", "db1")
                .follows("10:00:46.100", "db2", "db1");

        assertThat(scene.findings().nearMisses()).singleElement().satisfies(miss -> {
            assertThat(miss.what()).isEqualTo("HEARTBEAT_GAP");
            assertThat(miss.member()).isEqualTo("db2");
            assertThat(miss.explanation()).contains("nothing for 26.0 s");
        });
    }

    @Test
    void a_leader_silent_for_longer_than_its_key_lives_is_called_so() {
        Scene scene = steady(0, 10).leads("10:00:50.100", "db1").leads("10:00:55.100", "db1");

        assertThat(scene.findings().nearMisses())
                .extracting(NearMiss::explanation)
                .singleElement()
                .asString()
                .contains("longer than its key lives");
    }

    @Test
    void a_patroni_that_was_started_anew_was_not_silent() {
        Scene scene = steady(0, 10)
                .patroni("10:00:50.100", "db1", EventKind.HEARTBEAT, "configuration-read")
                .leads("10:00:51.100", "db1");

        assertThat(scene.findings().nearMisses()).isEmpty();
    }
}
