package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.StateKind;
import io.failovertimeline.model.Step;
import io.failovertimeline.publish.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatesTest {

    private static final String HISTORY = "+----+----------+--------+------------------------+------------+\n"
            + "| TL |      LSN | Reason | Timestamp              | New Leader |\n"
            + "+----+----------+--------+------------------------+------------+\n"
            + "|  1 | 54999816 | x      | %s | db2        |\n";

    private static final String TAKEOVER =
            "2023-12-10 16:19:44,500 INFO: no action. I am (db2), a secondary, and following a leader (db1)\n"
                    + "2023-12-10 16:19:54,500 INFO: promoted self to leader by acquiring session lock\n"
                    + "2023-12-10 16:19:55,800 INFO: no action. I am (db2), the leader with the lock\n";

    private static final String TRACE = "TIME     PID               LADDR:LPORT          RADDR:RPORT  STATE\n"
            + "16:19:55 0             10.0.10.3:28084       10.0.10.2:5432   ESTABLISHED\n"
            + "16:19:55 0             10.0.10.3:28084       10.0.10.2:5432   ESTABLISHED\n";

    @TempDir
    Path folder;

    private Report replay() throws IOException {
        return Lab.replay(folder);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void a_history_alone_makes_no_incident_and_is_listed() throws IOException {
        file("history.txt", HISTORY.replace("%s", "2023-12-10T16:19:54.7Z"));

        Report report = replay();

        assertThat(report.findings().incidents()).isEmpty();
        assertThat(report.states()).singleElement().satisfies(state -> {
            assertThat(state.kind()).isEqualTo(StateKind.PATRONICTL_HISTORY);
            assertThat(state.origin()).hasToString("history.txt:1");
        });
        assertThat(report.inputs().get(0).counts().recognized()).isEqualTo(4);
        assertThat(report.inputs().get(0).format()).isEqualTo("patronictl-history");
    }

    @Test
    void a_history_is_a_step_of_the_takeover_it_falls_into_and_moves_nothing() throws IOException {
        file("db2.log", TAKEOVER);
        Incident before = replay().findings().incidents().get(0);
        file(
                "history.txt",
                HISTORY.replace("%s", "2023-12-10T16:19:54.1Z") + "|  0 | 1 | x | 2020-01-01T00:00:00Z | db1 |\n");

        Incident incident = replay().findings().incidents().get(0);

        assertThat(replay().findings().incidents()).hasSize(1);
        assertThat(incident.promotedAt()).isEqualTo(before.promotedAt());
        assertThat(incident.startedAt()).isEqualTo(before.startedAt());
        assertThat(incident.events())
                .filteredOn(step -> !before.events().contains(step))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.origin()).hasToString("history.txt:4");
                    assertThat(step.member()).contains("db2");
                });
    }

    @Test
    void segments_sent_again_are_told_on_the_day_of_the_logs() throws IOException {
        file("db2.log", TAKEOVER);
        file("trace.txt", TRACE);

        Incident incident = replay().findings().incidents().get(0);

        assertThat(incident.events())
                .extracting(Step::text)
                .contains("tcpretrans: 10.0.10.3 to 10.0.10.2, 2 in this second (ESTABLISHED)");
    }

    @Test
    void with_logs_of_several_days_a_time_of_day_tells_nothing() throws IOException {
        file("db2.log", TAKEOVER + "2023-12-12 16:19:55,800 INFO: no action. I am (db2), the leader with the lock\n");
        file("trace.txt", TRACE);

        Report report = replay();

        assertThat(report.findings().incidents().get(0).events())
                .extracting(Step::text)
                .noneMatch(text -> text.startsWith("tcpretrans"));
        assertThat(report.states()).hasSize(1);
    }

    @Test
    void the_whole_text_report_has_a_line_for_each_dump() throws IOException {
        file(
                "README.md",
                "me@db1:~$ patronictl list\n+ Cluster: orders ---+\n| Member | Host | Role | State | TL |\n"
                        + "| db1 | a | Leader | running | 17 |\n| db2 | b | Sync Standby | running | 17 |\n");

        String text = new TextReport(100, false, true).render(replay());

        assertThat(text)
                .contains(
                        "State dumps",
                        "patronictl list on db1 at README.md:2: db1 leader, db2 sync standby; timeline 17");
    }
}
