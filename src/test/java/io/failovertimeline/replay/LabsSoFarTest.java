package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Mark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Labs as they were told while they went on: at every instant, of what had been written until then. */
class LabsSoFarTest {

    private static final Set<IncidentKind> OF_THE_LEADER = Set.of(
            IncidentKind.FAILOVER,
            IncidentKind.SWITCHOVER,
            IncidentKind.LEADER_RESTART,
            IncidentKind.DCS_OUTAGE,
            IncidentKind.LEADERLESS);

    static Stream<Path> labs() throws IOException {
        return Lab.all().stream();
    }

    @ParameterizedTest
    @MethodSource("labs")
    void one_story_at_a_time_is_told_of_the_leader_and_none_that_never_was(Path lab) throws IOException {
        List<Evidence> evidence = List.copyOf(Lab.evidence(lab));
        List<Incident> whole = ofTheLeader(Correlator.findings(evidence));
        TreeSet<Instant> instants = new TreeSet<>();
        evidence.stream()
                .filter(piece -> !(piece instanceof LoadBucket))
                .map(LabsSoFarTest::at)
                .forEach(instants::add);
        for (Instant now : instants) {
            List<Incident> soFar =
                    ofTheLeader(Correlator.findings(evidence.stream()
                                    .filter(piece -> !at(piece).isAfter(now))
                                    .toList()))
                            .stream()
                            .filter(incident -> incident.state() == Incident.State.OPEN)
                            .toList();
            assertThat(soFar).as("open at " + now).hasSizeLessThanOrEqualTo(1);
            assertThat(soFar).as("told at " + now).allSatisfy(incident -> assertThat(whole)
                    .extracting(Incident::startedAt)
                    .anySatisfy(start -> assertThat(start)
                            .isBetween(
                                    incident.startedAt().minusSeconds(30),
                                    incident.startedAt().plusSeconds(5))));
        }
    }

    private static List<Incident> ofTheLeader(Findings findings) {
        return findings.incidents().stream()
                .filter(incident -> OF_THE_LEADER.contains(incident.kind()))
                .sorted(Comparator.comparing(Incident::startedAt))
                .toList();
    }

    private static Instant at(Evidence piece) {
        return piece.match(
                ClusterEvent::at,
                (Mark mark) -> Instant.MIN,
                (ClusterSettings settings) -> Instant.MIN,
                (LoadBucket bucket) -> bucket.second().plusSeconds(1));
    }
}
