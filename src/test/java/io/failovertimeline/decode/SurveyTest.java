package io.failovertimeline.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.state.DumpBlock;
import io.failovertimeline.model.BalancerChecks;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Setting;
import io.failovertimeline.model.ZoneFinding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyTest {

    private static final Path LABS = Path.of("src/test/resources/lab");

    private record Shown(String source, String text, long line) {}

    private final List<Shown> shown = new ArrayList<>();

    private SurveyTest show(String source, String... lines) {
        int next = 0;
        while (next < lines.length) {
            int end = endOfRecord(lines, next);
            shown.add(new Shown(source, String.join("\n", List.of(lines).subList(next, end)), next + 1));
            next = end;
        }
        return this;
    }

    /** The lines of a state dump are one record. */
    private static int endOfRecord(String[] lines, int first) {
        byte[] line = lines[first].getBytes(StandardCharsets.UTF_8);
        Optional<DumpBlock> block = DumpBlock.begin(line, 0, line.length);
        int end = first + 1;
        while (block.isPresent() && end < lines.length) {
            byte[] next = lines[end].getBytes(StandardCharsets.UTF_8);
            if (!block.get().goesOn(next, 0, next.length)) {
                break;
            }
            end++;
        }
        return block.flatMap(DumpBlock::dump).isPresent() ? end : first + 1;
    }

    private SurveyTest showLab(String lab) throws IOException {
        Path input = LABS.resolve(lab).resolve("input");
        try (Stream<Path> files = Files.walk(input)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                show(input.relativize(file).toString(), Files.readAllLines(file).toArray(String[]::new));
            }
        }
        return this;
    }

    private Surroundings surroundings() {
        return surroundings(GivenZones.NONE);
    }

    private Surroundings surroundings(GivenZones given) {
        Survey survey = new Survey();
        for (Shown line : shown) {
            byte[] bytes = line.text().getBytes(StandardCharsets.UTF_8);
            survey.add(line.source(), bytes, 0, bytes.length, line.line());
        }
        return survey.surroundings(given);
    }

    private Hints hints(String source) {
        return surroundings().hintsFor(source, Optional.empty());
    }

    private ZoneFinding general() {
        return surroundings().zones().get(0);
    }

    @Test
    void a_write_up_proves_its_zone_by_what_psql_printed() throws IOException {
        showLab("sre-lab04");

        ZoneFinding zone = general();

        assertThat(surroundings().zones()).hasSize(1);
        assertThat(zone.zone()).isEqualTo(ZoneOffset.ofHours(3));
        assertThat(zone.basis()).isEqualTo(ZoneFinding.Basis.PAIRED);
        assertThat(zone.proof()).contains(Origin.line("README.md", 10));
    }

    @Test
    void every_log_line_of_a_write_up_is_decoded_and_none_of_its_prose() throws IOException {
        showLab("sre-lab04");
        Hints hints = hints("README.md");

        List<Decoded.Line> lines = shown.stream()
                .map(line -> Decoding.decode(line.text(), hints))
                .flatMap(decoded -> decoded.match(Stream::of, unreadable -> Stream.empty(), nothing -> Stream.empty()))
                .toList();

        List<Decoded.Line> logged =
                lines.stream().filter(line -> !line.format().equals("shell")).toList();
        assertThat(logged).hasSize(20).allSatisfy(line -> {
            assertThat(line.format()).isEqualTo("journald-short");
            assertThat(line.line().host()).contains("db1");
            assertThat(line.line().stamp().orElseThrow().at())
                    .isBetween(Instant.parse("2023-12-10T13:19:46Z"), Instant.parse("2023-12-10T13:19:56Z"));
        });
        assertThat(lines).hasSize(logged.size() + 3);
        assertThat(lines.stream().map(line -> line.line().message())).contains("sudo poweroff");
    }

    @Test
    void a_journal_with_two_clocks_proves_the_zone_for_the_files_beside_it() throws IOException {
        showLab("patroni-frozen");

        assertThat(general().zone()).isEqualTo(ZoneOffset.ofHours(1));
        assertThat(general().basis()).isEqualTo(ZoneFinding.Basis.PAIRED);
        assertThat(Decoding.at("2026-11-22 19:16:54,632 INFO: x", hints("patroni/pg-a.patroni.log")))
                .isEqualTo("2026-11-22T18:16:54.632Z");
        assertThat(Decoding.at("Nov 22 19:16:57 pg-b systemd[1]: x", hints("journal/pg-b.short.log")))
                .isEqualTo("2026-11-22T18:16:57Z");
    }

    @Test
    void state_files_name_the_cluster_and_its_timing() throws IOException {
        Surroundings surroundings = showLab("patroni-frozen").surroundings();

        assertThat(surroundings.clusterOf(Optional.of("pg-b"), "")).isEqualTo("orders");
        assertThat(surroundings.clusterOf(Optional.empty(), "")).isEqualTo("orders");
        assertThat(surroundings.settings())
                .containsExactly(new ClusterSettings(
                        "orders",
                        stated("state/etcd-before.txt", 1, 20),
                        stated("state/etcd-before.txt", 1, 5),
                        stated("state/etcd-before.txt", 1, 5),
                        List.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_order_of_lines_has_no_influence(long seed) throws IOException {
        showLab("sre-lab04").showLab("patroni-frozen");
        show("a.yml", "scope: one", "name: a1", "ttl: 30", "loop_wait: 10");
        show("b.log", "2024-01-01 00:00:00,000 INFO: Lock owner: b2; I am b1");
        String before = all(surroundings());

        Collections.shuffle(shown, new Random(seed));

        assertThat(all(surroundings())).isEqualTo(before);
    }

    private String all(Surroundings surroundings) {
        List<Object> all = new ArrayList<>(List.of(surroundings.zones(), surroundings.settings()));
        shown.stream()
                .map(Shown::source)
                .sorted()
                .distinct()
                .forEach(source -> all.add(surroundings.hintsFor(source, Optional.empty())));
        Stream.of("db1", "pg-a", "a1", "b1", "x")
                .forEach(host -> all.add(surroundings.clusterOf(Optional.of(host), "")));
        return all.toString();
    }

    @Test
    void the_users_zone_wins() throws IOException {
        showLab("sre-lab04");
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        Surroundings surroundings = surroundings(GivenZones.of(berlin));

        assertThat(surroundings.zones())
                .containsExactly(new ZoneFinding(Optional.empty(), berlin, ZoneFinding.Basis.GIVEN, Optional.empty()));
        assertThat(surroundings.hintsFor("README.md", Optional.empty()).zone()).isEqualTo(berlin);
    }

    @Test
    void hosts_may_be_in_different_zones() {
        show("a.log", "2023-12-10T13:19:54Z a patroni[1]: 2023-12-10 16:19:54,000 INFO: x");
        show("b.log", "2023-12-10T13:19:54Z b patroni[1]: 2023-12-10 14:19:54,000 INFO: x");

        Surroundings surroundings = surroundings();

        assertThat(surroundings.zones()).hasSize(2);
        assertThat(surroundings.hintsFor("c", Optional.empty()).zoneOf(Optional.of("b")))
                .isEqualTo(ZoneOffset.ofHours(1));
        assertThat(surroundings.hintsFor("c", Optional.empty()).zoneOf(Optional.of("a")))
                .isEqualTo(ZoneOffset.ofHours(3));
    }

    @Test
    void a_time_in_utc_inside_a_local_envelope_proves_the_envelopes_zone() {
        show("a.log", "Dec 10 16:19:54 a postgres[1]: 2023-12-10 13:19:54.575 UTC [1] LOG:  x");

        assertThat(general().zone()).isEqualTo(ZoneOffset.ofHours(3));
        assertThat(general().basis()).isEqualTo(ZoneFinding.Basis.PAIRED);
    }

    @Test
    void patronis_answer_to_a_peer_proves_a_zone() {
        show(
                "a.log",
                "2023-12-10 16:19:54,575 INFO: Got response from b http://b:8008/patroni:"
                        + " {\"state\": \"running\", \"dcs_last_seen\": 1702214391, \"tags\": {}}");

        assertThat(general().zone()).isEqualTo(ZoneOffset.ofHours(3));
    }

    @Test
    void a_clusters_identifier_tells_when_it_was_bootstrapped() {
        show(
                "a.log",
                "2026-11-22 19:16:54,725 INFO: trying to bootstrap a new cluster",
                "2026-11-22 19:17:54,725 INFO: pg_controldata:",
                "  Database system identifier: 7711061510949175346");

        assertThat(general().zone()).isEqualTo(ZoneOffset.ofHours(1));
        assertThat(general().proof()).contains(Origin.line("a.log", 3));
    }

    @ParameterizedTest
    @CsvSource({
        "2023-12-10 16:19:54.575 MSK [1] LOG:  x, +03:00, ABBREVIATION",
        "2023-12-10 16:19:54.575 CET [1] LOG:  x, +01:00, ABBREVIATION",
        "2023-12-10 16:19:54.575 UTC [1] LOG:  x, Z, ABBREVIATION",
        "2023-12-10 16:19:54.575 IST [1] LOG:  x, Z, ASSUMED",
        "'2023-12-10 16:19:54,575 INFO: x', Z, ASSUMED",
    })
    void an_abbreviation_with_one_meaning_tells_a_zone(String text, String zone, ZoneFinding.Basis basis) {
        show("db1.log", text);

        assertThat(general().zone()).isEqualTo(ZoneOffset.of(zone));
        assertThat(general().basis()).isEqualTo(basis);
    }

    @Test
    void a_utc_time_far_by_the_wall_clock_proves_nothing() {
        show(
                "a.log",
                "2023-12-10 16:19:54,575 INFO: x",
                "2023-12-10 16:19:59,575 INFO: history 2023-12-10T13:19:50.123456+00:00");

        assertThat(general().basis()).isEqualTo(ZoneFinding.Basis.ASSUMED);
    }

    @Test
    void over_a_long_span_a_utc_time_close_by_chance_proves_nothing() {
        show(
                "a.log",
                "2023-12-10 10:00:00,000 INFO: x",
                "2023-12-10 16:19:59,575 INFO: history 2023-12-10T13:19:50.123456+00:00");

        assertThat(general().basis()).isEqualTo(ZoneFinding.Basis.ASSUMED);
    }

    @ParameterizedTest
    @CsvSource({
        "patroni/x.log, '2023-12-10 16:19:54,575 INFO: Lock owner: db2; I am db1', db1",
        "patroni/db2.patroni.log, '2023-12-10 16:19:54,575 INFO: x', db2",
        "db2/postgresql.log, 2023-12-10 16:19:54.575 UTC [1] LOG:  x, db2",
        "postgresql-db2.log, 2023-12-10 16:19:54.575 UTC [1] LOG:  x, db2",
        "db2-old/postgresql.log, 2023-12-10 16:19:54.575 UTC [1] LOG:  x, db2-old",
        "pg7.log, 2023-12-10 16:19:54.575 UTC [1] LOG:  x, pg7",
        "pg7/main.log, 2023-12-10 16:19:54.575 UTC [1] LOG:  x, pg7",
        "postgresql-15-main.log, 2023-12-10 16:19:54.575 UTC [1] LOG:  x, ",
        "logs/postgresql-2023-12-10.log, 2023-12-10 16:19:54.575 UTC [1] LOG:  x, ",
        "postgresql/pg7.main.csv, '2023-12-10 16:19:54.575 UTC,,,1,,6b.1,1,,2023-12-10 16:19:54 UTC,,0,LOG,00000,x,,,,,,,,,\"\"', pg7",
        "db2.md, 2023-12-10 16:19:54.575 UTC [1] LOG:  x, ",
        "db2.log, Dec 10 16:19:54 db9 patroni[1]: x, ",
    })
    void a_source_without_hosts_gets_one_from_its_lines_or_its_path(String source, String text, String host) {
        show("journal", "Dec 10 16:19:54 db2 patroni[1]: x", "Dec 10 16:19:54 db2-old patroni[1]: x");
        show(source, text);

        assertThat(hints(source).host()).isEqualTo(Optional.ofNullable(host));
    }

    @Test
    void a_host_whose_patroni_goes_by_another_name_gives_that_to_its_other_logs() {
        show(
                "patroni/node1.patroni.log",
                "2023-12-10 16:19:54,575 INFO: no action. I am (pg0), the leader with the lock");
        show("patroni/node2.patroni.log", "2023-12-10 16:19:54,575 INFO: Lock owner: pg0; I am pg1");
        show("postgresql/node2.main.log", "2023-12-10 16:19:54.575 UTC [1] LOG:  x");
        show("postgresql/node3.main.log", "2023-12-10 16:19:54.575 UTC [1] LOG:  x");

        assertThat(hints("postgresql/node2.main.log").host()).contains("pg1");
        assertThat(hints("postgresql/node3.main.log").host()).contains("node3");
    }

    @Test
    void a_missing_year_comes_from_the_source_then_the_input_then_the_file() {
        show("dated", "2021-05-05 16:19:54,575 INFO: x");
        show("short", "Dec 10 16:19:54 db2 patroni[1]: x");
        Optional<Instant> fileDate = Optional.of(Instant.parse("2024-02-02T00:00:00Z"));

        assertThat(surroundings().hintsFor("short", fileDate).near()).contains(Instant.parse("2021-05-05T12:00:00Z"));
        shown.remove(0);
        assertThat(surroundings().hintsFor("short", fileDate).near()).isEqualTo(fileDate);
    }

    @Test
    void members_that_name_each_other_belong_together() {
        show("a1.log", "2023-12-10 16:19:54,575 INFO: no action. I am (a1), a secondary, and following a leader (a2)");
        show("b.log", "2023-12-10 16:19:54,575 INFO: Lock owner: b1; I am b2");
        show("c.log", "Dec 10 16:19:54 b3 patroni[1]: Request failed to b1: GET http://b1:8008/patroni (x)");

        Surroundings surroundings = surroundings();

        assertThat(surroundings.clusterOf(Optional.of("a2"), "")).isEqualTo("unnamed-a1");
        assertThat(surroundings.clusterOf(Optional.of("b3"), "")).isEqualTo("unnamed-b1");
        assertThat(surroundings.clusterOf(Optional.of("lb1"), "")).isEqualTo("default");
    }

    @Test
    void one_unnamed_cluster_is_the_default() {
        show("b.log", "2023-12-10 16:19:54,575 INFO: Lock owner: b1; I am b2");

        assertThat(surroundings().clusterOf(Optional.of("b1"), "")).isEqualTo("default");
    }

    @Test
    void a_name_reaches_members_through_those_that_name_each_other() {
        show("b.log", "2023-12-10 16:19:54,575 INFO: Lock owner: b1; I am b2");
        show(
                "b1.yml",
                "scope: orders",
                "namespace: /service/",
                "name: b1",
                "  dcs:",
                "    ttl: 20",
                "    loop_wait: 5");
        show(
                "x.txt",
                "+ Cluster: other (7711) -+---+",
                "| Member | Host | Role | State |",
                "| x1 | 10.0.0.1 | Leader | running |");

        Surroundings surroundings = surroundings();

        assertThat(surroundings.clusterOf(Optional.of("b2"), "")).isEqualTo("orders");
        assertThat(surroundings.clusterOf(Optional.of("x1"), "")).isEqualTo("other");
        assertThat(surroundings.clusterOf(Optional.of("b1.lab.net"), "")).isEqualTo("orders");
        assertThat(surroundings.settings())
                .extracting(settings -> settings.ttl().map(Setting::value))
                .containsExactly(Optional.of(Duration.ofSeconds(20)));
    }

    @Test
    void the_dcs_wins_over_a_file() {
        show("b1.yml", "scope: orders", "name: b1", "    ttl: 30", "    loop_wait: 10");
        show("etcd.txt", "/service/orders/config", "{\"ttl\":20,\"loop_wait\":5}", "/service/orders/members/b1", "{}");

        assertThat(surroundings().settings())
                .containsExactly(new ClusterSettings(
                        "orders", stated("etcd.txt", 1, 20), stated("etcd.txt", 1, 5), Optional.empty(), List.of()));
    }

    @Test
    void a_balancer_belongs_to_the_cluster_whose_members_it_checks() {
        show("b1.log", "2024-01-01 00:00:00,000 INFO: no action. I am (b1), the leader with the lock");
        show(
                "haproxy.cfg",
                "defaults",
                "\ttimeout connect 4s",
                "\ttimeout check 500ms",
                "listen primaries",
                "\toption httpchk OPTIONS /primary",
                "\tdefault-server inter 3s fall 2 on-marked-down shutdown-sessions",
                "\tserver b1 10.0.0.1:5432 check port 8008",
                "\tserver b2 10.0.0.2:5432 check port 8008 # rise 9",
                "backend app",
                "\tserver app1 127.0.0.1:8080 check inter 2s",
                "listen unlike",
                "\tserver b1 10.0.0.1:5432 check inter 1s",
                "\tserver b2 10.0.0.2:5432 check inter 2s",
                "listen unchecked",
                "\tserver b1 10.0.0.1:5432");

        assertThat(surroundings().settings()).singleElement().satisfies(settings -> assertThat(settings.balancers())
                .containsExactly(new BalancerChecks(
                        "primaries",
                        "/primary",
                        new TreeSet<>(List.of("b1", "b2")),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3),
                        2,
                        2,
                        Duration.ofMillis(3500),
                        Origin.line("haproxy.cfg", 4))));
    }

    @Test
    void members_whose_rounds_differ_tell_no_loop_wait() {
        for (int i = 0; i < 8; i++) {
            show(
                    "b1.log",
                    "2024-01-01 00:01:0" + i + ",0" + i + "0 INFO: no action. I am (b1), the leader with the lock");
            show(
                    "b2.log",
                    "2024-01-01 00:0" + i
                            + ":30,123 INFO: no action. I am (b2), a secondary, and following a leader (b1)");
        }

        assertThat(surroundings().settings()).isEmpty();
    }

    @Test
    void the_loop_wait_is_estimated_from_heartbeats() {
        for (int i = 0; i < 8; i++) {
            show(
                    "b1.log",
                    "2024-01-01 00:0" + i + ":07,08" + i + " INFO: no action. I am (b1), the leader with the lock",
                    "2024-01-01 00:0" + i + ":17,07" + i + " INFO: no action. I am (b1), the leader with the lock",
                    "2024-01-01 00:0" + i + ":27,07" + i + " INFO: no action. I am (b1), the leader with the lock");
        }

        assertThat(surroundings().settings())
                .containsExactly(new ClusterSettings(
                        "default",
                        Optional.empty(),
                        Optional.of(new Setting(Duration.ofSeconds(10), Optional.empty())),
                        Optional.empty(),
                        List.of()));
    }

    private static Optional<Setting> stated(String source, long line, int seconds) {
        return Optional.of(Setting.at(Origin.line(source, line), Duration.ofSeconds(seconds)));
    }

    @Test
    void paths_and_other_yaml_make_no_cluster() {
        show("notes.txt", "/etc/haproxy/config", "name: build", "ttl: 300");

        assertThat(surroundings().clusterOf(Optional.of("haproxy"), "")).isEqualTo("default");
        assertThat(surroundings().settings()).isEmpty();
    }
}
