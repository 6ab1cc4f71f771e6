package io.failovertimeline.stream;

import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.Telling;
import io.failovertimeline.decode.state.StateFact;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a record proves about its cluster, one piece for each of its significant log records, or rows of a state
 * dump. Nothing waits for the lines that
 * may still belong to one: when they come, the fuller piece takes the place of the one before. What such a line needs to find its
 * beginning after a restart is stored, of significant records only.
 */
final class RecognizeLines extends ContextualFixedKeyProcessor<byte[], LogReading, Piece> {

    /** By partition and stream, the significant records that lines may still belong to. */
    static final String OPEN_RECORDS = "open-records";

    /** A partition has lines of many hosts. */
    private static final int MOST_OPEN = 8 * Joiner.USUAL_OPEN;

    private static final char SEPARATOR = '\0';

    private final Stages.Recognition recognizer;
    private final ClusterNames clusters;
    private final Map<String, Joiner> joiners = new HashMap<>();
    private final Set<String> stored = new HashSet<>();
    private @Nullable KeyValueStore<String, Telling> openRecords;

    RecognizeLines(Stages.Recognition recognizer, ClusterNames clusters) {
        this.recognizer = recognizer;
        this.clusters = clusters;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], Piece> context) {
        super.init(context);
        openRecords = context.getStateStore(OPEN_RECORDS);
        List<Telling> open = new ArrayList<>();
        try (KeyValueIterator<String, Telling> all = store().all()) {
            all.forEachRemaining(entry -> {
                stored.add(entry.key);
                open.add(entry.value);
            });
        }
        open.stream()
                .sorted(Comparator.comparing(telling -> telling.line().origin()))
                .forEach(telling -> joiner(partition(telling)).resume(telling));
    }

    @Override
    public void process(FixedKeyRecord<byte[], LogReading> record) {
        RecordMetadata at = DeadLetters.metadata(context());
        for (ClusterSettings settings : record.value().settings()) {
            forward(record, "settings " + settings, settings);
        }
        Origin place = Origin.record(at.topic(), at.partition(), at.offset());
        Joiner joiner = joiner(place.source());
        String source = RecordHints.source(record.headers());
        List<PhysicalLine> lines = record.value().lines();
        for (int part = 0; part < lines.size(); part++) {
            telling(joiner, source, lines.get(part), part).ifPresent(telling -> tell(record, telling));
        }
        List<StateFact> facts = record.value().facts();
        if (!facts.isEmpty()) {
            joiner.interrupt(source);
        }
        for (int index = 0; index < facts.size(); index++) {
            StateFact fact = facts.get(index);
            String cluster = clusters.of(RecordHints.cluster(record.headers()).or(fact::cluster), fact.about());
            forward(record, place + "#" + index, fact.event(cluster, place));
        }
    }

    private static Optional<Telling> telling(Joiner joiner, String source, PhysicalLine line, int part) {
        Optional<Telling> ofRow = joiner.row(source, line::text);
        if (ofRow.isPresent()) {
            return ofRow;
        }
        return line.decoded().isPresent()
                ? Optional.of(joiner.line(source, line.decoded().get(), part))
                : joiner.text(source, line.text());
    }

    private void tell(FixedKeyRecord<byte[], LogReading> record, Telling telling) {
        String cluster = clusters.of(
                RecordHints.cluster(record.headers()), telling.line().host());
        recognizer.recognize(telling.line(), cluster).ifPresent(evidence -> {
            // Where its first line stands: the same record told anew replaces itself.
            forward(record, telling.line().origin() + "#" + telling.part(), evidence);
            store().put(key(telling), telling);
            stored.add(key(telling));
        });
    }

    private void forward(FixedKeyRecord<byte[], LogReading> record, String id, Evidence evidence) {
        context().forward(record.withValue(new Piece(id, evidence)));
    }

    private KeyValueStore<String, Telling> store() {
        return Objects.requireNonNull(openRecords, "not initialized");
    }

    private Joiner joiner(String partition) {
        return joiners.computeIfAbsent(partition, unknown -> new Joiner(MOST_OPEN, this::forget));
    }

    private void forget(Telling telling) {
        if (stored.remove(key(telling))) {
            store().delete(key(telling));
        }
    }

    private static String partition(Telling telling) {
        return telling.line().origin().source();
    }

    private static String key(Telling telling) {
        return partition(telling) + SEPARATOR + telling.stream();
    }
}
