package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.CRASH_RECOVERY;
import static io.failovertimeline.model.EventKind.DCS_LOST;
import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.DEMOTION_STARTED;
import static io.failovertimeline.model.EventKind.FAULT_SIGNAL;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.LOCK_RELEASED;
import static io.failovertimeline.model.EventKind.RESTARTING;
import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.AlternativeCause;
import io.failovertimeline.model.AlternativeCause.Verdict;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.Incident;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why it was not another cause: ruled out only by a line. */
class AlternativesTest {

    /** db1 led until 10:00:00, db2 saw the stream break at 10:00:02 and took over at 10:00:20. */
    private static Scene takeover() {
        return new Scene()
                .ttl(20)
                .leads("10:00:00.000", "db1")
                .postgres("10:00:02.000", "db2", STREAM_LOST, "wal-stream-broken", "timeline", "1")
                .follows("10:00:10.000", "db2", "db1")
                .takesOver("10:00:20.500", "db2")
                .leads("10:00:21.000", "db2");
    }

    @Test
    void a_dead_host_was_not_stopped_in_good_order_and_the_dcs_was_there() {
        Incident incident = takeover()
                .cannotReach("10:00:20.100", "db2", "db1")
                .patroni("10:00:50.000", "db1", CRASH_RECOVERY, "crash-recovery-in-progress")
                .onlyIncident();

        assertThat(incident.cause().code()).isEqualTo(CauseCode.HOST_DOWN);
        assertExcluded(incident, CauseCode.CLEAN_SHUTDOWN, "crash-recovery-in-progress");
        assertExcluded(incident, CauseCode.DCS_UNREACHABLE, "promoted self to leader by acquiring session lock");
        assertOpen(incident, CauseCode.PATRONI_STALLED);
        assertOpen(incident, CauseCode.NETWORK_PARTITION);
        assertOpen(incident, CauseCode.OPERATOR_REQUEST);
    }

    @Test
    void a_member_that_is_cut_off_and_goes_on_writing_has_a_host_and_an_awake_patroni() {
        Incident incident = takeover()
                .patroni("10:00:08.000", "db1", DCS_LOST, "dcs-error")
                .patroni("10:00:12.000", "db1", DEMOTED, "demoted-dcs-lost")
                .onlyIncident();

        assertThat(incident.cause().code()).isEqualTo(CauseCode.NETWORK_PARTITION);
        assertExcluded(incident, CauseCode.HOST_DOWN, "demoted-dcs-lost");
        assertExcluded(incident, CauseCode.PATRONI_STALLED, "demoted-dcs-lost");
        assertExcluded(incident, CauseCode.CLEAN_SHUTDOWN, "demoted-dcs-lost");
    }

    @Test
    void what_a_host_writes_as_it_starts_again_does_not_show_that_it_was_up() {
        Incident incident = takeover()
                .postgres("10:00:15.000", "db1", RESTARTING, "starting")
                .postgres("10:00:15.100", "db1", HEARTBEAT, "redo-not-required")
                .onlyIncident();

        assertThat(alternatives(incident, CauseCode.HOST_DOWN))
                .allMatch(other -> other.verdict() == Verdict.LESS_LIKELY);
    }

    @Test
    void a_database_that_ran_until_it_was_stopped_in_haste_is_a_stall_and_neither_a_dead_host_nor_a_crash() {
        Incident incident = takeover()
                .says(
                        "10:00:40.000",
                        "db1",
                        "patroni.demoting-mode",
                        "Demoting self (immediate-nolock)",
                        List.of(DEMOTION_STARTED),
                        "mode",
                        "immediate-nolock")
                .onlyIncident();

        assertThat(incident.cause().code()).isEqualTo(CauseCode.PATRONI_STALLED);
        assertExcluded(incident, CauseCode.HOST_DOWN, "Demoting self (immediate-nolock)");
        assertExcluded(incident, CauseCode.POSTGRES_CRASH, "Demoting self (immediate-nolock)");
        assertExcluded(incident, CauseCode.NETWORK_PARTITION, "Demoting self (immediate-nolock)");
    }

    @Test
    void a_leader_that_let_go_of_its_key_had_reached_the_dcs() {
        Incident incident = takeover()
                .stops("10:00:03.000", "db1")
                .patroni("10:00:04.000", "db1", LOCK_RELEASED, "key-released")
                .onlyIncident();

        assertThat(incident.cause().code()).isEqualTo(CauseCode.CLEAN_SHUTDOWN);
        assertExcluded(incident, CauseCode.NETWORK_PARTITION, "key-released");
        assertExcluded(incident, CauseCode.POSTGRES_CRASH, "LOG:  received fast shutdown request");
        assertOpen(incident, CauseCode.OPERATOR_REQUEST);
    }

    @Test
    void a_connection_that_was_accepted_and_not_answered_shows_a_running_host() {
        Incident incident = takeover()
                .patroni(
                        "10:00:20.100",
                        "db2",
                        LEADER_UNREACHABLE,
                        "request-failed-unanswered",
                        "member",
                        "db1",
                        "reason",
                        "UNANSWERED")
                .onlyIncident();

        assertExcluded(incident, CauseCode.HOST_DOWN, "request-failed-unanswered");
        assertOpen(incident, CauseCode.NETWORK_PARTITION);
    }

    @Test
    void a_crash_is_no_orderly_stop() {
        Incident incident = takeover()
                .postgres("10:00:01.000", "db1", FAULT_SIGNAL, "postmaster-gone")
                .onlyIncident();

        assertThat(incident.cause().code()).isEqualTo(CauseCode.POSTGRES_CRASH);
        assertExcluded(incident, CauseCode.CLEAN_SHUTDOWN, "LOG:  postmaster-gone");
        assertOpen(incident, CauseCode.RESOURCE_EXHAUSTION);
    }

    @Test
    void a_configuration_that_is_read_again_is_no_start() {
        Incident incident = takeover()
                .patroni("10:00:01.000", "db1", HEARTBEAT, "configuration-read")
                .onlyIncident();

        assertThat(alternatives(incident, CauseCode.POSTGRES_CRASH))
                .allMatch(other -> other.verdict() == Verdict.LESS_LIKELY);
    }

    @Test
    void of_a_replica_that_was_lost_other_causes_are_considered_as_well() {
        Incident incident = new Scene()
                .leads("10:00:00.000", "db1")
                .follows("10:00:00.500", "db2", "db1")
                .stops("10:00:05.000", "db2")
                .follows("10:01:00.500", "db2", "db1")
                .onlyIncident();

        assertThat(incident.cause().code()).isEqualTo(CauseCode.CLEAN_SHUTDOWN);
        assertExcluded(incident, CauseCode.HOST_DOWN, "LOG:  received fast shutdown request");
    }

    private static List<AlternativeCause> alternatives(Incident incident, CauseCode code) {
        return incident.cause().alternatives().stream()
                .filter(other -> other.code() == code)
                .toList();
    }

    private static void assertExcluded(Incident incident, CauseCode code, String proof) {
        assertThat(alternatives(incident, code)).as("%s", code).singleElement().satisfies(other -> {
            assertThat(other.verdict()).isEqualTo(Verdict.EXCLUDED);
            assertThat(other.evidence())
                    .extracting(index -> incident.events().get(index).text())
                    .containsExactly(proof);
        });
    }

    private static void assertOpen(Incident incident, CauseCode code) {
        assertThat(alternatives(incident, code))
                .as("%s", code)
                .singleElement()
                .matches(other -> other.verdict() == Verdict.LESS_LIKELY);
    }
}
