package io.failovertimeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.model.Incident;
import io.failovertimeline.publish.FindingsJson;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.replay.ProgressListener;
import io.failovertimeline.replay.Replay;
import io.failovertimeline.stream.EmbeddedBroker;
import io.failovertimeline.stream.FailoverStream;
import io.failovertimeline.stream.InputProgress;
import io.failovertimeline.stream.Stages;
import io.failovertimeline.stream.StreamSettings;
import io.failovertimeline.stream.TimelineTail;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same files, once straight and once through a real broker and the stream application. */
@Timeout(180)
class StreamAgreesWithReplayTest {

    private static final Path LABS = Path.of("labs");
    private static final int MOST_LOOKS = 3_000;

    @TempDir
    Path stateDir;

    static List<String> labs() throws IOException {
        try (Stream<Path> folders = Files.list(LABS)) {
            return folders.filter(Files::isDirectory)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void a_lab_ends_in_the_same_incidents_through_kafka_as_offline(String lab) throws Exception {
        Map<String, String> expected = new TreeMap<>();
        new Replay(recognizer(), InputStream.nullInputStream())
                .run(List.of(lab), GivenZones.NONE, ProgressListener.NONE)
                .findings()
                .incidents()
                .forEach(incident -> expected.put(incident.id(), comparable(incident)));

        Map<String, String> streamed = throughKafka(lab, expected);

        assertThat(streamed).isEqualTo(expected).isNotEmpty();
    }

    private Map<String, String> throughKafka(String lab, Map<String, String> expected) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Properties client = new Properties();
            client.put("bootstrap.servers", broker.bootstrapServers());
            Topics topics = Topics.standard();
            StreamSettings settings = StreamSettings.of(broker.bootstrapServers(), stateDir);
            try (Admin admin = Admin.create(client);
                    FailoverStream stream = stream(admin, topics, settings);
                    Producer<byte[], byte[]> producer = Ingest.producer(client)) {
                stream.start();
                new Ingest(producer, topics, Pace.UNLIMITED)
                        .send(
                                new FileFeed(InputStream.nullInputStream())
                                        .open(
                                                List.of(lab),
                                                GivenZones.NONE,
                                                GivenLoads.NONE,
                                                Optional.empty(),
                                                problem -> {}),
                                count -> {});
                InputProgress progress = new InputProgress(admin, settings.applicationId(), topics);
                Incidents incidents = new Incidents();
                int[] looks = {0};
                new TimelineTail(client, true)
                        .follow(
                                incidents,
                                () -> ++looks[0] > MOST_LOOKS
                                        || (incidents.byId.equals(expected) && progress.isComplete()),
                                Duration.ZERO);
                return incidents.byId;
            }
        }
    }

    private static FailoverStream stream(Admin admin, Topics topics, StreamSettings settings) {
        new TopicSetup(admin).create(topics.definitions(), Optional.empty());
        return new FailoverStream(Stages.of(recognizer()), settings);
    }

    private static Recognizer recognizer() {
        return new Recognizer(Catalog.builtIn());
    }

    private static String comparable(Incident incident) {
        return comparable(FindingsJson.incident(incident));
    }

    /** Where a line stands, and how often the incident was told, are the only differences that may be. */
    private static String comparable(ObjectNode incident) {
        ObjectNode copy = incident.deepCopy();
        copy.remove("revision");
        for (String list : List.of("events", "refusals", "undatedEvents")) {
            for (JsonNode entry : copy.withArray(list)) {
                ((ObjectNode) entry).remove("source");
            }
        }
        return copy.toPrettyString();
    }

    private static final class Incidents implements TimelineTail.Listener {
        private final Map<String, String> byId = new TreeMap<>();

        @Override
        public void step(ObjectNode step) {}

        @Override
        public void incident(String id, Optional<ObjectNode> json) {
            json.ifPresentOrElse(incident -> byId.put(id, comparable(incident)), () -> byId.remove(id));
        }
    }
}
