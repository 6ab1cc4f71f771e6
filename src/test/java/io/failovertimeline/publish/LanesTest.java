package io.failovertimeline.publish;

import static io.failovertimeline.publish.Lanes.Role.LEADER;
import static io.failovertimeline.publish.Lanes.Role.PROMOTING;
import static io.failovertimeline.publish.Lanes.Role.REPLICA;
import static io.failovertimeline.publish.Lanes.Role.STARTING;
import static io.failovertimeline.publish.Lanes.Role.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T18:14:00Z");

    @Test
    void a_leader_that_falls_silent_is_nothing_until_it_starts_again() {
        List<Lanes.Lane> lanes = Lanes.of(failover().build());

        assertThat(lanes).extracting(Lanes.Lane::name).containsExactly("db1", "db2");
        assertThat(lanes.get(0).roles())
                .containsExactly(
                        new Lanes.Span(LEADER, at(-5), at(0)),
                        new Lanes.Span(UNKNOWN, at(0), at(50)),
                        new Lanes.Span(STARTING, at(50), at(55)));
    }

    @Test
    void who_takes_the_lock_is_a_replica_before_and_leads_once_writes_are_accepted() {
        List<Lanes.Lane> lanes = Lanes.of(failover().build());

        assertThat(lanes.get(1).roles())
                .containsExactly(
                        new Lanes.Span(REPLICA, at(-5), at(16)),
                        new Lanes.Span(PROMOTING, at(16), at(17)),
                        new Lanes.Span(LEADER, at(17), at(55)));
    }

    @Test
    void who_still_accepts_writes_still_leads() {
        List<Lanes.Lane> lanes = Lanes.of(failover()
                .dualLeaders(List.of(
                        new DualLeaders(List.of("db1", "db2"), at(17), at(30), DualLeaders.Verdict.PROVEN, List.of())))
                .build());

        assertThat(lanes.get(0).roles().get(0)).isEqualTo(new Lanes.Span(LEADER, at(-5), at(30)));
    }

    @Test
    void what_the_balancer_and_the_operator_did_has_lanes_of_its_own() {
        List<Lanes.Lane> lanes = Lanes.of(new IncidentBuilder("i", "c", IncidentKind.SWITCHOVER, BEGIN)
                .story(
                        List.of(step(0, EventKind.SWITCHOVER_REQUESTED, "db1"), step(1, EventKind.BACKEND_DOWN, "lb")),
                        List.of())
                .build());

        assertThat(lanes).extracting(Lanes.Lane::kind).containsExactly(Lanes.Kind.BALANCER, Lanes.Kind.OPERATOR);
    }

    private static IncidentBuilder failover() {
        return new IncidentBuilder("i", "c", IncidentKind.FAILOVER, BEGIN)
                .leaders(Optional.of("db1"), Optional.of("db2"))
                .lock(Optional.empty(), Optional.of(at(16)))
                .databaseReady(Optional.of(at(17)), Optional.empty())
                .rejoinedAt(Optional.of(at(55)))
                .story(
                        List.of(
                                step(-5, EventKind.HEARTBEAT, "db1"),
                                step(50, EventKind.RESTARTING, "db1"),
                                step(55, EventKind.STREAM_STARTED, "db1")),
                        List.of());
    }

    private static Instant at(long second) {
        return BEGIN.plusSeconds(second);
    }

    private static Step step(long second, EventKind kind, String member) {
        return new Step(at(second), Precision.MILLIS, kind, Optional.of(member), "…", Origin.line("a.log", 1));
    }
}
