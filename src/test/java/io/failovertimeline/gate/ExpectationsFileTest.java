package io.failovertimeline.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.WrittenDuration;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationsFileTest {

    @Test
    void all_that_can_be_expected_is_read() throws ExpectationsException {
        Expectations expectations = ExpectationsFile.read("e.yaml", """
                incidents:
                  - kind: FAILOVER
                    cluster: batman
                    cause: [HOST_DOWN, POSTGRES_CRASH]
                    dataLoss: 16MB
                    phases: {REJOIN: 1m30s}
                    endpoints:
                      GET /Cities: {outage: 500ms, failedRequests: 7}
                others: allowed
                failedElsewhere: 3
                """);

        assertThat(expectations.allowOthers()).isTrue();
        assertThat(expectations.failedElsewhere()).contains(3L);
        assertThat(expectations.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).contains(IncidentKind.FAILOVER);
            assertThat(incident.cluster()).contains("batman");
            assertThat(incident.causes()).containsExactlyInAnyOrder(CauseCode.HOST_DOWN, CauseCode.POSTGRES_CRASH);
            assertThat(incident.mostLost()).contains(16L << 20);
            assertThat(incident.phases()).containsEntry(PhaseName.REJOIN, Duration.ofSeconds(90));
            assertThat(incident.endpoints())
                    .containsEntry(
                            "GET /Cities",
                            new Expectations.Limits(Optional.of(Duration.ofMillis(500)), Optional.of(7L)));
        });
    }

    @Test
    void all_that_is_wrong_is_named_at_once_with_its_place() {
        assertThatThrownBy(() -> ExpectationsFile.read("e.yaml", """
                        incidents:
                          - kind: FAILVER
                            outage: 3 parsecs
                            colour: red
                        others: maybe
                        """))
                .isInstanceOf(ExpectationsException.class)
                .hasMessageContaining("e.yaml: incidents[0].kind 'FAILVER' is not one of [FAILOVER, ")
                .hasMessageContaining("incidents[0].outage '3 parsecs' is not a duration such as 30s")
                .hasMessageContaining("incidents[0].colour is not known; there are kind, cluster")
                .hasMessageContaining("others 'maybe' is not none or allowed");
    }

    @ParameterizedTest
    @CsvSource({"'incidents: ['", "'a: 1\na: 2\n'", "''", "'- x'", "'incidents: 3'"})
    void what_is_no_file_of_expectations_is_one_error(String yaml) {
        assertThatThrownBy(() -> ExpectationsFile.read("e.yaml", yaml))
                .isInstanceOf(ExpectationsException.class)
                .hasMessageStartingWith("e.yaml:");
    }

    @ParameterizedTest
    @CsvSource({"30s, 30000", "1m30s, 90000", "1.5 s, 1500", "500ms, 500", "2h, 7200000", "1 m 2 s, 62000"})
    void durations_are_read_as_people_write_them(String text, long millis) {
        assertThat(WrittenDuration.parse(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"''", "s", "45", "-3s", "1e3s", "3 parsecs", "99999999999s"})
    void other_texts_are_no_durations(String text) {
        assertThat(WrittenDuration.parse(text)).isEmpty();
    }
}
