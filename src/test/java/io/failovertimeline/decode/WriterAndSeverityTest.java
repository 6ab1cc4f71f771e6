package io.failovertimeline.decode;

import static io.failovertimeline.decode.Decoding.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Severity;
import io.failovertimeline.model.Writer;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriterAndSeverityTest {

    private static final String JOURNAL = "{\"__REALTIME_TIMESTAMP\":\"1702214394575123\",\"_HOSTNAME\":\"db1\",";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "Dec 10 16:19:54 db1 patroni[626]: x | patroni | - | 626",
                "Dec 10 16:19:54 db1 kernel: x | kernel | - | -",
                "Sun 2023-12-10 16:19:54 MSK db1 patroni.service[626]: x | - | patroni.service | 626",
                "<30>1 2023-12-10T16:19:54+03:00 db1 patroni 626 - - x | patroni | - | 626",
                "Dec 10 16:19:54 db1 patroni[626]: 2023-12-10 16:19:54.575 MSK [700-3] LOG:  x | patroni | - | 700",
                "2023-12-10 16:19:54.575 MSK [700] LOG:  x | - | - | 700",
                "2023-12-10 16:19:54.575 MSK [12] WARNING C-0x55: x | - | - | 12",
                "Dec 10 16:19:54 db1 postgres[18]: [5-1] user=app LOG:  x | postgres | - | 18",
            })
    void a_line_tells_which_process_wrote_it(String text, String program, String unit, Long pid) {
        assertThat(line(text).writer())
                .isEqualTo(new Writer(
                        Optional.ofNullable(program),
                        Optional.ofNullable(unit),
                        pid == null ? OptionalLong.empty() : OptionalLong.of(pid)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "<27>Dec 10 16:19:54 db1 cron[1]: x ~ ERR",
                "<30>1 2023-12-10T16:19:54+03:00 db1 cron 1 - - x ~ INFO",
                "2023-12-10 16:19:54,575 CRITICAL: x ~ CRIT",
                "2023-12-10 16:19:54,575 WARNING: x ~ WARNING",
                "<30>Dec 10 16:19:54 db1 patroni[1]: ERROR:patroni.ha:x ~ ERR",
                "2023-12-10 16:19:54.575 MSK [1] LOG:  x ~ INFO",
                "2023-12-10 16:19:54.575 MSK [1] ERROR:  x ~ WARNING",
                "2023-12-10 16:19:54.575 MSK [1] FATAL:  x ~ ERR",
                "2023-12-10 16:19:54.575 MSK [1] ПАНИКА:  x ~ CRIT",
                "2023-12-10 16:19:53.392123 W | raft: x ~ WARNING",
                "{\"level\":\"fatal\",\"ts\":\"2023-12-10T13:19:54.575Z\",\"msg\":\"x\"} ~ CRIT",
                "Dec 10 16:19:54 db1 haproxy[37]: [ALERT]  (37) : x ~ ALERT",
            })
    void the_programs_own_severity_wins(String text, Severity severity) {
        assertThat(line(text).severity()).contains(severity);
    }

    @ParameterizedTest
    @CsvSource({"'\"3\"', ERR", "3, ERR", "'\"WARNING\"', WARNING", "'\"warn\"', WARNING", "'\"EMERG\"', EMERG"})
    void a_priority_is_a_number_or_a_word(String written, Severity severity) {
        assertThat(line(JOURNAL + "\"PRIORITY\":" + written + ",\"MESSAGE\":\"x\"}")
                        .severity())
                .contains(severity);
    }

    @Test
    void a_heading_of_postgresql_and_a_line_without_an_envelope_have_no_severity() {
        assertThat(line("2023-12-10 16:19:54.575 MSK [1] DETAIL:  x").severity())
                .isEmpty();
        assertThat(line("Dec 10 16:19:54 db1 cron[1]: x").severity()).isEmpty();
    }

    @Test
    void a_record_of_systemd_tells_its_own_unit_from_the_one_it_is_about() {
        LogLine line = line(JOURNAL + "\"_PID\":\"1\",\"_SYSTEMD_UNIT\":\"init.scope\",\"UNIT\":\"patroni.service\","
                + "\"SYSLOG_IDENTIFIER\":\"systemd\",\"MESSAGE\":\"Stopped Patroni.\"}");

        assertThat(line.writer())
                .isEqualTo(new Writer(Optional.of("systemd"), Optional.of("init.scope"), OptionalLong.of(1)));
        assertThat(line.subjectUnit()).contains("patroni.service");
    }
}
