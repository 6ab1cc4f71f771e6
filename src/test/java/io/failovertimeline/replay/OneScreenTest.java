package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Report;
import io.failovertimeline.publish.TextReport;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneScreenTest {

    private static final int WIDTH = 100;
    private static final int HEIGHT = 48;

    @ParameterizedTest
    @ValueSource(strings = {"leader-killed", "planned-switchover", "power-cut", "write-up"})
    void the_report_of_a_failover_fits_one_screen(String lab) throws IOException {
        List<String> lines = lines(lab, false);

        assertThat(lines).hasSizeLessThanOrEqualTo(HEIGHT);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH));
    }

    @Test
    void it_says_what_broke_who_took_over_how_long_why_that_long_and_what_clients_felt() throws IOException {
        assertThat(String.join("\n", lines("leader-killed", false)))
                .contains(
                        "db1 → db2",
                        "HOST_DOWN",
                        "not          POSTGRES_CRASH",
                        "15.4 s from the first sign until writes were accepted",
                        "ttl 20 s less 4.8 s since the last renewal",
                        "out for up to 20.0 s",
                        "two at once",
                        "WAL left")
                .contains(
                        "no action. I am (db1), the leader with the lock",
                        "Journal started",
                        "promoted self to leader",
                        "started streaming WAL");
    }

    @Test
    void nothing_is_left_out_of_the_whole_report() throws IOException {
        Report report = Lab.replay(Lab.BUNDLED.resolve("leader-killed"));

        String whole = new TextReport(300, false, true).render(report);

        report.findings().incidents().get(0).events().forEach(step -> assertThat(whole)
                .contains(step.origin().toString().replaceAll("^.*/", "")));
        assertThat(whole).contains("Hosts seen", "State dumps", "Inputs");
    }

    private static List<String> lines(String lab, boolean whole) throws IOException {
        Report report = Lab.replay(Lab.BUNDLED.resolve(lab));
        return new TextReport(WIDTH, false, whole).render(report).lines().toList();
    }
}
