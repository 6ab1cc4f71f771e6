package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.Telling;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenRecordTest {

    private static final Instant BEGIN = Instant.parse("2026-01-07T11:00:00Z");

    @TempDir
    Path stateDir;

    @Test
    void a_record_is_stored_with_what_may_still_belong_to_it_as_far_as_that_is_known_at_the_commit() {
        try (TopologyTestDriver driver = DrivenStream.begin(stateDir, BEGIN)) {
            DrivenStream.journal(
                    driver, postgresql("[52-8] LOG:  database system is ready to accept connections"), BEGIN);
            assertThat(stored(driver)).extracting(OpenRecord::standing).containsExactly(Joiner.Standing.LATEST);

            DrivenStream.journal(driver, postgresql("[1628-1] LOG:  duration: 801.964 ms  statement: SELECT ("), BEGIN);
            assertThat(stored(driver)).extracting(OpenRecord::standing).containsExactly(Joiner.Standing.BEHIND);

            DrivenStream.journal(driver, postgresql("[52-9] LOG:  received fast shutdown request"), BEGIN);
            assertThat(stored(driver))
                    .extracting(record -> record.telling().line().message())
                    .containsExactly("LOG:  received fast shutdown request");
        }
    }

    @Test
    void a_record_stored_by_a_version_that_knew_of_no_standing_was_the_latest() {
        try (TopologyTestDriver driver = DrivenStream.begin(stateDir, BEGIN)) {
            DrivenStream.journal(
                    driver, postgresql("[52-8] LOG:  database system is ready to accept connections"), BEGIN);
            OpenRecord now = stored(driver).get(0);
            byte[] before = new JsonSerde<>(Telling.class).serializer().serialize("", now.telling());
            JsonSerde<OpenRecord> serde = new JsonSerde<>(OpenRecord.class);

            assertThat(serde.deserializer().deserialize("", before)).isEqualTo(now);
            OpenRecord behind = new OpenRecord(now.telling(), Joiner.Standing.BEHIND);
            assertThat(serde.deserializer().deserialize("", serde.serializer().serialize("", behind)))
                    .isEqualTo(behind);
        }
    }

    private static String postgresql(String record) {
        return "2026-01-07 11:00:00 UTC " + record;
    }

    private static List<OpenRecord> stored(TopologyTestDriver driver) {
        List<OpenRecord> stored = new ArrayList<>();
        driver.<String, OpenRecord>getKeyValueStore(RecognizeLines.OPEN_RECORDS)
                .all()
                .forEachRemaining(entry -> stored.add(entry.value));
        return stored;
    }
}
