package io.failovertimeline.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.ClientImpact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImpactTest {

    private static final Instant START = Instant.parse("2026-01-07T11:12:00Z");

    @Test
    void an_outage_that_goes_on_is_told_in_steps_and_exactly_when_it_is_over() {
        assertThat(Impact.told(List.of(failing(23, 46, "GET /"), failing(21, 40, "GET /x"))))
                .isEqualTo("2 endpoints failed, longest for more than 20 s (GET /x)")
                .isEqualTo(Impact.told(List.of(failing(24, 48, "GET /"), failing(22, 42, "GET /x"))));
        assertThat(Impact.told(List.of(served(24, 48, "GET /"))))
                .isEqualTo("1 endpoint failed, 48 of 50 requests, longest 24.0 s (GET /)");
    }

    @Test
    void so_are_the_endpoints_that_are_over_their_budget() {
        Duration budget = Duration.ofSeconds(10);

        assertThat(Impact.of(List.of(failing(23, 46, "GET /"), served(12, 3, "GET /x")), budget))
                .map(Impact::endpoints)
                .contains("GET / for more than 20 s, GET /x 12.0 s");
    }

    private static ClientImpact failing(int seconds, int failed, String endpoint) {
        return impact(seconds, failed, endpoint, Optional.empty());
    }

    private static ClientImpact served(int seconds, int failed, String endpoint) {
        return impact(seconds, failed, endpoint, Optional.of(START.plusSeconds(seconds)));
    }

    private static ClientImpact impact(int seconds, int failed, String endpoint, Optional<Instant> servedAgainAt) {
        return new ClientImpact(
                "k6",
                endpoint,
                START,
                START.plusSeconds(seconds),
                servedAgainAt,
                failed + 2,
                failed,
                Duration.ofSeconds(seconds));
    }
}
