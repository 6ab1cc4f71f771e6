package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhasesTest {

    private static Phases.End end(PhaseName phase, String timeOfDay) {
        return Phases.End.at(phase, Optional.of(at(timeOfDay)));
    }

    private static Phases.End unknown(PhaseName phase) {
        return Phases.End.at(phase, Optional.empty());
    }

    @Test
    void phases_whose_boundary_is_unknown_are_one_span() {
        List<Phase> phases = Phases.cut(
                at("10:00:00.000"), List.of(unknown(PhaseName.DETECTION), end(PhaseName.ELECTION, "10:00:20.000")));

        assertThat(phases)
                .containsExactly(new Phase(
                        PhaseName.DETECTION, PhaseName.ELECTION, at("10:00:00.000"), at("10:00:20.000"), false));
    }

    @Test
    void what_comes_after_the_last_known_end_is_left_out() {
        List<Phase> phases = Phases.cut(
                at("10:00:00.000"),
                List.of(
                        end(PhaseName.DETECTION, "10:00:05.000"),
                        unknown(PhaseName.ELECTION),
                        unknown(PhaseName.PROMOTION)));

        assertThat(phases).extracting(Phase::name).containsExactly(PhaseName.DETECTION);
    }

    @Test
    void an_old_leader_that_is_back_before_clients_are_served_makes_no_phase() {
        List<Phase> phases = Phases.cut(
                at("10:00:00.000"),
                List.of(end(PhaseName.RECOVERY, "10:00:08.000"), end(PhaseName.REJOIN, "10:00:03.000")));

        assertThat(phases).extracting(Phase::name).containsExactly(PhaseName.RECOVERY);
    }
}
