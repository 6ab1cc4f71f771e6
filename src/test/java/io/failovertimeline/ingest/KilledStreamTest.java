package io.failovertimeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.stream.BrokerProcess;
import io.failovertimeline.stream.InputProgress;
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
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application, first one instance of it, then three, then two, and sometimes the broker, as processes that are killed with
 * SIGKILL while records of several clusters come in. {@code -Dkills=200} kills more often than a build does, {@code -Dkills.seed=7} at
 * other moments, {@code -Dbroker.kills=50} the broker more often. What a failed run leaves behind, the logs of all processes among
 * it, stays in the temporary folder.
 */
@Timeout(value = 90, unit = TimeUnit.MINUTES)
class KilledStreamTest {

    private static final List<String> LABS = List.of("labs/leader-killed", "labs/planned-switchover");
    private static final int CLUSTERS = 6;
    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final int BROKER_KILLS = Integer.getInteger("broker.kills", 3);
    private static final long SEED = Long.getLong("kills.seed", 20);
    private static final int MOST_LOOKS = 3_000;
    private static final int SHORTEST_PAUSE_MILLIS = 100;
    private static final int LONGEST_PAUSE_MILLIS = 2_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void killed_restarted_and_scaled_it_ends_in_what_an_undisturbed_run_ends_in_and_no_step_is_lost_or_told_twice()
            throws Exception {
        Output undisturbed = undisturbed();
        assertThat(undisturbed.incidents).hasSizeGreaterThanOrEqualTo(CLUSTERS);

        Output disturbed = disturbed(undisturbed);

        assertThat(disturbed.incidents).isEqualTo(undisturbed.incidents);
        assertThat(disturbed.lost()).isEmpty();
        assertThat(disturbed.twice).isEmpty();
        assertThat(disturbed.outOfOrder).isEmpty();
    }

    private Output undisturbed() throws Exception {
        try (RunningStream stream = new RunningStream(folder.resolve("undisturbed"))) {
            stream.send(records());
            Output output = new Output();
            new TimelineTail(stream.client(), true).follow(output, stream::isComplete, Duration.ofSeconds(3));
            return output;
        }
    }

    private Output disturbed(Output expected) throws Exception {
        Random random = new Random(SEED);
        List<IngestRecord> records = records();
        Iterator<IngestRecord> coming = records.iterator();
        Set<Integer> withBroker = new TreeSet<>();
        while (withBroker.size() < Math.min(KILLS, BROKER_KILLS)) {
            withBroker.add(random.nextInt(KILLS));
        }
        int portion = records.size() / (KILLS + 8);
        try (BrokerProcess broker = new BrokerProcess(folder.resolve("broker"));
                Admin admin = Admin.create(client(broker.bootstrapServers()));
                StreamProcesses instances = new StreamProcesses(folder, broker.bootstrapServers())) {
            new TopicSetup(admin).create(Topics.standard().definitions(), Optional.empty());
            for (int kill = 0; kill < KILLS; kill++) {
                int wanted = wanted(kill);
                instances.scaleTo(wanted);
                if (kill > 0 && wanted == 3 && wanted(kill - 1) == 1) {
                    instances.restartOneByOne(() -> send(broker.bootstrapServers(), coming, portion));
                }
                send(broker.bootstrapServers(), coming, portion);
                String victim = instances.any(random);
                // One in four is killed while it starts.
                boolean isToWork = random.nextInt(4) > 0;
                do {
                    pause(random);
                    instances.supervise();
                } while (isToWork && !instances.isRunning(victim));
                if (withBroker.contains(kill)) {
                    broker.kill();
                }
                instances.kill(victim);
            }
            send(broker.bootstrapServers(), coming, Integer.MAX_VALUE);
            InputProgress progress = new InputProgress(admin, StreamSettings.APPLICATION_ID, Topics.standard());
            int[] looks = {0};
            Output output = new Output();
            BooleanSupplier mayEnd = () -> {
                supervise(instances);
                return ++looks[0] > MOST_LOOKS
                        || (output.incidents.equals(expected.incidents) && progress.isComplete());
            };
            new TimelineTail(client(broker.bootstrapServers()), true).follow(output, mayEnd, Duration.ofSeconds(3));
            return output;
        }
    }

    /** Of the kills, a third each befalls one instance, one of three, and one of two. */
    private static int wanted(int kill) {
        return switch (kill * 3 / KILLS) {
            case 0 -> 1;
            case 1 -> 3;
            default -> 2;
        };
    }

    private static void supervise(StreamProcesses instances) {
        try {
            instances.supervise();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void pause(Random random) {
        int millis = SHORTEST_PAUSE_MILLIS + random.nextInt(LONGEST_PAUSE_MILLIS - SHORTEST_PAUSE_MILLIS);
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

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

        /** Steps of the incidents as they stand that the timeline did not tell. */
        List<String> lost() {
            Set<String> told = new HashSet<>();
            steps.forEach(step -> {
                ObjectNode copy = comparable(step);
                told.add(copy.path("incident").asText() + copy.path("step"));
            });
            List<String> lost = new ArrayList<>();
            incidents.forEach((id, incident) -> incident.path("events").forEach(event -> {
                if (!told.contains(id + event)) {
                    lost.add(id + event);
                }
            }));
            return lost;
        }
    }

    /** Where a line stands, and how often the incident was told, are the only differences that may be. */
    private static ObjectNode comparable(ObjectNode incident) {
        ObjectNode copy = incident.deepCopy();
        copy.remove("revision");
        copy.findParents("source").forEach(place -> ((ObjectNode) place).remove("source"));
        return copy;
    }

    private static List<IngestRecord> records() throws IOException {
        List<Iterator<IngestRecord>> clusters = new ArrayList<>();
        for (int number = 0; number < CLUSTERS; number++) {
            clusters.add(new FileFeed(InputStream.nullInputStream())
                    .open(
                            List.of(LABS.get(number % LABS.size())),
                            GivenZones.NONE,
                            GivenLoads.NONE,
                            Optional.of("cluster-" + number),
                            problem -> {}));
        }
        List<IngestRecord> records = new ArrayList<>();
        while (clusters.stream().anyMatch(Iterator::hasNext)) {
            clusters.stream().filter(Iterator::hasNext).forEach(cluster -> records.add(cluster.next()));
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
