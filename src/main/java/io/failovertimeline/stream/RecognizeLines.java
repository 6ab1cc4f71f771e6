package io.failovertimeline.stream;

import io.failovertimeline.decode.CutLines;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.Telling;
import io.failovertimeline.decode.state.StateFact;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LogLine;
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

    private final Stages.LogDecoding decoder;
    private final Stages.LineRecognition recognizer;
    private final ClusterNames clusters;
    private final Map<String, Partition> partitions = new HashMap<>();
    private final OpenRuns runs = new OpenRuns();
    private final LineSensors sensors = new LineSensors();
    private @Nullable KeyValueStore<String, Telling> openRecords;
    private @Nullable StoredCutLines cutLines;

    /**
     * What is known of the lines above in one partition.
     *
     * @param stored whose open records are in the store
     */
    private record Partition(Joiner joiner, UnrelatedLines unrelated, Set<Telling.Stream> stored) {}

    RecognizeLines(Stages stages, ClusterNames clusters) {
        this.decoder = stages.decodeLog();
        this.recognizer = stages.recognize();
        this.clusters = clusters;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], Understood> context) {
        super.init(context);
        cutLines = new StoredCutLines(context.getStateStore(CUT_LINES));
        openRecords = context.getStateStore(OPEN_RECORDS);
        List<Telling> open = new ArrayList<>();
        try (KeyValueIterator<String, Telling> all = store().all()) {
            all.forEachRemaining(entry -> open.add(entry.value));
        }
        open.stream()
                .sorted(Comparator.comparing(telling -> telling.line().origin()))
                .forEach(telling -> {
                    Partition its = partition(partition(telling));
                    its.stored().add(telling.stream());
                    its.joiner().resume(telling);
                    its.unrelated().heard(telling);
                });
    }

    @Override
    public void process(FixedKeyRecord<byte[], LogReading> record) {
        sensors.reached(context().metrics(), DeadLetters.metadata(context()), record.timestamp());
        LogReading reading = record.value();
        List<Piece> pieces = new ArrayList<>(1);
        Understood understood = new Understood(pieces, new ArrayList<>(reading.deadLetters()));
        for (ClusterSettings settings : reading.settings()) {
            pieces.add(new Piece("settings " + settings, settings));
        }
        reading.others().forEach(other -> count(other, 1));
        Partition partition = partition(reading.origin().source());
        for (int part = 0; part < reading.lines().size(); part++) {
            line(part, reading, partition, understood);
        }
        List<StateFact> facts = reading.facts();
        if (!facts.isEmpty()) {
            partition.joiner().interrupt(reading.source());
        }
        for (int index = 0; index < facts.size(); index++) {
            StateFact fact = facts.get(index);
            String about = clusters.of(reading.cluster().or(fact::cluster), fact.about());
            pieces.add(new Piece(reading.origin() + "#" + index, fact.event(about, reading.origin())));
        }
        if (!understood.isNothing()) {
            context().forward(record.withValue(understood));
        }
    }

    private void line(int part, LogReading reading, Partition partition, Understood understood) {
        PhysicalLine line = reading.lines().get(part);
        String source = reading.source();
        try {
            if (isUnrelated(line, reading, partition)) {
                // What is below does not belong to a record above it.
                partition.joiner().pass(source);
                count(LineClass.UNRELATED, 1);
                return;
            }
            Optional<Telling> ofRow = partition.joiner().row(source, line::text);
            if (ofRow.isPresent()) {
                tell(ofRow.get(), 1, reading.cluster(), understood.pieces());
                return;
            }
            line.decoded(decoder)
                    .match(
                            decoded -> {
                                decoded(part, decoded, reading, partition, understood);
                                return true;
                            },
                            unreadable -> {
                                understood
                                        .deadLetters()
                                        .add(DeadLetters.of(
                                                context(),
                                                line.value(),
                                                unreadable.reason().name(),
                                                unreadable.excerpt()));
                                count(LineClass.REJECTED, 1);
                                return true;
                            },
                            nothing -> {
                                text(line, nothing, reading, partition, understood);
                                return true;
                            });
        } catch (RuntimeException ours) {
            // A mistake of ours, such as a pattern that fails on one line, must not stop the cluster's others.
            understood.deadLetters().add(DeadLetters.of(context(), line.value(), "INTERNAL", ours.toString()));
            count(LineClass.REJECTED, 1);
        }
    }

    /** Not where it might be the rest of a record or line whose end is still to come. */
    private boolean isUnrelated(PhysicalLine line, LogReading reading, Partition partition) {
        return !partition.joiner().expectsMore()
                && !cutLines().expectMore(reading.origin().source())
                && partition.unrelated().take(reading.source(), line);
    }

    private void decoded(
            int part, Decoded.Line decoded, LogReading reading, Partition partition, Understood understood) {
        String source = reading.source();
        partition.unrelated().forgetLast(source);
        partition.unrelated().heard(decoded);
        Hints hints = reading.lines().get(part).hints();
        for (CutLines.Whole whole : cutLines().line(source, decoded, hints, part)) {
            whole.line()
                    .map(its -> partition.joiner().line(source, its, whole.part()))
                    .ifPresentOrElse(
                            its -> tell(its, whole.lines(), reading.cluster(), understood.pieces()),
                            () -> count(LineClass.KNOWN_NOISE, whole.lines()));
        }
        if (decoded.isPartial()) {
            partition.joiner().pass(source);
        }
    }

    private void text(
            PhysicalLine line,
            Decoded.Nothing nothing,
            LogReading reading,
            Partition partition,
            Understood understood) {
        String source = reading.source();
        partition.unrelated().giveLast(source).ifPresent(above -> above.decoded(decoder)
                .match(
                        decoded -> Optional.of(partition.joiner().line(source, decoded, 0)),
                        unreadable -> Optional.<Telling>empty(),
                        other -> Optional.<Telling>empty()));
        LineClass alone = nothing.isNoise() ? LineClass.KNOWN_NOISE : LineClass.UNKNOWN;
        partition
                .joiner()
                .text(source, line.text())
                .ifPresentOrElse(
                        telling -> tell(telling, 1, reading.cluster(), understood.pieces()), () -> count(alone, 1));
    }

    private void count(LineClass what, long lines) {
        sensors.count(context().metrics(), DeadLetters.metadata(context()).topic(), what, lines);
    }

    private StoredCutLines cutLines() {
        return Objects.requireNonNull(cutLines, "not initialized");
    }

    private void tell(Telling telling, long lines, Optional<String> header, List<Piece> pieces) {
        LogLine line = telling.line();
        String cluster = clusters.of(header, line.host());
        Optional<Piece> ofRun = telling.isWhole() ? runs.goOn(line, cluster) : Optional.empty();
        if (ofRun.isPresent()) {
            pieces.add(ofRun.get());
            count(LineClass.RECOGNIZED, lines);
            return;
        }
        Recognition recognition = recognizer.recognize(line, cluster);
        recognition.proof().ifPresent(evidence -> {
            // Where its first line stands: the same record told anew replaces itself.
            Piece piece = new Piece(line.origin() + "#" + telling.part(), evidence);
            pieces.add(piece);
            if (telling.isWhole()) {
                runs.begin(line, cluster, piece);
            } else {
                store().put(key(telling), telling);
                partition(partition(telling)).stored().add(telling.stream());
            }
        });
        count(recognition.lineClass(line.component()), lines);
    }

    private KeyValueStore<String, Telling> store() {
        return Objects.requireNonNull(openRecords, "not initialized");
    }

    private Partition partition(String name) {
        return partitions.computeIfAbsent(
                name,
                unknown -> new Partition(
                        new Joiner(MOST_OPEN, this::forget), new UnrelatedLines(MOST_OPEN), new HashSet<>()));
    }

    private void forget(Telling telling) {
        Set<Telling.Stream> stored = partition(partition(telling)).stored();
        if (!stored.isEmpty() && stored.remove(telling.stream())) {
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
