package io.failovertimeline.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoardTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T18:13:01Z");

    private final Board board = new Board(100, 1_000);

    @Test
    void of_more_load_than_fits_the_oldest_is_dropped() {
        board.incident("i1", Optional.of(Incidents.failover("i1", "batman", 1, true, "a")));
        board.load(Incidents.load("batman", BEGIN.toString(), 1, 0));
        board.load(Incidents.load("batman", BEGIN.plusSeconds(1).toString(), 1, 0));
        for (int i = 0; i < 999; i++) {
            board.load(Incidents.load("robin", BEGIN.plusSeconds(2 + i).toString(), 1, 0));
        }

        assertThat(board.loadNear("i1")
                        .orElseThrow()
                        .path("perSecond")
                        .path(0)
                        .path("from")
                        .asText())
                .isEqualTo(BEGIN.plusSeconds(1).toString());
    }

    @Test
    void of_more_incidents_than_fit_the_oldest_that_are_over_are_dropped() {
        board.incident(
                "open",
                Optional.of(
                        Incidents.failover("open", "batman", 1, false, "a").put("startedAt", "2020-01-01T00:00:00Z")));
        board.incident(
                "old",
                Optional.of(
                        Incidents.failover("old", "batman", 1, true, "a").put("startedAt", "2020-01-01T00:00:01Z")));
        for (int i = 0; i < 99; i++) {
            board.incident("i" + i, Optional.of(Incidents.failover("i" + i, "batman", 1, true, "a")));
        }

        assertThat(board.full("open")).isPresent();
        assertThat(board.full("old")).isEmpty();
        assertThat(board.latestFirst()).hasSizeBetween(90, 100);
    }

    @Test
    void an_incident_that_another_version_wrote_has_no_load_and_is_shown_all_the_same() {
        board.incident(
                "i1",
                Optional.of(Incidents.failover("i1", "batman", 1, true, "a").put("startedAt", "yesterday")));

        assertThat(board.full("i1")).isPresent();
        assertThat(board.loadNear("i1").orElseThrow()).hasToString("{\"perSecond\":[],\"plots\":0}");
    }
}
