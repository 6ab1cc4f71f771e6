package io.failovertimeline.replay;

import static java.time.temporal.ChronoUnit.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.WindowKind;
import io.failovertimeline.model.ZoneFinding;
import io.failovertimeline.publish.FindingsJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real labs, from files to findings. Numbers in claims were taken by the labs' own pollers and load generator, not from logs. */
class LabsTest {

    @ParameterizedTest
    @ValueSource(strings = {"leader-killed", "planned-switchover", "power-cut", "write-up"})
    void a_bundled_lab_tells_what_it_told_before(String lab) throws IOException {
        assertGolden(lab, Lab.replay(Lab.BUNDLED.resolve(lab)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "etcd-quorum-lost",
                "no-fault",
                "patroni-frozen",
                "patroni-restart",
                "patroni-stalled",
                "postgres-restart",
                "replica-lost",
                "two-failovers"
            })
    void a_captured_lab_tells_what_it_told_before(String lab) throws IOException {
        assertGolden(lab, Lab.replay(captured(lab)));
    }

    @Test
    void a_killed_leader_is_a_failover() throws IOException {
        Report report = Lab.replay(Lab.BUNDLED.resolve("leader-killed"));

        Incident incident = only(report);
        assertLeadership(incident, IncidentKind.FAILOVER, CauseCode.HOST_DOWN, "db1", "db2", 1, 2);
        assertPromoted(incident, "2026-11-22T18:14:17.022Z");
        assertClients(report, incident, 230, "2026-11-22T18:14:01.500Z", "2026-11-22T18:14:20.585Z");
        assertThat(incident.clientImpact())
                .extracting(ClientImpact::failedRequests)
                .containsExactly(81L, 110L, 39L);
    }

    @Test
    void a_power_cut_is_a_failover() throws IOException {
        Report report = Lab.replay(Lab.BUNDLED.resolve("power-cut"));

        Incident incident = only(report);
        assertLeadership(incident, IncidentKind.FAILOVER, CauseCode.HOST_DOWN, "pg-a", "pg-b", 1, 2);
        assertPromoted(incident, "2026-11-22T18:13:51.772Z");
        assertClients(report, incident, 308, "2026-11-22T18:13:29.819Z", "2026-11-22T18:13:55.402Z");
    }

    @Test
    void what_an_operator_asked_for_is_a_switchover() throws IOException {
        Report report = Lab.replay(Lab.BUNDLED.resolve("planned-switchover"));

        Incident incident = only(report);
        assertLeadership(incident, IncidentKind.SWITCHOVER, CauseCode.OPERATOR_REQUEST, "db1", "db2", 1, 2);
        assertPromoted(incident, "2026-11-22T18:15:57.509Z");
        assertClients(report, incident, 30, "2026-11-22T18:15:56.152Z", "2026-11-22T18:16:02.485Z");
    }

    @Test
    void a_stalled_patroni_is_a_failover_with_two_leaders_for_a_while() throws IOException {
        Report report = Lab.replay(captured("patroni-stalled"));

        Incident incident = only(report);
        assertLeadership(incident, IncidentKind.FAILOVER, CauseCode.PATRONI_STALLED, "pg-a", "pg-b", 1, 2);
        assertPromoted(incident, "2026-11-22T18:17:43.987Z");
        assertClients(report, incident, 90, "2026-11-22T18:17:39.464Z", "2026-11-22T18:17:46.880Z");
        assertThat(incident.dualLeaders()).singleElement().satisfies(two -> {
            assertThat(two.members()).containsExactly("pg-a", "pg-b");
            assertThat(two.verdict()).isEqualTo(DualLeaders.Verdict.PROVEN);
            assertThat(two.from()).isCloseTo(Instant.parse("2026-11-22T18:17:43.990Z"), within(500, MILLIS));
            assertThat(two.to()).isCloseTo(Instant.parse("2026-11-22T18:17:55.529Z"), within(1000, MILLIS));
        });
    }

    @Test
    void a_lost_quorum_is_an_outage_of_the_dcs() throws IOException {
        Report report = Lab.replay(captured("etcd-quorum-lost"));

        Incident incident = only(report);
        assertLeadership(incident, IncidentKind.DCS_OUTAGE, CauseCode.DCS_UNREACHABLE, "pg-a", "pg-a", 1, 2);
        assertPromoted(incident, "2026-11-22T18:16:01.723Z");
        assertClients(report, incident, 348, "2026-11-22T18:15:31.500Z", "2026-11-22T18:16:04.083Z");
    }

    @Test
    void a_lost_replica_moves_no_leadership() throws IOException {
        Report report = Lab.replay(captured("replica-lost"));

        Incident incident = only(report);
        assertThat(incident.kind()).isEqualTo(IncidentKind.REPLICA_LOSS);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.HOST_DOWN);
        assertThat(incident.promotedAt()).isEmpty();
        assertThat(incident.startedAt()).isCloseTo(Instant.parse("2026-11-22T18:20:02.880Z"), within(1000, MILLIS));
        assertClients(report, incident, 378, "2026-11-22T18:20:02.997Z", "2026-11-22T18:20:43.080Z");
    }

    @Test
    void stray_failures_alone_are_no_incident() throws IOException {
        Report report = Lab.replay(captured("no-fault"));

        assertThat(report.findings().incidents()).isEmpty();
        assertThat(failed(report)).isEqualTo(9);
        assertThat(report.findings().errorWindows())
                .extracting(ErrorWindow::kind)
                .containsOnly(WindowKind.ISOLATED);
    }

    @Test
    void two_failovers_are_two_incidents() throws IOException {
        Report report = Lab.replay(captured("two-failovers"));

        List<Incident> incidents = report.findings().incidents();
        assertThat(incidents).hasSize(2);
        Incident killed = incidents.get(0);
        assertLeadership(killed, IncidentKind.FAILOVER, CauseCode.HOST_DOWN, "pg-a", "pg-b", 1, 2);
        assertPromoted(killed, "2026-11-22T18:17:40.917Z");
        assertFailures(killed, 203, "2026-11-22T18:17:18.981Z", "2026-11-22T18:17:44.231Z");
        Incident poweredOff = incidents.get(1);
        assertLeadership(poweredOff, IncidentKind.FAILOVER, CauseCode.CLEAN_SHUTDOWN, "pg-b", "pg-a", 2, 3);
        assertPromoted(poweredOff, "2026-11-22T18:18:04.479Z");
        assertFailures(poweredOff, 40, "2026-11-22T18:18:03.106Z", "2026-11-22T18:18:08.106Z");
        assertThat(failed(report)).isEqualTo(243);
    }

    @Test
    void a_restarted_patroni_service_loses_leadership() throws IOException {
        Incident incident = only(Lab.replay(captured("patroni-restart")));

        assertLeadership(incident, IncidentKind.FAILOVER, CauseCode.CLEAN_SHUTDOWN, "db1", "db2", 1, 2);
        assertPromoted(incident, "2026-11-22T18:26:04.588Z");
    }

    @Test
    void a_planned_restart_of_postgresql_keeps_the_leader() throws IOException {
        Incident incident = only(Lab.replay(captured("postgres-restart")));

        assertThat(incident.kind()).isEqualTo(IncidentKind.LEADER_RESTART);
        assertThat(incident.cause().code()).isEqualTo(CauseCode.OPERATOR_REQUEST);
        assertThat(incident.newLeader()).contains("db1");
        assertThat(incident.promotedAt()).isEmpty();
        assertThat(incident.databaseReadyAt().orElseThrow())
                .isCloseTo(Instant.parse("2026-11-22T18:25:34.207Z"), within(500, MILLIS));
    }

    @Test
    void a_write_up_tells_its_failover() throws IOException {
        Incident incident = only(Lab.replay(Lab.BUNDLED.resolve("write-up")));

        assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
        assertThat(incident.oldLeader()).contains("db2");
        assertThat(incident.newLeader()).contains("db1");
        assertThat(incident.startedAt()).isEqualTo("2023-12-10T13:19:53.392Z");
        assertThat(incident.promotedAt()).contains(Instant.parse("2023-12-10T13:19:54.575Z"));
        assertThat(incident.lockAcquiredAt().orElseThrow())
                .isBeforeOrEqualTo(incident.promotedAt().orElseThrow());
    }

    @Test
    void every_step_of_a_write_up_is_told_once_with_its_line() throws IOException {
        Incident incident = only(Lab.replay(Lab.BUNDLED.resolve("write-up")));

        assertThat(incident.events())
                .extracting(step -> step.at() + " " + step.text())
                .doesNotHaveDuplicates()
                .contains("2023-12-10T13:19:55.803Z no action. I am (db1), the leader with the lock");
        assertThat(incident.events()).extracting(step -> step.text()).doesNotHaveDuplicates();
        assertThat(incident.events()).allSatisfy(step -> {
            assertThat(step.origin().source()).isEqualTo("README.md");
            assertThat(step.origin().position()).isBetween(39L, 61L);
        });
    }

    @Test
    void the_zone_of_a_write_up_is_found_or_given() throws IOException {
        Path writeUp = Lab.BUNDLED.resolve("write-up");

        Report found = Lab.replay(writeUp);
        Report given = Lab.replay(GivenZones.of(ZoneId.of("+03:00")), List.of(writeUp));

        assertThat(found.zones()).singleElement().satisfies(zone -> {
            assertThat(zone.zone()).isEqualTo(ZoneId.of("+03:00"));
            assertThat(zone.basis()).isEqualTo(ZoneFinding.Basis.PAIRED);
        });
        assertThat(given.findings()).isEqualTo(found.findings());
    }

    private static Path captured(String lab) {
        return Lab.CAPTURED.resolve(lab).resolve("input");
    }

    private static Incident only(Report report) {
        assertThat(report.findings().incidents()).hasSize(1);
        return report.findings().incidents().get(0);
    }

    private static void assertLeadership(
            Incident incident, IncidentKind kind, CauseCode cause, String from, String to, int before, int after) {
        assertThat(incident.kind()).isEqualTo(kind);
        assertThat(incident.cause().code()).isEqualTo(cause);
        assertThat(incident.oldLeader()).contains(from);
        assertThat(incident.newLeader()).contains(to);
        assertThat(incident.timelineBefore()).contains(before);
        assertThat(incident.timelineAfter()).contains(after);
    }

    /** A poller looked every 60 ms, and saw it late by up to that and its own round trip. */
    private static void assertPromoted(Incident incident, String seen) {
        assertThat(incident.promotedAt().orElseThrow()).isCloseTo(Instant.parse(seen), within(500, MILLIS));
    }

    private static void assertClients(Report report, Incident incident, long failed, String first, String last) {
        assertThat(failed(report)).isEqualTo(failed);
        assertFailures(incident, failed, first, last);
    }

    private static void assertFailures(Incident incident, long failed, String first, String last) {
        List<ClientImpact> impact = incident.clientImpact();
        assertThat(impact.stream().mapToLong(ClientImpact::failedRequests).sum())
                .isEqualTo(failed);
        assertThat(impact.stream()
                        .map(ClientImpact::firstFailureAt)
                        .sorted()
                        .findFirst()
                        .orElseThrow())
                .isCloseTo(Instant.parse(first), within(1000, MILLIS));
        assertThat(impact.stream()
                        .map(ClientImpact::lastFailureAt)
                        .max(Instant::compareTo)
                        .orElseThrow())
                .isCloseTo(Instant.parse(last), within(1000, MILLIS));
    }

    private static long failed(Report report) {
        return report.findings().errorWindows().stream()
                .mapToLong(ErrorWindow::failedRequests)
                .sum();
    }

    /** {@code -Dgolden=update} rewrites the expectation; the difference is reviewed like code. */
    private static void assertGolden(String lab, Report report) throws IOException {
        String told = FindingsJson.report(report).toPrettyString() + "\n";
        Path file = Lab.CAPTURED.resolve(lab).resolve("expected.json");
        if ("update".equals(System.getProperty("golden"))) {
            Files.createDirectories(Lab.CAPTURED.resolve(lab));
            Files.writeString(file, told, StandardCharsets.UTF_8);
        }
        assertThat(told).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }
}
