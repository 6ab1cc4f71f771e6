package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.Scene.at;
import static io.failovertimeline.model.EventKind.CRASH_RECOVERY;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.READY_RW;
import static io.failovertimeline.model.EventKind.REWIND;
import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.DataLoss;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.DualLeaders.Verdict;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Lsn;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What there is to fear after a takeover: WAL that was left behind, two leaders at once. */
class DangersTest {

    @Test
    void wal_between_the_fork_and_the_old_leaders_end_was_left_behind() {
        DataLoss loss = takeover()
                .postgres("10:00:40.000", "db1", HEARTBEAT, "end-of-wal-records", "lsn", "0/3485D20")
                .patroni("10:00:41.000", "db1", REWIND, "rewind-started", "leader", "db2")
                .patroni("10:00:42.000", "db1", REWIND, "rewind-diverged", "lsn", "0/3480530", "timeline", "1")
                .onlyIncident()
                .dataLoss()
                .orElseThrow();

        assertThat(loss.isExact()).isTrue();
        assertThat(loss.atLeast()).isEqualTo(0x3485D20 - 0x3480530);
        assertThat(loss.oldLeaderEnd()).isEqualTo(Lsn.parse("0/3485D20"));
        assertThat(loss.newLeaderStart()).isEqualTo(Lsn.parse("0/3480530"));
    }

    @Test
    void what_the_old_leader_reads_after_its_rewind_is_not_its_own_end() {
        DataLoss loss = takeover()
                .patroni("10:00:40.000", "db1", REWIND, "local-timeline", "lsn", "0/4000028", "timeline", "1")
                .patroni("10:00:41.000", "db1", REWIND, "rewind-started", "leader", "db2")
                .patroni("10:00:42.000", "db1", REWIND, "rewind-diverged", "lsn", "0/3480530", "timeline", "1")
                .postgres("10:00:43.000", "db1", HEARTBEAT, "end-of-wal-records", "lsn", "0/34A3028")
                .onlyIncident()
                .dataLoss()
                .orElseThrow();

        assertThat(loss.atLeast()).as("a new segment was begun").isZero();
        assertThat(loss.atMost()).contains(0x4000028L - 0x3480530);
        assertThat(loss.isExact()).isFalse();
    }

    @Test
    void a_stream_that_ended_as_it_should_left_nothing_behind() {
        Incident incident = new Scene()
                .postgres("10:00:00.000", "db2", STREAM_STARTED, "streaming-started", "timeline", "1")
                .leads("10:00:05.000", "db1")
                .stops("10:00:10.000", "db1")
                .postgres(
                        "10:00:10.100",
                        "db2",
                        STREAM_LOST,
                        "end-of-wal",
                        "lsn",
                        "0/3480530",
                        "timeline",
                        "1",
                        "reason",
                        "CLEAN")
                .takesOver("10:00:11.000", "db2")
                .leads("10:00:12.000", "db2")
                .onlyIncident();

        assertThat(incident.dataLoss().orElseThrow().atMost()).contains(0L);
        assertThat(incident.dualLeaders()).extracting(DualLeaders::verdict).containsExactly(Verdict.EXCLUDED);
    }

    @Test
    void where_no_line_tells_the_old_leaders_end_the_loss_is_not_bounded() {
        DataLoss loss = takeover()
                .postgres("10:00:19.000", "db2", HEARTBEAT, "end-of-wal-records", "lsn", "0/3480530")
                .onlyIncident()
                .dataLoss()
                .orElseThrow();

        assertThat(loss.newLeaderStart()).isEqualTo(Lsn.parse("0/3480530"));
        assertThat(loss.atMost()).isEmpty();
    }

    @Test
    void without_a_position_nothing_is_said_of_a_loss() {
        assertThat(takeover().onlyIncident().dataLoss()).isEqualTo(Optional.empty());
    }

    @Test
    void a_database_that_refuses_connections_accepts_no_writes() {
        DualLeaders both = takeover()
                .leads("09:59:50.000", "db1")
                .postgres(
                        "10:00:12.000",
                        "db2",
                        LEADER_UNREACHABLE,
                        "primary-refused",
                        "member",
                        "db1",
                        "reason",
                        "REFUSED")
                .onlyIncident()
                .dualLeaders()
                .get(0);

        assertThat(both.verdict()).isEqualTo(Verdict.EXCLUDED);
    }

    @Test
    void a_database_that_was_ready_again_after_it_refused_is_not_excluded() {
        DualLeaders both = takeover()
                .postgres(
                        "10:00:12.000",
                        "db2",
                        LEADER_UNREACHABLE,
                        "primary-refused",
                        "member",
                        "db1",
                        "reason",
                        "REFUSED")
                .postgres("10:00:14.000", "db1", READY_RW, "ready")
                .postgres("10:00:45.000", "db1", CRASH_RECOVERY, "interrupted")
                .onlyIncident()
                .dualLeaders()
                .get(0);

        assertThat(both.verdict()).isEqualTo(Verdict.POSSIBLE);
        assertThat(both.from()).isEqualTo(at("10:00:20.000"));
        assertThat(both.to()).isEqualTo(at("10:00:45.000"));
    }

    @Test
    void an_old_leader_that_is_never_heard_of_again_allows_no_verdict() {
        assertThat(takeover().onlyIncident().dualLeaders()).isEmpty();
    }

    private static Scene takeover() {
        return new Scene()
                .postgres("09:59:00.000", "db2", STREAM_STARTED, "streaming-started", "timeline", "1")
                .leads("10:00:00.000", "db1")
                .takesOver("10:00:20.000", "db2")
                .leads("10:00:21.000", "db2");
    }
}
