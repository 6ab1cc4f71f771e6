package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.AlternativeCause;
import io.failovertimeline.model.AlternativeCause.Verdict;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters that follow another, and clusters that share their hosts. */
class ClustersSideBySideTest {

    private static final Path EXCERPTS = Path.of("src/test/resources/lab-excerpts");

    @TempDir
    private Path folder;

    private static List<Incident> incidents(Report report) {
        return report.findings().incidents();
    }

    @Test
    void a_standby_leaders_failover_has_no_promotion_and_loses_nothing() throws IOException {
        List<Incident> incidents = incidents(Lab.replay(EXCERPTS.resolve("standby-leader-killed")));

        assertThat(incidents).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
            assertThat(incident.inStandbyCluster()).isTrue();
            assertThat(incident.oldLeader()).contains("dr1");
            assertThat(incident.newLeader()).contains("dr2");
            assertThat(incident.timelineBefore()).isEqualTo(incident.timelineAfter());
            assertThat(incident.lockAcquiredAt()).isPresent();
            assertThat(incident.promotedAt()).isEmpty();
            assertThat(incident.databaseReadyNotAfter()).isEmpty();
            assertThat(incident.rejoinedAt()).isPresent();
            assertThat(incident.dualLeaders()).isEmpty();
            assertThat(incident.dataLoss()).isEmpty();
            assertThat(incident.phases()).extracting(Phase::name).doesNotContain(PhaseName.PROMOTION);
            assertThat(incident.state()).isEqualTo(Incident.State.CLOSED);
        });
    }

    @Test
    void a_standby_cluster_that_is_made_its_own_keeps_its_leader() throws IOException {
        List<Incident> incidents = incidents(Lab.replay(EXCERPTS.resolve("standby-promoted")));

        assertThat(incidents).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.SWITCHOVER);
            assertThat(incident.cause().code()).isEqualTo(CauseCode.OPERATOR_REQUEST);
            assertThat(incident.inStandbyCluster()).isFalse();
            assertThat(incident.oldLeader()).contains("dr1");
            assertThat(incident.newLeader()).contains("dr1");
            assertThat(incident.databaseReadyNotAfter()).isPresent();
        });
    }

    @Test
    void patronis_of_two_clusters_on_one_host_are_told_apart_by_their_processes() throws IOException {
        Report report = Lab.replay(EXCERPTS.resolve("two-on-one-host"));

        assertThat(incidents(report)).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
            assertThat(incident.oldLeader()).contains("orders-1");
            assertThat(incident.newLeader()).contains("orders-2");
        });
    }

    @Test
    void a_member_that_is_killed_on_a_host_where_another_goes_on_is_no_host_that_is_down() throws IOException {
        Incident incident =
                incidents(Lab.replay(EXCERPTS.resolve("two-on-one-host"))).get(0);

        assertThat(incident.cause().code()).isEqualTo(CauseCode.PATRONI_STALLED);
        assertThat(incident.cause().detail()).contains(CauseDetail.PATRONI_DIED);
        assertThat(hostDown(incident)).satisfies(rejected -> {
            assertThat(rejected.verdict()).isEqualTo(Verdict.EXCLUDED);
            assertThat(rejected.evidence())
                    .extracting(incident.events()::get)
                    .singleElement()
                    .satisfies(step -> {
                        assertThat(step.member()).contains("billing-1");
                        assertThat(step.text()).isEqualTo("no action. I am (billing-1), the leader with the lock");
                        assertThat(step.at()).isEqualTo("2026-11-23T15:05:24Z");
                    });
        });
    }

    @Test
    void why_a_member_is_gone_is_unknown_where_its_host_went_on_and_nothing_shows_it_again() throws IOException {
        Path logs = twoOnOneHost(line -> !line.contains("patroni[873]"));

        Incident incident = incidents(Lab.replay(logs)).get(0);

        assertThat(incident.cause().code()).isEqualTo(CauseCode.UNKNOWN);
        assertThat(hostDown(incident).verdict()).isEqualTo(Verdict.EXCLUDED);
    }

    @Test
    void a_host_whose_members_all_fell_silent_is_down() throws IOException {
        Path logs = twoOnOneHost(line -> !line.contains("patroni[15]") || !line.matches(".* 15:05:[2-5].*db1.*"));

        Incident incident = incidents(Lab.replay(logs)).stream()
                .filter(its -> its.oldLeader().equals(Optional.of("orders-1")))
                .findFirst()
                .orElseThrow();

        assertThat(incident.cause().code()).isEqualTo(CauseCode.HOST_DOWN);
    }

    @Test
    void a_host_that_is_started_anew_before_its_member_is_was_down() throws IOException {
        Path logs = twoOnOneHost(line -> !line.contains("patroni[15]") || !line.matches(".* 15:05:[23].*db1.*"));
        Path db1 = logs.resolve("db1.syslog");
        String renumbered = Files.readString(db1).replaceAll("( 15:0(?:5:[45].|6:..) db1 patroni)\\[15]", "$1[874]");
        Files.writeString(db1, renumbered);

        Incident incident = incidents(Lab.replay(logs)).stream()
                .filter(its -> its.oldLeader().equals(Optional.of("orders-1")))
                .findFirst()
                .orElseThrow();

        assertThat(renumbered).contains("15:05:44 db1 patroni[874]: INFO: no action. I am (billing-1)");
        assertThat(incident.cause().code()).isEqualTo(CauseCode.HOST_DOWN);
    }

    private Path twoOnOneHost(Predicate<String> isKept) throws IOException {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        for (String host : List.of("db1.syslog", "db2.syslog")) {
            List<String> lines =
                    Files.readAllLines(EXCERPTS.resolve("two-on-one-host").resolve(host));
            Files.write(logs.resolve(host), lines.stream().filter(isKept).toList());
        }
        return logs;
    }

    private static AlternativeCause hostDown(Incident incident) {
        return incident.cause().alternatives().stream()
                .filter(other -> other.code() == CauseCode.HOST_DOWN)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_patroni_that_is_started_again_on_a_clock_that_was_put_back_is_no_second_one() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int process = 0; process < 2; process++) {
            for (int second = 0; second < 60; second += 10) {
                lines.add(
                        "2026-01-07T11:00:%02d+00:00 host1 patroni[%d]: no action. I am (db1), the leader with the lock"
                                .formatted(second, 626 + process));
            }
        }
        Path journal = Files.write(folder.resolve("host1.log"), lines);

        Report report = Lab.replay(List.of(journal));

        assertThat(report.problems()).isEmpty();
    }

    @Test
    void lines_of_two_members_of_one_name_on_one_host_are_nobodys_and_that_is_said() throws IOException {
        Report report = Lab.replay(EXCERPTS.resolve("two-of-one-name"));

        assertThat(incidents(report)).isEmpty();
        assertThat(report.problems()).hasSize(2).allSatisfy(problem -> assertThat(problem.what())
                .contains("several Patronis run at once"));
    }

    @Test
    void members_of_one_name_are_of_the_cluster_that_is_named_in_the_folder_of_their_logs() throws IOException {
        twoOfOneName("prod-a", "prod-b", "patroni");
        List<Incident> incidents = incidents(Lab.replay(folder.resolve("logs")));

        assertThat(incidents).singleElement().satisfies(incident -> {
            assertThat(incident.cluster()).isEqualTo("prod-a");
            assertThat(incident.kind()).isEqualTo(IncidentKind.FAILOVER);
            assertThat(incident.oldLeader()).contains("dr1");
            assertThat(incident.newLeader()).contains("dr2");
            assertThat(incident.cause().code()).isEqualTo(CauseCode.HOST_DOWN);
        });
    }

    @Test
    void what_clusters_are_called_does_not_hang_on_which_folder_comes_first() throws IOException {
        twoOfOneName("prod-b", "prod-a", "");

        assertThat(incidents(Lab.replay(folder.resolve("logs"))))
                .singleElement()
                .extracting(Incident::cluster)
                .isEqualTo("prod-b");
    }

    /** One cluster whose leader is killed, and another of the same members whose leader leads on. */
    private void twoOfOneName(String killed, String well, String logs) throws IOException {
        Path root = folder.resolve("logs");
        for (String cluster : List.of(killed, well)) {
            Path config = Files.createDirectories(root.resolve(cluster).resolve("config"));
            for (String member : List.of("dr1", "dr2")) {
                Files.write(config.resolve(member + ".yml"), List.of("scope: " + cluster, "name: " + member));
            }
        }
        Path ofKilled = Files.createDirectories(root.resolve(killed).resolve(logs));
        Lab.copy(EXCERPTS.resolve("standby-leader-killed"), ofKilled);
        Path ofWell = Files.createDirectories(root.resolve(well).resolve(logs));
        List<String> leads = new ArrayList<>();
        List<String> follows = new ArrayList<>();
        for (LocalTime at = LocalTime.of(14, 51, 51); at.isBefore(LocalTime.of(14, 53, 12)); at = at.plusSeconds(5)) {
            leads.add("2026-11-23 " + at + ",529 INFO: no action. I am (dr1), the standby leader with the lock");
            follows.add("2026-11-23 " + at
                    + ",526 INFO: no action. I am (dr2), a secondary, and following a standby leader (dr1)");
        }
        Files.write(ofWell.resolve("dr1.patroni.log"), leads);
        Files.write(ofWell.resolve("dr2.patroni.log"), follows);
    }

    @Test
    void a_balancer_belongs_to_the_cluster_whose_members_it_names() throws IOException {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        Lab.copy(EXCERPTS.resolve("leader-hung"), logs);
        Lab.copy(EXCERPTS.resolve("standby-promoted"), logs);

        List<Incident> incidents = incidents(Lab.replay(logs));

        assertThat(incidents)
                .extracting(Incident::cluster)
                .containsOnly("unnamed-db1", "unnamed-dr1")
                .doesNotHaveDuplicates();
    }
}
