package io.failovertimeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant EVENT = Instant.parse("2026-01-07T11:12:13Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
    private final List<Duration> slept = new ArrayList<>();
    private final Pace pace = Pace.times(20, now::get, time -> {
        slept.add(time);
        now.updateAndGet(instant -> instant.plus(time));
    });

    @Test
    void at_twenty_times_the_speed_twenty_seconds_take_one() throws InterruptedException {
        pace.await(EVENT);
        pace.await(EVENT.plusSeconds(20));
        pace.await(EVENT.plusSeconds(30));

        assertThat(slept).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(500));
    }

    @Test
    void a_record_that_is_due_or_late_does_not_wait() throws InterruptedException {
        pace.await(EVENT);
        now.updateAndGet(instant -> instant.plusSeconds(5));
        pace.await(EVENT.plusSeconds(20));
        pace.await(EVENT.minusSeconds(3));

        assertThat(slept).isEmpty();
    }
}
