package io.failovertimeline.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SilenceTest {

    private static final Window NIGHT = new Window.Weekly(
            Set.of(DayOfWeek.SATURDAY), LocalTime.of(22, 0), LocalTime.of(4, 0), ZoneId.of("Europe/Berlin"));

    @Test
    void what_begins_and_ends_within_the_time_is_silenced() {
        Window once = new Window.Once(Instant.parse("2026-11-28T01:00:00Z"), Instant.parse("2026-11-28T03:00:00Z"));

        assertThat(holds(once, "2026-11-28T01:00:00Z", "2026-11-28T03:00:00Z")).isTrue();
        assertThat(holds(once, "2026-11-28T00:59:59Z", "2026-11-28T01:30:00Z")).isFalse();
        assertThat(holds(once, "2026-11-28T02:00:00Z", "2026-11-28T03:00:01Z")).isFalse();
    }

    @Test
    void a_night_goes_on_after_midnight_by_the_clocks_of_its_zone() {
        assertThat(holds(NIGHT, "2026-11-28T21:00:00Z", "2026-11-29T03:00:00Z")).isTrue();
        assertThat(holds(NIGHT, "2026-11-29T02:00:00Z", "2026-11-29T02:59:00Z")).isTrue();
        assertThat(holds(NIGHT, "2026-11-28T20:59:00Z", "2026-11-28T21:30:00Z")).isFalse();
        assertThat(holds(NIGHT, "2026-11-29T02:00:00Z", "2026-11-29T03:01:00Z")).isFalse();
    }

    @Test
    void what_lasts_from_one_week_to_the_next_is_told() {
        assertThat(holds(NIGHT, "2026-11-28T22:00:00Z", "2026-12-05T22:00:00Z")).isFalse();
        assertThat(holds(NIGHT, "2026-11-27T22:00:00Z", "2026-11-27T23:00:00Z")).isFalse();
    }

    private static boolean holds(Window window, String from, String until) {
        return window.holds(Instant.parse(from), Instant.parse(until));
    }
}
