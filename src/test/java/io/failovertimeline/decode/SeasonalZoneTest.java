package io.failovertimeline.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.ZoneFinding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeasonalZoneTest {

    private static final List<String> PAIRS = List.of(
            pair("1698537600000000", "2023-10-29 02:00:00,000"), // 00:00 UTC, summer time
            pair("1698544800000000", "2023-10-29 03:00:00,000"), // 02:00 UTC, winter time
            pair("1711843200000000", "2024-03-31 01:00:00,000"), // 00:00 UTC, winter time
            pair("1711850400000000", "2024-03-31 04:00:00,000")); // 02:00 UTC, summer time

    private final Survey survey = new Survey();

    @ParameterizedTest
    @CsvSource({
        "2023-10-29 01:59:59, 2023-10-28T23:59:59Z",
        "2023-10-29 03:00:01, 2023-10-29T02:00:01Z",
        "2024-03-31 01:59:59, 2024-03-31T00:59:59Z",
        "2024-03-31 03:00:00, 2024-03-31T01:00:00Z",
    })
    void lines_without_an_offset_are_read_by_the_change_that_pairs_on_both_sides_prove(String local, Instant at) {
        show(PAIRS);

        assertThat(Decoding.at(local + ",000 INFO: Lock owner: db1; I am db1", hints()))
                .isEqualTo(at);
    }

    @Test
    void a_line_within_the_repeated_hour_that_is_a_pair_itself_is_read_by_its_own_offset() {
        show(PAIRS);

        // 01:30 UTC: half past two for the second time
        assertThat(Decoding.at(pair("1698543000000000", "2023-10-29 02:30:00,000"), hints()))
                .isEqualTo("2023-10-29T01:30:00Z");
    }

    @Test
    void the_report_names_a_region() {
        show(PAIRS);

        assertThat(survey.surroundings(GivenZones.NONE).zones())
                .filteredOn(finding -> finding.host().isPresent())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.zone().getId()).isEqualTo("CET");
                    assertThat(finding.basis()).isEqualTo(ZoneFinding.Basis.PAIRED);
                });
    }

    @Test
    void offsets_that_no_region_shows_in_turn_name_none() {
        show(List.of(
                pair("1698537600000000", "2023-10-29 02:00:00,000"),
                pair("1698537601000000", "2023-10-29 05:00:01,000")));

        assertThat(survey.surroundings(GivenZones.NONE).zones())
                .noneMatch(finding -> finding.zone().getId().contains("ET"));
    }

    private Hints hints() {
        Hints found = survey.surroundings(GivenZones.NONE).hintsFor("db1.json", Optional.empty());
        return new Hints(Optional.of("db1"), found.zone(), found.zoneByHost(), found.near());
    }

    private void show(List<String> lines) {
        for (int number = 1; number <= lines.size(); number++) {
            byte[] bytes = lines.get(number - 1).getBytes(UTF_8);
            survey.add("db1.json", bytes, 0, bytes.length, number);
        }
    }

    private static String pair(String micros, String local) {
        return "{\"__REALTIME_TIMESTAMP\":\"" + micros
                + "\",\"_HOSTNAME\":\"db1\",\"SYSLOG_IDENTIFIER\":\"patroni\",\"MESSAGE\":\"" + local
                + " INFO: Lock owner: db1; I am db1\"}";
    }
}
