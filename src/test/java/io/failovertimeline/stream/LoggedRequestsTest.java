package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.failovertimeline.model.LoadBucket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that a load balancer logs to the journal, which a shipper sends with everything else. */
class LoggedRequestsTest {

    private static final Instant AT = Instant.parse("2026-01-07T11:00:05Z");
    private static final String SERVED = "2026-01-07T11:00:05.300000+00:00 lb1 haproxy[57]: 10.0.0.9:40112"
            + " [07/Jan/2026:11:00:05.250] web pg/db1 0/0/1/49/50 200 212 - - ---- 5/5/5/5/0 0/0 \"GET /Cities/7 HTTP/1.1\"";
    private static final String REFUSED = "2026-01-07T11:00:05.900000+00:00 lb1 haproxy[57]: 10.0.0.9:40113"
            + " [07/Jan/2026:11:00:05.880] web pg/<NOSRV> 0/-1/-1/-1/20 503 212 - - SC-- 5/5/5/5/0 0/0 \"GET /Cities/8 HTTP/1.1\"";
    private static final String OTHER = "2026-01-07T11:00:06.100000+00:00 lb1 haproxy[57]: 10.0.0.9:40114"
            + " [07/Jan/2026:11:00:06.050] web pg/db1 0/0/1/49/50 200 212 - - ---- 5/5/5/5/0 0/0 \"GET /Forecast HTTP/1.1\"";

    @TempDir
    Path stateDir;

    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        driver = DrivenStream.begin(stateDir, AT);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void send(String lines) {
        DrivenStream.journal(driver, lines, AT);
    }

    private List<LoadBucket> buckets() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        List<LoadBucket> buckets = new ArrayList<>();
        driver.<String, Piece>getKeyValueStore(Correlate.EVIDENCE)
                .all()
                .forEachRemaining(entry -> buckets.add((LoadBucket) entry.value.evidence()));
        return buckets;
    }

    @Test
    void they_are_added_up_as_load_results_are() {
        send(SERVED);
        send(REFUSED);

        assertThat(buckets()).singleElement().satisfies(bucket -> {
            assertThat(bucket.generator()).isEqualTo("haproxy lb1");
            assertThat(bucket.endpoint()).isEqualTo("GET /Cities/{id}");
            assertThat(bucket.second()).isEqualTo(AT);
            assertThat(bucket.requests()).isEqualTo(2);
            assertThat(bucket.failed()).isEqualTo(1);
        });
        assertThat(deadLetters()).isZero();
    }

    @Test
    void those_of_several_lines_in_one_record_are_all_kept() {
        send(SERVED + "\n" + OTHER + "\n" + REFUSED + "\n");

        assertThat(buckets())
                .extracting(LoadBucket::endpoint, LoadBucket::requests)
                .containsExactlyInAnyOrder(tuple("GET /Cities/{id}", 2L), tuple("GET /Forecast", 1L));
    }

    private long deadLetters() {
        return driver.createOutputTopic(
                        "failover-dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .getQueueSize();
    }
}
