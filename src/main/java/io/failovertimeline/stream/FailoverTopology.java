package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.publish.LoadSecond;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/** The way of the data, from the input topics to the output topics. */
public final class FailoverTopology {

    private final Topics topics;
    private final Stages stages;
    private final StreamSettings settings;
    private final int mostOpenLoad;

    /** A topology over {@code topics} that runs {@code stages}. */
    public FailoverTopology(Topics topics, Stages stages, StreamSettings settings) {
        this(topics, stages, settings, AggregateLoad.MOST_OPEN);
    }

    /** One that has so many sums of requests open at most. */
    FailoverTopology(Topics topics, Stages stages, StreamSettings settings, int mostOpenLoad) {
        this.topics = topics;
        this.stages = stages;
        this.settings = settings;
        this.mostOpenLoad = mostOpenLoad;
    }

    /** Builds it; each operator, store and internal topic has our name, so that {@code describe()} changes only with this method. */
    public Topology build() {
        StreamsBuilder builder = new StreamsBuilder(settings.topologyConfig());

        builder.addStateStore(topics.openRecords());
        builder.addStateStore(topics.cutLines());
        builder.addStateStore(topics.heldRuns());
        builder.addStateStore(new AtCommit.Builder(RecognizeLines.AT_COMMIT));
        KStream<byte[], Understood> logs = builder.stream(
                        topics.journaldLogs().name(), topics.journaldLogs().consumed())
                .merge(
                        builder.stream(
                                topics.patroniLogs().name(),
                                topics.patroniLogs().consumed()),
                        Named.as("logs"))
                .processValues(() -> new SplitLogs(settings.zones()), Named.as("split"))
                .process(
                        () -> new RecognizeLines(stages, settings),
                        Named.as("recognize"),
                        RecognizeLines.OPEN_RECORDS,
                        RecognizeLines.CUT_LINES,
                        RecognizeLines.HELD_RUNS,
                        RecognizeLines.AT_COMMIT);
        KStream<String, Piece> events = logs.flatMapValues(Understood::pieces, Named.as("events"))
                .selectKey((key, piece) -> piece.evidence().cluster(), Named.as("by-cluster"));

        builder.addStateStore(topics.loadBuckets());
        builder.addStateStore(new AtCommit.Builder(AggregateLoad.AT_COMMIT));
        KStream<byte[], LoadRead> load = builder.stream(
                        topics.loadResults().name(), topics.loadResults().consumed())
                .processValues(
                        () -> new DecodeLoad(stages.loadDecoders().get(), settings.clusters()),
                        Named.as("decode-load"),
                        AggregateLoad.AT_COMMIT);
        KStream<byte[], LoadRead> logged = logs.flatMapValues(Understood::requests, Named.as("logged-requests"));
        KStream<String, Piece> buckets = load.merge(logged, Named.as("requests"))
                .process(
                        () -> new AggregateLoad(mostOpenLoad),
                        Named.as("aggregate-load"),
                        AggregateLoad.BUCKETS,
                        AggregateLoad.AT_COMMIT);

        ThreadLocal<Turns.OfThread> ofThread = ThreadLocal.withInitial(Turns.OfThread::new);
        builder.addStateStore(topics.evidence());
        builder.addStateStore(topics.published());
        builder.addStateStore(topics.forgotten());
        builder.addStateStore(topics.alertsTold());
        KStream<String, Publication> publications = events.merge(buckets, Named.as("events-and-buckets"))
                .repartition(topics.evidenceByCluster())
                .process(
                        () -> new Correlate(stages, settings, ofThread),
                        Named.as("correlate"),
                        Correlate.EVIDENCE,
                        Correlate.PUBLISHED,
                        Correlate.FORGOTTEN,
                        Correlate.ALERTS);

        publications
                .flatMapValues(Publication::steps, Named.as("steps"))
                .to(topics.timeline().name(), topics.timeline().produced());
        publications
                .flatMap((cluster, publication) -> publication.heads(), Named.as("incidents"))
                .to(topics.failovers().name(), topics.failovers().produced());

        publications
                .flatMapValues(Publication::alerts, Named.as("alerts"))
                .selectKey((cluster, alert) -> alert.fingerprint(), Named.as("alerts-by-fingerprint"))
                .to(
                        topics.alerts().name(),
                        topics.alerts().produced().withStreamPartitioner(FailoverTopology::ofCluster));

        publications
                .flatMapValues(Publication::states, Named.as("states"))
                .to(topics.clusters().name(), topics.clusters().produced());
        publications
                .flatMap((cluster, publication) -> keyed(publication.load()), Named.as("load"))
                .to(topics.load().name(), topics.load().produced());

        buryUnder("unreadable-logs", logs.flatMapValues(Understood::deadLetters, Named.as("unreadable-logs")));
        buryUnder("unreadable-load", load.flatMapValues(LoadRead::deadLetters, Named.as("unreadable-load")));
        buryUnder("too-late", publications.flatMapValues(Publication::deadLetters, Named.as("too-late")));
        return builder.build();
    }

    /** All alerts of a cluster are in one partition, so that they come in order and whoever delivers them knows the others. */
    private static Optional<Set<Integer>> ofCluster(
            String topic, String fingerprint, AlertRecord alert, int partitions) {
        return Optional.of(Set.of(Math.floorMod(alert.cluster().hashCode(), partitions)));
    }

    private static List<KeyValue<String, ObjectNode>> keyed(List<LoadSecond> load) {
        return load.stream()
                .map(second -> KeyValue.pair(second.key(), second.json()))
                .toList();
    }

    private <K> void buryUnder(String name, KStream<K, DeadLetter> deadLetters) {
        deadLetters
                .selectKey((key, letter) -> letter.origin(), Named.as(name + "-by-origin"))
                .to(topics.deadLetters().name(), topics.deadLetters().produced(name));
    }
}
