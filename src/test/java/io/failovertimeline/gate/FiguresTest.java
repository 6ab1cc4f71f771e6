package io.failovertimeline.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Report;
import io.failovertimeline.publish.TextComparison;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T18:00:00Z");
    private static final Figure DETECTION =
            new Figure(IncidentKind.FAILOVER, Figure.Measure.PHASE, Optional.of(PhaseName.DETECTION), "");

    @Test
    void of_several_runs_the_one_in_the_middle_counts_whatever_their_order() {
        List<Report> runs = List.of(run(20, false), run(10, false), run(90, false));

        assertThat(Figures.of(runs)).isEqualTo(Figures.of(List.of(runs.get(2), runs.get(0), runs.get(1))));
        assertThat(Figures.of(runs).spread(DETECTION)).contains(new Figures.Spread(3, 10_000, 20_000, 90_000));
    }

    @Test
    void a_phase_of_which_only_a_bound_is_known_is_not_measured() {
        assertThat(Figures.of(List.of(run(20, true))).spread(DETECTION)).isEmpty();
    }

    @Test
    void a_comparison_says_what_changed() {
        String text = new TextComparison(100, false)
                .render("ttl 30", Figures.of(List.of(run(20, false))), "ttl 15", Figures.of(List.of(run(10, false))));

        assertThat(text).containsPattern("FAILOVER DETECTION +20\\.0 s +10\\.0 s +-10\\.0 s \\(-50%\\)");
        assertThat(new TextComparison(100, false).render("a", Figures.of(List.of()), "b", Figures.of(List.of())))
                .contains("Neither tells of an incident.");
    }

    private static Report run(int detection, boolean isBound) {
        Incident incident = new IncidentBuilder("id", "batman", IncidentKind.FAILOVER, BEGIN)
                .phases(List.of(new Phase(
                        PhaseName.DETECTION, PhaseName.DETECTION, BEGIN, BEGIN.plusSeconds(detection), isBound)))
                .build();
        return new Report(
                new Findings(List.of(incident), List.of(), List.of(), List.of(), List.of(), List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
