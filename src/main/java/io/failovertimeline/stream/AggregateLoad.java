package io.failovertimeline.stream;

import io.failovertimeline.model.LatencySketch;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.LoadSum;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds up the requests of one source partition by cluster, generator, endpoint and second, and sends on what grew. A bucket
 * that nothing was added to for a while is let go; a result that still comes for its second begins another bucket with an id
 * of its own, and {@link Correlate} adds both up. What was added since the last commit is stored at the next. What is not of this moment, but
 * of a backlog or an archive, is sent on less often, when most of its second is there.
 */
final class AggregateLoad implements Processor<byte[], LoadRead, String, Piece> {

    static final String BUCKETS = "load-buckets";

    static final String AT_COMMIT = "load-at-commit";

    private static final Duration FLUSH = Duration.ofMillis(100);
    private static final Duration FLUSH_OF_BACKLOG = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(2);

    /** A backlog of hours is read within minutes. */
    static final int MOST_OPEN = 1 << 17;

    private final int mostOpen;

    /** The least recently touched first. */
    private final Map<Second, Growing> open = new LinkedHashMap<>(16, 0.75f, true);

    /** Where the record stands with which a bucket began last, and how many more began with it. */
    private String latestRecord = "";

    private int moreOfRecord;

    /** Event time of the latest record, and wall-clock time when something was sent on last, in milliseconds. */
    private long latest = Long.MIN_VALUE;

    private long sentAt = Long.MIN_VALUE;
    private final List<Growing> unsent = new ArrayList<>();
    private final List<Growing> unstored = new ArrayList<>();

    private ProcessorContext<String, Piece> context;
    private KeyValueStore<String, OpenBucket> store;

    /** Has so many sums open at most, but for those that were not sent on yet. */
    AggregateLoad(int mostOpen) {
        this.mostOpen = mostOpen;
    }

    /** As {@link LoadBucket.Key}, made for each request. */
    private record Second(String cluster, String generator, String endpoint, long second) {
        static Second of(LoadBucket bucket) {
            return new Second(
                    bucket.cluster(),
                    bucket.generator(),
                    bucket.endpoint(),
                    bucket.second().getEpochSecond());
        }

        /** In the order in which two most likely differ. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Second its
                    && second == its.second
                    && cluster.equals(its.cluster)
                    && endpoint.equals(its.endpoint)
                    && generator.equals(its.generator);
        }

        /** Neighbouring seconds of neighbouring clusters don't meet in one place. */
        @Override
        public int hashCode() {
            int mixed = (31 * (31 * cluster.hashCode() + endpoint.hashCode()) + generator.hashCode()) * 0x9E3779B9
                    + Long.hashCode(second) * 0x85EBCA6B;
            return mixed ^ mixed >>> 15;
        }
    }

    /**
     * A bucket that may still grow, as it is stored.
     *
     * @param id where its first result stands: distinguishes it from an earlier bucket of the same second
     * @param timestamp event time of its latest record, in milliseconds
     * @param touched wall-clock time of the last addition, in milliseconds
     * @param bucket its sum
     */
    record OpenBucket(String id, long timestamp, long touched, LoadBucket bucket) {}

    /** What was added since it was summed up last. */
    private record Since(LoadSum sum, LatencySketch served) {
        void add(RequestResult result) {
            sum.add(result);
            if (!result.failed() && result.timed()) {
                served.add(result.latencyNanos(), result.count());
            }
        }

        LoadBucket bucket(Second its) {
            sum.keep(served);
            return sum.bucket(its.cluster(), its.generator(), its.endpoint(), its.second());
        }
    }

    /** The same while it grows. */
    private static final class Growing {
        private final Second second;
        private final String id;
        private long timestamp = Long.MIN_VALUE;
        private long touched;
        private Optional<LoadBucket> summed;
        private Optional<Since> since = Optional.empty();
        private boolean isUnsent;
        private boolean isUnstored;

        Growing(Second second, String id) {
            this.second = second;
            this.id = id;
            summed = Optional.empty();
        }

        Growing(OpenBucket stored) {
            this(Second.of(stored.bucket()), stored.id());
            timestamp = stored.timestamp();
            touched = stored.touched();
            summed = Optional.of(stored.bucket());
        }

        void add(RequestResult result, long itsTimestamp, long now) {
            if (since.isEmpty()) {
                since = Optional.of(new Since(new LoadSum(), new LatencySketch()));
            }
            since.get().add(result);
            timestamp = Math.max(timestamp, itsTimestamp);
            touched = now;
        }

        OpenBucket bucket() {
            since.ifPresent(added -> {
                LoadBucket more = added.bucket(second);
                summed = Optional.of(summed.map(before -> before.plus(more)).orElse(more));
                since = Optional.empty();
            });
            return new OpenBucket(id, timestamp, touched, summed.orElseThrow());
        }
    }

    @Override
    public void init(ProcessorContext<String, Piece> processorContext) {
        context = processorContext;
        store = context.getStateStore(BUCKETS);
        // After an aborted transaction the task goes on from its stores, with the same processor.
        open.clear();
        unsent.clear();
        unstored.clear();
        try (KeyValueIterator<String, OpenBucket> all = store.all()) {
            all.forEachRemaining(entry -> {
                Growing growing = new Growing(entry.value);
                open.put(growing.second, growing);
                // It may have been stored and not yet sent on when the task stopped.
                growing.isUnsent = true;
                unsent.add(growing);
            });
        }
        AtCommit atCommit = context.getStateStore(AT_COMMIT);
        atCommit.write(this::store);
        context.schedule(FLUSH, PunctuationType.WALL_CLOCK_TIME, now -> {
            boolean isOfThisMoment = latest >= now - PromptCommit.THIS_MOMENT.toMillis();
            if (isOfThisMoment || now - FLUSH_OF_BACKLOG.toMillis() >= sentAt) {
                send();
                sentAt = now;
                // Only what was sent on may be let go: it is in the store no longer.
                letGo(now - IDLE.toMillis());
            }
        });
    }

    @Override
    public void process(Record<byte[], LoadRead> record) {
        LoadRead read = record.value();
        latest = Math.max(latest, record.timestamp());
        read.results().forEach(result -> add(read.cluster(), result, record.timestamp()));
    }

    private void add(String cluster, RequestResult result, long timestamp) {
        Second second = new Second(cluster, result.generator(), result.endpoint(), result.startSecond());
        Growing growing = open.computeIfAbsent(second, first -> new Growing(first, newId()));
        growing.add(result, timestamp, context.currentSystemTimeMs());
        if (!growing.isUnsent) {
            growing.isUnsent = true;
            unsent.add(growing);
        }
        if (!growing.isUnstored) {
            growing.isUnstored = true;
            unstored.add(growing);
        }
    }

    private String newId() {
        RecordMetadata at = DeadLetters.metadata(context);
        String itsRecord = at.topic() + "-" + at.partition() + "@" + at.offset();
        moreOfRecord = itsRecord.equals(latestRecord) ? moreOfRecord + 1 : 0;
        latestRecord = itsRecord;
        return moreOfRecord == 0 ? itsRecord : itsRecord + "#" + moreOfRecord;
    }

    private void send() {
        unsent.forEach(growing -> {
            growing.isUnsent = false;
            OpenBucket its = growing.bucket();
            context.forward(new Record<>(growing.second.cluster(), new Piece(its.id(), its.bucket()), its.timestamp()));
        });
        unsent.clear();
    }

    private void store() {
        unstored.stream().filter(growing -> growing.isUnstored).forEach(growing -> {
            growing.isUnstored = false;
            store.put(growing.id, growing.bucket());
        });
        unstored.clear();
    }

    private void letGo(long idleSince) {
        Iterator<Growing> eldest = open.values().iterator();
        while (eldest.hasNext()) {
            Growing growing = eldest.next();
            if (growing.touched >= idleSince && open.size() <= mostOpen) {
                return;
            }
            store.delete(growing.id);
            growing.isUnstored = false;
            eldest.remove();
        }
    }
}
