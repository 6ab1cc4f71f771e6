package io.failovertimeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology with the program's own stages, without a broker. */
final class DrivenStream {

    private DrivenStream() {}

    /** Begins at {@code wallClock}. */
    static TopologyTestDriver begin(Path stateDir, Instant wallClock) {
        StreamSettings settings = StreamSettings.of("unused:9092", stateDir);
        Properties properties = settings.properties();
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        return new TopologyTestDriver(
                new FailoverTopology(Topics.standard(), Stages.of(new Recognizer(Catalog.builtIn())), settings).build(),
                properties,
                wallClock);
    }

    /** A record of {@code journald-logs}. */
    static void journal(TopologyTestDriver driver, String lines, Instant at) {
        driver.createInputTopic("journald-logs", new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(null, lines.getBytes(UTF_8), new RecordHeaders(), at));
    }
}
