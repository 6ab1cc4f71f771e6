package io.failovertimeline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class TextTimelineTest {

    private final TextTimeline timeline = new TextTimeline(80, false, false);

    @Test
    void the_date_is_said_when_it_changes() {
        timeline.change(step("2026-01-07T23:59:59.900Z", "ADDED"));

        assertThat(timeline.change(step("2026-01-07T23:59:59.950Z", "ADDED"))).hasLineCount(1);
        assertThat(timeline.change(step("2026-01-08T00:00:00.010Z", "ADDED"))).startsWith("  2026-01-08, UTC\n");
    }

    @Test
    void no_line_is_wider_than_the_terminal() {
        assertThat(timeline.change(step("2026-01-07T11:12:13.456Z", "ADDED")).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void a_correction_and_a_withdrawal_are_marked() {
        timeline.change(step("2026-01-07T11:12:13.456Z", "ADDED"));

        assertThat(timeline.change(step("2026-01-07T11:12:13.456Z", "CORRECTED")))
                .startsWith("~ 11:12:13.456");
        assertThat(timeline.change(step("2026-01-07T11:12:13.456Z", "WITHDRAWN")))
                .startsWith("- 11:12:13.456");
    }

    @Test
    void a_phase_that_is_told_anew_says_what_it_was_before() {
        timeline.change(phase(15.0));

        assertThat(timeline.change(phase(15.692)))
                .isEqualTo("= 11:12:13.456  end of detection, which took 15.7 s, not 15.0 s\n");
    }

    @Test
    void a_phase_whose_length_reads_the_same_is_not_told_again() {
        timeline.change(phase(15.692));

        assertThat(timeline.change(phase(15.693))).isEmpty();
    }

    @Test
    void what_is_awaited_is_said_in_words() {
        ObjectNode record = record("2026-01-07T11:12:13.456Z", "AWAITED");
        ArrayNode awaited = record.putArray("awaited");
        awaited.addObject().put("what", "LEADER");
        awaited.addObject().put("what", "SUCCESS").put("endpoint", "/Cities").put("since", "2026-01-07T11:11:50Z");
        awaited.addObject().put("what", "HEARTBEAT").put("member", "db2").put("since", "2026-01-07T11:11:49Z");

        assertThat(timeline.change(record).replaceAll("\\s+", " "))
                .contains("goes on without a new leader; a request served by /Cities since 11:11:50; a heartbeat of"
                        + " db2 since 11:11:49");
    }

    private static ObjectNode step(String at, String change) {
        ObjectNode record = record(at, change);
        record.putObject("step")
                .put("at", at)
                .put("precision", "MILLIS")
                .put("type", "LOCK_ACQUIRED")
                .put("member", "db1")
                .put("text", "promoted self to leader by acquiring session lock, and much more than fits here")
                .put("source", "patroni-logs-0@17");
        return record;
    }

    private static ObjectNode phase(double seconds) {
        ObjectNode record = record("2026-01-07T11:12:13.456Z", "PHASE");
        record.putObject("phase")
                .put("name", "DETECTION")
                .put("from", "2026-01-07T11:11:57.764Z")
                .put("to", "2026-01-07T11:12:13.456Z")
                .put("seconds", seconds);
        return record;
    }

    private static ObjectNode record(String at, String change) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", at)
                .put("cluster", "batman")
                .put("incident", "batman-1")
                .put("kind", "FAILOVER")
                .put("change", change);
    }
}
