package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labs of which one line in five was lost on its way. */
class LostLinesTest {

    private static final double LOST = 0.2;
    private static final Set<IncidentKind> MOVED = Set.of(IncidentKind.FAILOVER, IncidentKind.SWITCHOVER);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void a_quiet_cluster_has_no_failover(long seed) throws IOException {
        assertThat(told(Lab.CAPTURED.resolve("no-fault/input"), seed))
                .extracting(Incident::kind)
                .doesNotContainAnyElementsOf(MOVED)
                .doesNotContain(IncidentKind.LEADERLESS);
    }

    @ParameterizedTest
    @CsvSource({
        "labs/leader-killed, db1 db2",
        "labs/planned-switchover, db1 db2",
        "labs/power-cut, pg-a pg-b",
        "src/test/resources/lab/patroni-restart/input, db1 db2",
        "src/test/resources/lab/two-failovers/input, pg-a pg-b pg-a"
    })
    void leaders_are_not_swapped(Path lab, String leaders) throws IOException {
        for (long seed = 1; seed <= 5; seed++) {
            List<String> moves = new ArrayList<>();
            for (Incident incident : told(lab, seed)) {
                if (MOVED.contains(incident.kind())) {
                    moves.add(incident.oldLeader().orElse("?") + " "
                            + incident.newLeader().orElse("?"));
                }
            }

            assertThat(moves).as("seed " + seed).isNotEmpty();
            assertThat(moves).as("seed " + seed).allSatisfy(move -> assertThat(leaders)
                    .contains(move.replace("? ", "").replace(" ?", "")));
        }
    }

    private List<Incident> told(Path lab, long seed) throws IOException {
        Path lossy = folder.resolve(Long.toString(seed));
        Random random = new Random(seed);
        for (Path file : Lab.filesIn(lab)) {
            boolean isLog = !file.toString().contains("/config/")
                    && !file.toString().contains("/load/")
                    && !file.toString().endsWith(".gz");
            if (isLog) {
                Path copy = lossy.resolve(lab.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling("."));
                Files.write(
                        copy,
                        Files.readAllLines(file).stream()
                                .filter(line -> random.nextDouble() >= LOST)
                                .toList());
            }
        }
        return Lab.replay(lossy).findings().incidents();
    }
}
