package io.failovertimeline.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/** A real broker with the topics, and the stream application over it, in this process. */
final class RunningStream implements AutoCloseable {

    /** So often a test looks for what never comes; its time limit is the only clock. */
    private static final int MOST_LOOKS = 3_000;

    private final EmbeddedBroker broker = EmbeddedBroker.start();
    private final Admin admin = Admin.create(client());
    private final FailoverStream stream;
    private final Producer<byte[], byte[]> producer;
    private final InputProgress progress;

    RunningStream(Path stateDir) {
        this(stateDir, AlertRules.USUAL, Map.of());
    }

    /** One that alerts by {@code rules}, with {@code kafka} among its settings. */
    RunningStream(Path stateDir, AlertRules rules, Map<String, String> kafka) {
        StreamSettings usual = StreamSettings.of(broker.bootstrapServers(), stateDir);
        StreamSettings settings = new StreamSettings(
                usual.bootstrapServers(),
                usual.applicationId(),
                usual.stateDir(),
                usual.clusters(),
                usual.zones(),
                usual.mostEvidence(),
                rules,
                usual.partitions(),
                kafka);
        new TopicSetup(admin).create(Topics.standard().definitions(), Optional.empty());
        stream = new FailoverStream(Stages.of(new Recognizer(Catalog.builtIn())), settings);
        stream.start();
        producer = Ingest.producer(client());
        progress = new InputProgress(admin, settings.applicationId(), Topics.standard());
    }

    /** What {@code ingest} sends of files. */
    static List<IngestRecord> records(List<String> paths) throws IOException {
        List<IngestRecord> records = new ArrayList<>();
        new FileFeed(InputStream.nullInputStream())
                .open(paths, GivenZones.NONE, GivenLoads.NONE, Optional.empty(), problem -> {})
                .forEachRemaining(records::add);
        return records;
    }

    /** What an offline run says of them, by id, comparable. */
    static Map<String, String> offline(List<String> paths) throws IOException {
        Map<String, String> incidents = new TreeMap<>();
        new Replay(new Recognizer(Catalog.builtIn()), InputStream.nullInputStream())
                .run(paths, GivenZones.NONE, ProgressListener.NONE)
                .findings()
                .incidents()
                .forEach(incident -> incidents.put(incident.id(), comparable(FindingsJson.incident(incident))));
        return incidents;
    }

    /** Where a line stands, and how often the incident was told, are the only differences that may be. */
    static String comparable(ObjectNode incident) {
        ObjectNode copy = incident.deepCopy();
        copy.remove("revision");
        for (String list : List.of("events", "refusals", "undatedEvents")) {
            copy.withArray(list).forEach(entry -> ((ObjectNode) entry).remove("source"));
        }
        return copy.toPrettyString();
    }

    Producer<byte[], byte[]> producer() {
        return producer;
    }

    void send(Collection<IngestRecord> records) throws InterruptedException {
        new Ingest(producer, Topics.standard(), Pace.UNLIMITED).send(records.iterator(), count -> {});
    }

    /** Whether all that was sent has been read, and what came of it was committed. */
    boolean isComplete() {
        return progress.isComplete();
    }

    /** Reads all output until {@code enough} holds of what {@code listener} has taken. */
    void read(TimelineTail.Listener listener, BooleanSupplier enough) {
        int[] looks = {0};
        new TimelineTail(client(), true)
                .follow(listener, () -> ++looks[0] > MOST_LOOKS || enough.getAsBoolean(), Duration.ZERO);
    }

    Properties client() {
        Properties client = new Properties();
        client.put("bootstrap.servers", broker.bootstrapServers());
        return client;
    }

    @Override
    public void close() {
        producer.close();
        stream.close();
        admin.close();
        broker.close();
    }
}
