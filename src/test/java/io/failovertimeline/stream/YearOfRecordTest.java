package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A syslog line has no year: the record's own time tells it. */
class YearOfRecordTest {

    @TempDir
    Path stateDir;

    @ParameterizedTest
    @CsvSource({
        "Dec 31 23:59:58, 2023-12-31T23:59:58Z, 2023-12-31T23:59:58Z",
        // sent in the next year, or by a clock that is ahead
        "Dec 31 23:59:58, 2024-01-01T00:00:07Z, 2023-12-31T23:59:58Z",
        "Jan  1 00:00:02, 2023-12-31T23:59:59Z, 2024-01-01T00:00:02Z",
        "Feb 29 12:00:00, 2024-02-29T12:00:01Z, 2024-02-29T12:00:00Z",
        "Feb 29 23:59:59, 2024-03-01T00:00:01Z, 2024-02-29T23:59:59Z",
        // read a year late: the last day of that date
        "Feb 29 12:00:00, 2025-03-01T00:00:00Z, 2024-02-29T12:00:00Z",
    })
    void the_year_is_the_one_that_brings_the_line_nearest_to_its_record(
            String written, Instant recordTime, Instant expected) {
        Topics topics = Topics.standard();
        String line = written + " db1 patroni[626]: promoted self to leader by acquiring session lock";

        try (TopologyTestDriver driver = DrivenStream.begin(stateDir, recordTime)) {
            DrivenStream.journal(driver, line, recordTime);
            driver.advanceWallClockTime(Duration.ofMillis(100));
            driver.advanceWallClockTime(Duration.ofMillis(100));
            List<ObjectNode> heads = driver.createOutputTopic(
                            topics.failovers().name(),
                            topics.failovers().keys().deserializer(),
                            topics.failovers().values().deserializer())
                    .readValuesToList();

            assertThat(heads).isNotEmpty();
            assertThat(heads.get(heads.size() - 1).path("lockAcquiredAt").textValue())
                    .isEqualTo(expected.toString());
        }
    }
}
