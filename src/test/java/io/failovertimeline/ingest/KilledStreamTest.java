package io.failovertimeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.stream.BrokerProcess;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application, and sometimes the broker, as processes of their own that are killed with SIGKILL while records come in. {@code -Dkills=200} kills more often than a
 * build does.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KilledStreamTest {

    private static final List<String> LABS = List.of("labs/leader-killed", "labs/planned-switchover");
    private static final int KILLS = Integer.getInteger("kills", 5);
    private static final int MOST_LOOKS = 3_000;
    private static final int KILLS_PER_BROKER = 7;
    private static final int SHORTEST_LIFE = 2_000;
    private static final int LONGEST_LIFE = 9_000;

    @TempDir
    Path folder;

    @Test
    void killed_at_random_moments_it_ends_in_what_an_undisturbed_run_ends_in_and_tells_nothing_twice()
            throws Exception {
        Output undisturbed = undisturbed();
        assertThat(undisturbed.incidents).isNotEmpty();

        Output disturbed = disturbed(undisturbed);

        assertThat(disturbed.incidents).isEqualTo(undisturbed.incidents);
        assertThat(disturbed.twice).isEmpty();
        assertThat(disturbed.outOfOrder).isEmpty();
    }

    private Output undisturbed() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(client(broker.bootstrapServers()))) {
            StreamSettings settings = StreamSettings.of(broker.bootstrapServers(), folder.resolve("undisturbed"));
            new TopicSetup(admin).create(Topics.standard().definitions(), Optional.empty());
            try (FailoverStream stream = new FailoverStream(Stages.of(new Recognizer(Catalog.builtIn())), settings)) {
                stream.start();
                Iterator<IngestRecord> records = records().iterator();
                send(broker.bootstrapServers(), records, Integer.MAX_VALUE);
                InputProgress progress = new InputProgress(admin, settings.applicationId(), Topics.standard());
                return read(broker.bootstrapServers(), progress::isComplete);
            }
        }
    }

    private Output disturbed(Output expected) throws Exception {
        Random random = new Random(20);
        List<IngestRecord> records = records();
        Iterator<IngestRecord> coming = records.iterator();
        try (BrokerProcess broker = new BrokerProcess(folder.resolve("broker"));
                Admin admin = Admin.create(client(broker.bootstrapServers()))) {
            new TopicSetup(admin).create(Topics.standard().definitions(), Optional.empty());
            for (int kill = 0; kill < KILLS; kill++) {
                Process application = start(broker.bootstrapServers(), "one");
                send(broker.bootstrapServers(), coming, records.size() / (KILLS + 1));
                boolean ended = application.waitFor(
                        SHORTEST_LIFE + random.nextInt(LONGEST_LIFE - SHORTEST_LIFE), TimeUnit.MILLISECONDS);
                assertThat(ended).as("ended by itself").isFalse();
                if (kill % KILLS_PER_BROKER == 0) {
                    broker.kill();
                }
                application.destroyForcibly().waitFor();
            }
            Process one = start(broker.bootstrapServers(), "one");
            Process other = start(broker.bootstrapServers(), "other");
            try {
                send(broker.bootstrapServers(), coming, Integer.MAX_VALUE);
                int[] looks = {0};
                return read(
                        broker.bootstrapServers(),
                        () -> ++looks[0] > MOST_LOOKS || expected.incidents.equals(currentIncidents));
            } finally {
                one.destroyForcibly().waitFor();
                other.destroyForcibly().waitFor();
            }
        }
    }

    private Map<String, ObjectNode> currentIncidents = Map.of();

    /** What a reader of committed records has seen. */
    private static final class Output implements TimelineTail.Listener {
        private final Map<String, ObjectNode> incidents = new TreeMap<>();
        private final Set<ObjectNode> steps = new HashSet<>();
        private final List<ObjectNode> twice = new ArrayList<>();
        private final List<ObjectNode> outOfOrder = new ArrayList<>();
        private final Map<String, Long> revisions = new HashMap<>();

        @Override
        public void step(ObjectNode step) {
            if (!steps.add(step)) {
                twice.add(step);
            }
            long revision = step.path("revision").longValue();
            long before = revisions.merge(step.path("incident").textValue(), revision, Math::max);
            if (before > revision) {
                outOfOrder.add(step);
            }
        }

        @Override
        public void incident(String id, Optional<ObjectNode> json) {
            json.ifPresentOrElse(incident -> incidents.put(id, comparable(incident)), () -> incidents.remove(id));
        }
    }

    /** Where a line stands, and how often the incident was told, are the only differences that may be. */
    private static ObjectNode comparable(ObjectNode incident) {
        ObjectNode copy = incident.deepCopy();
        copy.remove("revision");
        copy.findParents("source").forEach(place -> ((ObjectNode) place).remove("source"));
        return copy;
    }

    /** Reads from the beginning until {@code mayEnd} and nothing more comes. The class's time limit is the only clock. */
    private Output read(String bootstrapServers, BooleanSupplier mayEnd) {
        Output output = new Output();
        currentIncidents = output.incidents;
        new TimelineTail(client(bootstrapServers), true).follow(output, mayEnd, Duration.ofSeconds(3));
        return output;
    }

    private Process start(String bootstrapServers, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx300m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.failovertimeline.Main",
                        "stream",
                        "--bootstrap-server",
                        bootstrapServers,
                        "--set",
                        "state.dir=" + folder.resolve(name),
                        // One that comes back under the same name takes over from itself at once.
                        "--set",
                        "kafka.group.instance.id=" + name,
                        "--set",
                        "kafka.session.timeout.ms=6000")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    private static List<IngestRecord> records() throws IOException {
        List<IngestRecord> records = new ArrayList<>();
        for (String lab : LABS) {
            new FileFeed(InputStream.nullInputStream())
                    .open(List.of(lab), GivenZones.NONE, GivenLoads.NONE, Optional.empty(), problem -> {})
                    .forEachRemaining(records::add);
        }
        return records;
    }

    private static void send(String bootstrapServers, Iterator<IngestRecord> records, int most) throws Exception {
        List<IngestRecord> some = new ArrayList<>();
        while (some.size() < most && records.hasNext()) {
            some.add(records.next());
        }
        try (Producer<byte[], byte[]> producer = Ingest.producer(client(bootstrapServers))) {
            new Ingest(producer, Topics.standard(), Pace.UNLIMITED).send(some.iterator(), count -> {});
        }
    }

    private static Properties client(String bootstrapServers) {
        Properties client = new Properties();
        client.put("bootstrap.servers", bootstrapServers);
        return client;
    }
}
