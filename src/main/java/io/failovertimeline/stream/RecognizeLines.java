package io.failovertimeline.stream;

import io.failovertimeline.decode.CutLines;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.Telling;
import io.failovertimeline.decode.state.StateFact;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.recognize.Recognition;
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
 * Keeps what a record proves about its cluster, one piece for each of its significant log records, or rows of a state dump, and counts
 * all lines. Nothing waits for the lines that may still belong to a record: when they come, the fuller piece takes the place of the one
 * before. Only the parts of a line wait for its end. What such a line or part needs to find its beginning after a restart is stored, of
 * significant records only.
 */
final class RecognizeLines extends ContextualFixedKeyProcessor<byte[], LogReading, Understood> {

    /** By partition and stream, the significant records that lines may still belong to. */
    static final String OPEN_RECORDS = "open-records";

    /** By partition and stream, the lines of which parts are still to come. */
    static final String CUT_LINES = "cut-lines";

    /** A partition has lines of many hosts. */
    private static final int MOST_OPEN = 8 * Joiner.USUAL_OPEN;

    private static final char SEPARATOR = '\0';

    private final Stages.LineRecognition recognizer;
    private final ClusterNames clusters;
    private final Map<String, Joiner> joiners = new HashMap<>();
    private final Set<String> stored = new HashSet<>();
    private final LineSensors sensors = new LineSensors();
    private @Nullable KeyValueStore<String, Telling> openRecords;
    private @Nullable StoredCutLines cutLines;

    RecognizeLines(Stages.LineRecognition recognizer, ClusterNames clusters) {
        this.recognizer = recognizer;
        this.clusters = clusters;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], Understood> context) {
        super.init(context);
        cutLines = new StoredCutLines(context.getStateStore(CUT_LINES));
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
        sensors.reached(context().metrics(), at, record.timestamp());
        LogReading reading = record.value();
        List<Piece> pieces = new ArrayList<>();
        List<DeadLetter> deadLetters = new ArrayList<>(reading.deadLetters());
        for (ClusterSettings settings : reading.settings()) {
            pieces.add(new Piece("settings " + settings, settings));
        }
        reading.others().forEach(other -> count(other, 1));
        Origin place = Origin.record(at.topic(), at.partition(), at.offset());
        Understood understood = new Understood(pieces, deadLetters);
        lines(record, joiner(place.source()), understood);
        Optional<String> cluster = RecordHints.cluster(record.headers());
        List<StateFact> facts = reading.facts();
        if (!facts.isEmpty()) {
            joiner(place.source()).interrupt(RecordHints.source(record.headers()));
        }
        for (int index = 0; index < facts.size(); index++) {
            StateFact fact = facts.get(index);
            String about = clusters.of(cluster.or(fact::cluster), fact.about());
            pieces.add(new Piece(place + "#" + index, fact.event(about, place)));
        }
        context().forward(record.withValue(understood));
    }

    private void lines(FixedKeyRecord<byte[], LogReading> record, Joiner joiner, Understood understood) {
        LogReading reading = record.value();
        String source = RecordHints.source(record.headers());
        Optional<String> cluster = RecordHints.cluster(record.headers());
        for (int part = 0; part < reading.lines().size(); part++) {
            PhysicalLine line = reading.lines().get(part);
            try {
                Optional<Telling> ofRow = joiner.row(source, line::text);
                if (ofRow.isPresent() || line.decoded().isEmpty()) {
                    LineClass alone = line.isNoise() ? LineClass.KNOWN_NOISE : LineClass.UNKNOWN;
                    ofRow.or(() -> joiner.text(source, line.text()))
                            .ifPresentOrElse(
                                    telling -> tell(telling, 1, cluster, understood.pieces()), () -> count(alone, 1));
                    continue;
                }
                Decoded.Line decoded = line.decoded().get();
                for (CutLines.Whole whole : cutLines().line(source, decoded, reading.hints(), part)) {
                    Optional<Telling> telling = whole.line().map(its -> joiner.line(source, its, whole.part()));
                    telling.ifPresentOrElse(
                            its -> tell(its, whole.lines(), cluster, understood.pieces()),
                            () -> count(LineClass.KNOWN_NOISE, whole.lines()));
                }
                if (decoded.isPartial()) {
                    joiner.pass(source);
                }
            } catch (RuntimeException ours) {
                // As in decoding: a pattern that fails on one line must not stop the cluster's others.
                understood.deadLetters().add(DeadLetters.of(context(), reading.value(), "INTERNAL", ours.toString()));
                count(LineClass.REJECTED, 1);
            }
        }
    }

    private void count(LineClass what, long lines) {
        sensors.count(context().metrics(), DeadLetters.metadata(context()).topic(), what, lines);
    }

    private StoredCutLines cutLines() {
        return Objects.requireNonNull(cutLines, "not initialized");
    }

    private void tell(Telling telling, long lines, Optional<String> header, List<Piece> pieces) {
        LogLine line = telling.line();
        Recognition recognition = recognizer.recognize(line, clusters.of(header, line.host()));
        recognition.proof().ifPresent(evidence -> {
            // Where its first line stands: the same record told anew replaces itself.
            pieces.add(new Piece(line.origin() + "#" + telling.part(), evidence));
            store().put(key(telling), telling);
            stored.add(key(telling));
        });
        count(recognition.lineClass(line.component()), lines);
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
