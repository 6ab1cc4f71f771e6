package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.NearMiss;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a cause was more exactly. */
class CauseDetailTest {

    private static Scene steady() {
        return new Scene()
                .leads("10:00:00.100", "db1")
                .follows("10:00:00.200", "db2", "db1")
                .leads("10:00:10.100", "db1")
                .follows("10:00:10.200", "db2", "db1");
    }

    private static Scene dcsLost(Scene scene, String timeOfDay, String host) {
        return scene.patroni(timeOfDay, host, EventKind.DCS_LOST, "dcs-error");
    }

    private static Scene runsOn(Scene scene, String timeOfDay) {
        return scene.says(
                timeOfDay,
                "db1",
                "patroni.failsafe",
                "continue to run as a leader because failsafe mode is enabled and all members are accessible",
                List.of(EventKind.FAILSAFE, EventKind.DCS_LOST),
                "role",
                "leader");
    }

    private static void assertCause(Incident incident, CauseCode code, CauseDetail detail) {
        assertThat(incident.cause().code()).isEqualTo(code);
        assertThat(incident.cause().detail()).contains(detail);
    }

    @Test
    void one_member_without_the_dcs_is_told_from_a_dcs_that_is_down() {
        Incident alone = runsOn(dcsLost(steady(), "10:00:20.100", "db1"), "10:00:20.200")
                .follows("10:00:20.300", "db2", "db1")
                .follows("10:00:30.300", "db2", "db1")
                .leads("10:00:40.100", "db1")
                .onlyIncident();
        Incident all = dcsLost(runsOn(dcsLost(steady(), "10:00:20.100", "db1"), "10:00:20.200"), "10:00:21.000", "db2")
                .leads("10:00:40.100", "db1")
                .onlyIncident();

        assertCause(alone, CauseCode.DCS_UNREACHABLE, CauseDetail.CUT_OFF_FROM_DCS);
        assertCause(all, CauseCode.DCS_UNREACHABLE, CauseDetail.DCS_DOWN);
    }

    @Test
    void without_a_word_of_its_peers_a_replica_that_loses_the_dcs_is_no_lost_replica() {
        Findings findings = dcsLost(
                        new Scene().follows("10:00:00.200", "db2", "db1").follows("10:00:10.200", "db2", "db1"),
                        "10:00:20.100",
                        "db2")
                .follows("10:00:30.200", "db2", "db1")
                .findings();

        assertThat(findings.incidents()).isEmpty();
        assertThat(findings.nearMisses()).extracting(NearMiss::what).containsExactly("DCS_LOST");
    }

    @Test
    void a_stop_in_good_order_whose_key_expired_was_not_asked_for() {
        Scene steady = steady().postgres("10:00:12.000", "db2", EventKind.STREAM_LOST, "end-of-wal", "reason", "CLEAN");

        assertThat(steady.takesOver("10:00:31.000", "db2")
                        .onlyIncident()
                        .cause()
                        .code())
                .isEqualTo(CauseCode.UNKNOWN);
    }

    @Test
    void a_leader_cut_off_from_all_is_told_from_one_that_only_the_dcs_was_cut_off_from() {
        Incident fromAll = dcsLost(steady(), "10:00:18.100", "db1")
                .patroni("10:00:18.200", "db1", EventKind.DEMOTION_STARTED, "demoting-dcs-lost")
                .cannotReach("10:00:32.000", "db2", "db1")
                .takesOver("10:00:32.100", "db2")
                .onlyIncident();
        Incident fromDcs = dcsLost(steady(), "10:00:18.100", "db1")
                .patroni("10:00:18.200", "db1", EventKind.DEMOTION_STARTED, "demoting-dcs-lost")
                .postgres("10:00:18.900", "db2", EventKind.STREAM_LOST, "end-of-stream", "reason", "CLEAN")
                .takesOver("10:00:32.100", "db2")
                .onlyIncident();

        assertCause(fromAll, CauseCode.NETWORK_PARTITION, CauseDetail.CUT_OFF_FROM_ALL);
        assertCause(fromDcs, CauseCode.NETWORK_PARTITION, CauseDetail.CUT_OFF_FROM_DCS);
    }

    @Test
    void a_leader_that_finds_the_dcs_gone_after_a_long_silence_had_stood_still() {
        Incident incident = dcsLost(steady(), "10:00:50.100", "db1")
                .patroni("10:00:50.200", "db1", EventKind.DEMOTION_STARTED, "demoting-dcs-lost")
                .follows("10:00:52.100", "db1", "db2")
                .follows("10:01:02.100", "db1", "db2")
                .onlyIncident();

        assertCause(incident, CauseCode.PATRONI_STALLED, CauseDetail.FROZEN);
    }

    @Test
    void a_bad_disk_is_not_a_full_one() {
        Incident incident = steady().says(
                        "10:00:12.000",
                        "db1",
                        "kernel.disk-error",
                        "EXT4-fs error (device sdb1): I/O error",
                        List.of(EventKind.FAULT_SIGNAL),
                        "reason",
                        "DISK")
                .takesOver("10:00:32.000", "db2")
                .onlyIncident();

        assertCause(incident, CauseCode.RESOURCE_EXHAUSTION, CauseDetail.DISK_FAILED);
        assertThat(incident.cause().explanation()).doesNotContain("room");
    }

    @Test
    void a_kernel_that_panics_takes_its_host_down() {
        Incident incident = steady().says(
                        "10:00:12.000",
                        "db1",
                        "kernel.panic",
                        "Kernel panic - not syncing: Fatal exception",
                        List.of(EventKind.FAULT_SIGNAL),
                        "reason",
                        "PANIC")
                .takesOver("10:00:32.000", "db2")
                .onlyIncident();

        assertCause(incident, CauseCode.HOST_DOWN, CauseDetail.KERNEL_PANIC);
    }

    @Test
    void what_was_done_by_hand_is_the_cause_and_not_always_a_shutdown() {
        Incident incident = steady().says(
                        "10:00:12.000",
                        "db1",
                        "operator.killed",
                        "mcuser : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/pkill -STOP patroni",
                        List.of(EventKind.FAULT_SIGNAL),
                        "action",
                        "pkill")
                .takesOver("10:00:32.000", "db2")
                .onlyIncident();

        assertCause(incident, CauseCode.PATRONI_STALLED, CauseDetail.FROZEN);
    }

    @Test
    void an_old_leader_that_comes_back_after_the_next_takeover_still_tells_what_had_happened_to_it() {
        Scene scene = steady().follows("10:00:10.300", "db3", "db1")
                .cannotReach("10:00:31.000", "db3", "db1")
                .takesOver("10:00:32.000", "db3")
                .leads("10:00:33.000", "db3")
                .cannotReach("10:00:55.000", "db2", "db3")
                .takesOver("10:00:56.000", "db2")
                .postgres("10:01:20.000", "db1", EventKind.CRASH_RECOVERY, "was-interrupted");

        List<Incident> incidents = scene.findings().incidents();

        assertThat(incidents).hasSize(2);
        assertCause(incidents.get(0), CauseCode.HOST_DOWN, CauseDetail.HOST_RESTARTED);
        assertThat(incidents.get(0).state())
                .as("another led after it, so it is over")
                .isEqualTo(Incident.State.CLOSED);
    }

    @Test
    void a_leader_that_falls_silent_was_first_missed_when_its_next_round_was_due() {
        Incident incident = steady().settings(new ClusterSettings(
                        Scene.CLUSTER,
                        Optional.of(Scene.stated(20)),
                        Optional.of(Scene.stated(10)),
                        Optional.empty(),
                        List.of()))
                .takesOver("10:00:31.000", "db2")
                .onlyIncident();

        assertThat(incident.startedAt()).isEqualTo(at("10:00:10.100").plus(Duration.ofSeconds(10)));
        assertThat(incident.startedInferred()).isTrue();
    }

    @Test
    void a_log_that_ends_long_before_its_key_can_have_expired_is_no_silence() {
        Incident incident = new Scene()
                .leads("10:00:10.100", "db1")
                .settings(new ClusterSettings(
                        Scene.CLUSTER,
                        Optional.of(Scene.stated(20)),
                        Optional.of(Scene.stated(10)),
                        Optional.empty(),
                        List.of()))
                .takesOver("10:01:31.000", "db2")
                .onlyIncident();

        assertThat(incident.startedAt()).isEqualTo(at("10:01:31.000"));
        assertThat(incident.startedInferred()).isFalse();
    }
}
