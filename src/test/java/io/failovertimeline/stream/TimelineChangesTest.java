package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.AlternativeCause;
import io.failovertimeline.model.AlternativeCause.Verdict;
import io.failovertimeline.model.Cause;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.publish.FindingsJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineChangesTest {

    @Test
    void a_new_incident_says_why_and_why_not_otherwise() {
        List<ObjectNode> changes = TimelineChanges.opened(incident(CauseCode.HOST_DOWN, 1), 1);

        assertThat(changes).extracting(TimelineChangesTest::change).containsExactly("INCIDENT_OPENED", "CAUSE");
        assertThat(changes.get(1).at("/cause/alternatives/0/code").asText()).isEqualTo("CLEAN_SHUTDOWN");
    }

    @Test
    void another_cause_is_told_anew() {
        List<ObjectNode> changes =
                TimelineChanges.between(incident(CauseCode.UNKNOWN, 1), incident(CauseCode.HOST_DOWN, 1), 2);

        assertThat(changes).extracting(TimelineChangesTest::change).containsExactly("CAUSE");
    }

    @Test
    void a_cause_whose_evidence_moved_among_the_steps_is_the_same() {
        assertThat(TimelineChanges.between(incident(CauseCode.HOST_DOWN, 1), incident(CauseCode.HOST_DOWN, 2), 2))
                .isEmpty();
    }

    private static String change(ObjectNode record) {
        return record.path("change").asText();
    }

    private static ObjectNode incident(CauseCode code, int evidence) {
        AlternativeCause other = new AlternativeCause(
                CauseCode.CLEAN_SHUTDOWN, Verdict.EXCLUDED, "it was interrupted", List.of(evidence));
        Cause cause = new Cause(code, Optional.empty(), 0.9, "It went silent.", List.of(evidence), List.of(other));
        return FindingsJson.incident(
                new IncidentBuilder("id", "orders", IncidentKind.FAILOVER, Instant.parse("2026-11-22T10:00:00Z"))
                        .cause(cause)
                        .build());
    }
}
