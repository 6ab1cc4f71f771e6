package io.failovertimeline.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertFeedTest {

    private static final Instant START = Instant.parse("2026-01-07T11:12:00Z");

    private final Map<String, AlertRecord> told = new TreeMap<>();

    @Test
    void what_was_told_is_not_told_again() {
        tell(alert(AlertKind.LEADER_LOST, "one", 0, Optional.empty()));

        List<AlertRecord> again = tell(alert(AlertKind.LEADER_LOST, "one", 0, Optional.empty()));

        assertThat(again).isEmpty();
    }

    @Test
    void an_alert_fires_and_resolves_under_one_fingerprint_with_growing_revisions() {
        AlertRecord fired =
                tell(alert(AlertKind.LEADER_LOST, "one", 0, Optional.empty())).get(0);

        AlertRecord resolved = tell(alert(AlertKind.LEADER_LOST, "one", 0, Optional.of(START.plusSeconds(9))))
                .get(0);

        assertThat(fired.change()).isEqualTo(AlertRecord.Change.FIRED);
        assertThat(resolved.change()).isEqualTo(AlertRecord.Change.RESOLVED);
        assertThat(resolved.fingerprint()).isEqualTo(fired.fingerprint());
        assertThat(resolved.revision()).isEqualTo(2);
        assertThat(resolved.endsAt()).contains(START.plusSeconds(9));
    }

    @Test
    void a_story_whose_incident_gets_another_id_stays_in_its_group_and_fires_no_second_time() {
        AlertRecord fired =
                tell(alert(AlertKind.LEADER_LOST, "one", 5, Optional.empty())).get(0);

        List<AlertRecord> later = tell(alert(AlertKind.LEADER_LOST, "other", 3, Optional.empty()));

        assertThat(later).singleElement().satisfies(record -> {
            assertThat(record.fingerprint()).isEqualTo(fired.fingerprint());
            assertThat(record.group()).isEqualTo("one");
            assertThat(record.incident()).contains("other");
            assertThat(record.change()).isEqualTo(AlertRecord.Change.AMENDED);
        });
    }

    @Test
    void of_two_stories_that_one_turns_out_to_be_only_the_first_goes_on_and_both_are_told() {
        tell(alert(AlertKind.OUTAGE_OVER_BUDGET, "clients", 0, Optional.empty()));

        List<AlertRecord> later = tell(
                alert(AlertKind.LEADER_LOST, "second", 4, Optional.empty()),
                alert(AlertKind.LEADER_LOST, "first", 1, Optional.empty()));
        List<AlertRecord> renamed = tell(
                alert(AlertKind.LEADER_LOST, "first", 1, Optional.empty()),
                alert(AlertKind.LEADER_LOST, "second-by-another-name", 3, Optional.empty()));

        assertThat(later)
                .filteredOn(record -> record.change() == AlertRecord.Change.FIRED)
                .extracting(AlertRecord::group, record -> record.incident().orElseThrow())
                .containsExactly(tuple("clients", "first"), tuple("second", "second"));
        assertThat(renamed).singleElement().satisfies(record -> {
            assertThat(record.group()).isEqualTo("second");
            assertThat(record.incident()).contains("second-by-another-name");
        });
    }

    @Test
    void what_still_fires_goes_on_although_its_last_line_is_older_than_the_story_that_takes_its_place() {
        AlertRecord fired =
                tell(alert(AlertKind.LEADER_LOST, "one", 0, Optional.empty())).get(0);

        List<AlertRecord> later = tell(alert(AlertKind.LEADER_LOST, "other", 8, Optional.empty()));

        assertThat(later).singleElement().extracting(AlertRecord::fingerprint).isEqualTo(fired.fingerprint());
    }

    @Test
    void what_later_evidence_tells_otherwise_is_withdrawn() {
        tell(alert(AlertKind.LEADER_LOST, "one", 0, Optional.empty()));

        List<AlertRecord> later = tell();

        assertThat(later).singleElement().satisfies(record -> {
            assertThat(record.status()).isEqualTo(AlertRecord.Status.WITHDRAWN);
            assertThat(record.endsAt()).isPresent();
        });
        assertThat(tell()).isEmpty();
    }

    @Test
    void a_host_that_is_heard_again_was_silent_all_the_same() {
        tell(alert(AlertKind.SOURCE_SILENT, "silence", 0, Optional.empty()));

        List<AlertRecord> later = tell();

        assertThat(later).singleElement().extracting(AlertRecord::change).isEqualTo(AlertRecord.Change.RESOLVED);
    }

    @Test
    void of_the_alerts_of_one_story_one_speaks_for_all() {
        List<AlertRecord> records = tell(
                alert(AlertKind.OUTAGE_OVER_BUDGET, "one", 0, Optional.empty()),
                alert(AlertKind.FAILOVER_IN_PROGRESS, "one", 0, Optional.empty()),
                alert(AlertKind.REDUNDANCY_LOST, "one", 0, Optional.empty()));

        assertThat(records)
                .filteredOn(record -> record.inhibitedBy().isEmpty())
                .extracting(AlertRecord::name)
                .containsExactly("FailoverInProgress");
    }

    @Test
    void stories_that_do_not_touch_each_other_are_told_apart() {
        AlertRecord first = tell(alert(AlertKind.LEADER_LOST, "one", 0, Optional.of(START.plusSeconds(1))))
                .get(0);

        List<AlertRecord> both = tell(
                alert(AlertKind.LEADER_LOST, "one", 0, Optional.of(START.plusSeconds(1))),
                alert(AlertKind.LEADER_LOST, "two", 600, Optional.empty()));

        assertThat(both).singleElement().extracting(AlertRecord::group).isEqualTo("two");
        assertThat(both.get(0).fingerprint()).isNotEqualTo(first.fingerprint());
    }

    @Test
    void text_of_logs_is_made_plain_and_bounded() {
        String hostile = "a\u001b[31m\u0007\r\n<script>\u202egnp.exe" + "x".repeat(1_000_000);

        String plain = PlainText.line(hostile);

        assertThat(plain).hasSizeLessThanOrEqualTo(PlainText.LONGEST_LINE + 2).startsWith("a [31m   <script> gnp");
        assertThat(plain.codePoints()).allMatch(point -> !Character.isISOControl(point));
    }

    private List<AlertRecord> tell(Alert... alerts) {
        List<AlertRecord> changes =
                AlertFeed.changes(new ArrayList<>(told.values()), List.of(alerts), START.plusSeconds(10));
        changes.forEach(change -> told.put(change.fingerprint(), change));
        return changes;
    }

    private static Alert alert(AlertKind kind, String incident, long second, Optional<Instant> endsAt) {
        Instant from = START.plusSeconds(second);
        return new Alert(
                kind,
                kind.usualSeverity(),
                "batman",
                "",
                new Episode(incident, !incident.equals("silence"), from, Optional.empty(), from.plusSeconds(5)),
                List.of("db1"),
                from,
                endsAt,
                "what",
                "why",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
