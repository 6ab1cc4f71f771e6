package io.failovertimeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.publish.TextTimeline;
import io.failovertimeline.stream.TimelineTail;
import io.failovertimeline.stream.TopicDefinition;
import io.failovertimeline.stream.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TailPrinterTest {

    private final StringWriter printed = new StringWriter();

    @Test
    void a_step_is_a_line_with_its_time_its_member_and_its_proof() {
        TailPrinter.text(new PrintWriter(printed), new TextTimeline(100, false, true))
                .step(example("failover-timeline"));

        assertThat(printed)
                .hasToString("  2026-01-07, UTC\n"
                        + "  11:12:13.456  batman      db1     promoted self to leader by acquiring ses…  "
                        + "patroni-logs-0@17\n");
    }

    @Test
    void an_incident_is_told_when_it_is_over_and_not_again_while_it_reads_the_same() {
        TimelineTail.Listener printer = TailPrinter.text(new PrintWriter(printed), new TextTimeline(100, false, true));
        ObjectNode incident = example("failovers");

        printer.incident("a", Optional.of(incident));
        printer.incident("a", Optional.of(incident.deepCopy().put("state", "CLOSED")));
        printer.incident(
                "a", Optional.of(incident.deepCopy().put("state", "CLOSED").put("revision", 4)));

        assertThat(printed.toString().strip()).isEqualTo("FAILOVER  batman  db2 → db1, timeline 2 → 3");
    }

    @Test
    void as_json_a_tombstone_is_a_record_without_a_value() throws Exception {
        TailPrinter.json(new PrintWriter(printed)).incident("a", Optional.empty());

        assertThat(new ObjectMapper().readTree(printed.toString()))
                .isEqualTo(new ObjectMapper().readTree("{\"topic\":\"failovers\",\"key\":\"a\"}"));
    }

    private static ObjectNode example(String topic) {
        return (ObjectNode) Topics.standard().definitions().stream()
                .filter(definition -> definition.name().equals(topic))
                .map(TopicDefinition::example)
                .findFirst()
                .orElseThrow()
                .value();
    }
}
