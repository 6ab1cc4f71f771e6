package io.failovertimeline.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failovertimeline.model.ZoneFinding;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GivenZonesTest {

    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final Survey survey = new Survey();

    @Test
    void a_host_has_the_zone_given_for_it_and_all_others_the_general_one() {
        show("all.log", "Dec 10 16:19:54 db1 patroni[1]: x");
        show("all.log", "Dec 10 16:19:54 db2 patroni[1]: x");

        Surroundings surroundings =
                survey.surroundings(GivenZones.parse(List.of("db1=Europe/Moscow", "Europe/Berlin")));

        Hints hints = surroundings.hintsFor("all.log", Optional.empty());
        assertThat(hints.zoneOf(Optional.of("db1"))).isEqualTo(MOSCOW);
        assertThat(hints.zoneOf(Optional.of("db2"))).isEqualTo(BERLIN);
        assertThat(surroundings.zones())
                .containsExactly(finding(Optional.empty(), BERLIN), finding(Optional.of("db1"), MOSCOW));
    }

    @Test
    void a_glob_names_inputs_by_the_end_of_their_path() {
        show("run/logs/db2.patroni.log", "2023-12-10 16:19:54,580 INFO: Lock owner: db1; I am db2");
        show("run/logs/db1.patroni.log", "2023-12-10 13:19:54,580 INFO: Lock owner: db1; I am db1");

        Surroundings surroundings = survey.surroundings(GivenZones.parse(List.of("logs/db2*=+03:00")));

        assertThat(surroundings
                        .hintsFor("run/logs/db2.patroni.log", Optional.empty())
                        .zone())
                .isEqualTo(ZoneOffset.ofHours(3));
        assertThat(surroundings
                        .hintsFor("run/logs/db1.patroni.log", Optional.empty())
                        .zone())
                .isEqualTo(ZoneOffset.UTC);
        assertThat(surroundings.zones()).contains(finding(Optional.of("db2"), ZoneOffset.ofHours(3)));
    }

    @Test
    void what_is_given_for_a_host_wins_over_what_its_lines_prove() {
        show(
                "db1.json",
                "2023-12-10T13:19:54+00:00 db1 patroni[1]: 2023-12-10 16:19:54,580 INFO: Lock owner: db1; I am db1");

        Surroundings surroundings = survey.surroundings(GivenZones.parse(List.of("db1=Europe/Berlin")));

        assertThat(surroundings.hintsFor("db1.json", Optional.empty()).zoneOf(Optional.of("db1")))
                .isEqualTo(BERLIN);
    }

    @Test
    void a_name_that_is_no_host_and_no_input_is_told() {
        show("db1.log", "Dec 10 16:19:54 db1 patroni[1]: x");

        assertThat(survey.surroundings(GivenZones.parse(List.of("db1=UTC", "bd2=UTC", "x/*=UTC")))
                        .unknownToZones())
                .containsExactly("bd2", "x/*");
    }

    @Test
    void all_that_is_wrong_is_named_at_once() {
        assertThatThrownBy(() -> GivenZones.parse(List.of("db1=Mars", "=UTC", "db2=UTC", "db2=+03:00")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Mars' is no zone")
                .hasMessageContaining("'=UTC' names no host")
                .hasMessageContaining("db2 has two zones, UTC and +03:00");
    }

    private void show(String source, String line) {
        byte[] bytes = line.getBytes(UTF_8);
        survey.add(source, bytes, 0, bytes.length, 1);
    }

    private static ZoneFinding finding(Optional<String> host, ZoneId zone) {
        return new ZoneFinding(host, zone, ZoneFinding.Basis.GIVEN, Optional.empty());
    }
}
