package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PhasesOfLabsTest {

    private static final int SUBSETS = 40;

    static Stream<Path> labs() throws IOException {
        return Lab.all().stream();
    }

    @ParameterizedTest
    @MethodSource("labs")
    void phases_neither_overlap_nor_leave_gaps_whatever_lines_are_missing(Path lab) throws IOException {
        List<Evidence> evidence = List.copyOf(Lab.evidence(lab));
        Random random = new Random(7);
        Correlator.findings(evidence).incidents().forEach(PhasesOfLabsTest::assertWhole);
        for (int i = 0; i < SUBSETS; i++) {
            double kept = random.nextDouble();
            List<Evidence> subset = evidence.stream()
                    .filter(piece -> random.nextDouble() < kept)
                    .toList();

            Correlator.findings(subset).incidents().forEach(PhasesOfLabsTest::assertWhole);
        }
    }

    private static void assertWhole(Incident incident) {
        Instant end = incident.startedAt();
        List<PhaseName> names = new ArrayList<>();
        for (Phase phase : incident.phases()) {
            assertThat(phase.from()).as(phase + " of " + incident.id()).isEqualTo(end);
            end = phase.to();
            names.add(phase.name());
            if (phase.through() != phase.name()) {
                names.add(phase.through());
            }
            phase.bySettings().ifPresent(settings -> {
                assertThat(settings.expected()).isBetween(settings.atLeast(), settings.atMost());
                assertThat(settings.atLeast().isNegative()).isFalse();
            });
        }
        assertThat(names).as(incident.phases().toString()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_restart_in_place_goes_from_its_begin_to_the_database_and_to_the_clients() throws IOException {
        Incident incident = only(Lab.CAPTURED.resolve("postgres-restart/input"));

        assertThat(incident.phases()).extracting(Phase::name).startsWith(PhaseName.PROMOTION);
        assertThat(incident.phases().get(0).to())
                .isEqualTo(incident.databaseReadyAt().orElseThrow());
    }

    @Test
    void a_lost_replica_is_named_and_its_phases_end_with_its_return() throws IOException {
        Incident incident = only(Lab.CAPTURED.resolve("replica-lost/input"));

        assertThat(incident.member()).contains("db2");
        assertThat(incident.phases()).extracting(Phase::name).containsExactly(PhaseName.RECOVERY, PhaseName.REJOIN);
        assertThat(incident.phases().get(1).to())
                .isEqualTo(incident.rejoinedAt().orElseThrow());
    }

    private static Incident only(Path lab) throws IOException {
        List<Incident> incidents = Lab.replay(lab).findings().incidents();
        assertThat(incidents).hasSize(1);
        return incidents.get(0);
    }
}
