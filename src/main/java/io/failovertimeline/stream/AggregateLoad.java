package io.failovertimeline.stream;

import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * of its own, and {@link Correlate} adds both up.
 */
final class AggregateLoad implements Processor<byte[], LoadRead, String, Piece> {

    static final String BUCKETS = "load-buckets";

    private static final Duration FLUSH = Duration.ofMillis(100);
    private static final Duration IDLE = Duration.ofMinutes(2);

    /** The least recently touched first. */
    private final Map<LoadBucket.Key, OpenBucket> open = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<LoadBucket.Key, OpenBucket> grown = new LinkedHashMap<>();

    private ProcessorContext<String, Piece> context;
    private KeyValueStore<String, OpenBucket> store;

    /**
     * A bucket that may still grow.
     *
     * @param id where its first result stands: distinguishes it from an earlier bucket of the same second
     * @param timestamp event time of its latest record, in milliseconds
     * @param touched wall-clock time of the last addition, in milliseconds
     * @param bucket its sum
     */
    record OpenBucket(String id, long timestamp, long touched, LoadBucket bucket) {}

    @Override
    public void init(ProcessorContext<String, Piece> processorContext) {
        context = processorContext;
        store = context.getStateStore(BUCKETS);
        try (KeyValueIterator<String, OpenBucket> all = store.all()) {
            all.forEachRemaining(entry -> {
                open.put(entry.value.bucket().key(), entry.value);
                // It may have been stored and not yet sent on when the task stopped.
                grown.put(entry.value.bucket().key(), entry.value);
            });
        }
        context.schedule(FLUSH, PunctuationType.WALL_CLOCK_TIME, now -> {
            sendGrown();
            letGo(now - IDLE.toMillis());
        });
    }

    @Override
    public void process(Record<byte[], LoadRead> record) {
        LoadRead read = record.value();
        read.results().forEach(result -> add(read.cluster(), result, record.timestamp()));
    }

    private void add(String cluster, RequestResult result, long timestamp) {
        LoadBucket one = LoadBucket.of(cluster, result);
        long now = context.currentSystemTimeMs();
        OpenBucket before = open.get(one.key());
        OpenBucket after = before == null
                ? new OpenBucket(newId(), timestamp, now, one)
                : new OpenBucket(
                        before.id(),
                        Math.max(before.timestamp(), timestamp),
                        now,
                        before.bucket().plus(one));
        store.put(after.id(), after);
        open.put(one.key(), after);
        grown.put(one.key(), after);
    }

    private String newId() {
        RecordMetadata at = DeadLetters.metadata(context);
        return at.topic() + "-" + at.partition() + "@" + at.offset();
    }

    private void sendGrown() {
        grown.forEach((key, bucket) -> context.forward(
                new Record<>(key.cluster(), new Piece(bucket.id(), bucket.bucket()), bucket.timestamp())));
        grown.clear();
    }

    private void letGo(long idleSince) {
        Iterator<OpenBucket> eldest = open.values().iterator();
        while (eldest.hasNext()) {
            OpenBucket bucket = eldest.next();
            if (bucket.touched() >= idleSince) {
                return;
            }
            store.delete(bucket.id());
            eldest.remove();
        }
    }
}
