package io.failovertimeline.stream;

import io.failovertimeline.decode.CutLines;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.Telling;
import io.failovertimeline.decode.state.StateFact;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.recognize.Recognition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a record proves about its cluster, one piece for each of its significant log records, or rows of a state dump, and counts
 * all lines. Nothing waits for the lines that may still belong to a record: when they come, the fuller piece takes the place of the one
 * before. Only the parts of a line wait for its end. What such a line or part needs to find its beginning after a restart is stored, of
 * significant records only. Of a run of heartbeats it is told once a second at most that it goes on, see {@link HeldRuns}.
 */
final class RecognizeLines extends ContextualProcessor<byte[], LogReading, byte[], Understood> {

    /** By partition and stream, the significant records that lines may still belong to. */
    static final String OPEN_RECORDS = "open-records";

    /** By partition and stream, the lines of which parts are still to come. */
    static final String CUT_LINES = "cut-lines";

    /** Runs of heartbeats that were not told yet. */
    static final String HELD_RUNS = "held-runs";

    static final String AT_COMMIT = "lines-at-commit";

    /** A partition has lines of many hosts. */
    private static final int MOST_OPEN = 8 * Joiner.USUAL_OPEN;

    private static final char SEPARATOR = '\0';

    private final Stages.LogDecoding decoder;
    private final Stages.RequestReading requests;
    private final Stages.LineRecognition recognizer;
    private final ClusterNames clusters;
    private final PromptCommit commit;
    private final Map<String, Partition> partitions = new HashMap<>();
    private final OpenRuns runs = new OpenRuns();
    private final LineSensors sensors = new LineSensors();
    private @Nullable KeyValueStore<String, OpenRecord> openRecords;
    private @Nullable StoredCutLines cutLines;
    private @Nullable HeldRuns held;

    /** The one that the line just told of goes on with, or begins. */
    private Optional<OpenRuns.Run> toldRun = Optional.empty();

    /** The line just told of, if it proves nothing. */
    private Optional<Idle> toldIdle = Optional.empty();

    private record Idle(LogLine line, LineClass what) {}

    /**
     * What is known of the lines above in one partition.
     *
     * @param significant open records that prove something
     * @param stored those of them that are in the store, as they are there
     */
    private record Partition(
            Joiner joiner,
            KnownLines skimmed,
            Map<Telling.Stream, Telling> significant,
            Map<Telling.Stream, OpenRecord> stored) {}

    RecognizeLines(Stages stages, StreamSettings settings) {
        this.decoder = stages.decodeLog();
        this.requests = stages.loggedRequests().get();
        this.recognizer = stages.recognize();
        this.clusters = settings.clusters();
        this.commit = new PromptCommit(settings);
    }

    @Override
    public void init(ProcessorContext<byte[], Understood> context) {
        super.init(context);
        // After an aborted transaction the task goes on from its stores, with the same processor.
        partitions.clear();
        runs.clear();
        held = new HeldRuns(context.getStateStore(HELD_RUNS));
        AtCommit atCommit = context.getStateStore(AT_COMMIT);
        atCommit.write(held()::store);
        atCommit.write(this::storeOpenRecords);
        atCommit.write(() -> sensors.record(context.metrics()));
        context.schedule(Duration.ofMillis(HeldRuns.PACE_MILLIS), PunctuationType.WALL_CLOCK_TIME, this::tellHeld);
        cutLines = new StoredCutLines(context.getStateStore(CUT_LINES));
        openRecords = context.getStateStore(OPEN_RECORDS);
        List<OpenRecord> open = new ArrayList<>();
        try (KeyValueIterator<String, OpenRecord> all = store().all()) {
            all.forEachRemaining(entry -> open.add(entry.value));
        }
        open.stream()
                .sorted(Comparator.comparing(record -> record.telling().line().origin()))
                .forEach(record -> {
                    Telling telling = record.telling();
                    Partition its = partition(partition(telling));
                    its.significant().put(telling.stream(), telling);
                    its.stored().put(telling.stream(), record);
                    its.joiner().resume(telling, record.standing());
                    its.skimmed().heard(telling);
                });
    }

    private void storeOpenRecords() {
        partitions.forEach((name, partition) -> {
            Map<Telling.Stream, OpenRecord> stored = partition.stored();
            partition.significant().forEach((stream, telling) -> {
                OpenRecord record = new OpenRecord(telling, partition.joiner().standing(stream));
                if (!record.equals(stored.put(stream, record))) {
                    store().put(key(name, stream), record);
                }
            });
            stored.keySet().removeIf(stream -> {
                boolean isClosed = !partition.significant().containsKey(stream);
                if (isClosed) {
                    store().delete(key(name, stream));
                }
                return isClosed;
            });
        });
    }

    @Override
    public void process(Record<byte[], LogReading> record) {
        sensors.reached(DeadLetters.metadata(context()), record.timestamp());
        LogReading reading = record.value();
        List<Piece> pieces = new ArrayList<>(1);
        Understood understood = new Understood(pieces, new ArrayList<>(0), new ArrayList<>(reading.deadLetters()));
        for (ClusterSettings settings : reading.settings()) {
            tell(new Piece("settings " + settings, settings), pieces);
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
            tell(new Piece(reading.origin() + "#" + index, fact.event(about, reading.origin())), pieces);
        }
        if (!understood.isNothing()) {
            context().forward(record.withValue(understood));
            if (pieces.stream().anyMatch(Piece::isNews)) {
                commit.told(record.timestamp(), context());
            }
        }
    }

    private void tellHeld(long now) {
        for (Piece piece : held().give(now)) {
            long timestamp =
                    piece.evidence() instanceof ClusterEvent event ? event.at().toEpochMilli() : 0;
            context()
                    .forward(new Record<>(
                            new byte[0], new Understood(List.of(piece), List.of(), List.of()), Math.max(0, timestamp)));
        }
    }

    private void line(int part, LogReading reading, Partition partition, Understood understood) {
        PhysicalLine line = reading.lines().get(part);
        String source = reading.source();
        try {
            if (isKnown(line, reading, partition, understood)) {
                return;
            }
            toldRun = Optional.empty();
            toldIdle = Optional.empty();
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
            toldRun.ifPresent(run -> partition.skimmed().remember(reading, line, run));
            toldIdle.filter(idle -> recognizer.isDigitBlind(idle.line()))
                    .ifPresent(idle -> partition.skimmed().rememberIdle(idle.what()));
        } catch (RuntimeException ours) {
            // A mistake of ours, such as a pattern that fails on one line, must not stop the cluster's others.
            understood.deadLetters().add(DeadLetters.of(context(), line.value(), "INTERNAL", ours.toString()));
            count(LineClass.REJECTED, 1);
        }
    }

    /** Whether its bytes say all that it means. Not where it might be the rest of a record or line whose end is still to come. */
    private boolean isKnown(PhysicalLine line, LogReading reading, Partition partition, Understood understood) {
        KnownLines skimmed = partition.skimmed();
        if (partition.joiner().expectsMore()
                || cutLines().expectMore(reading.origin().source())) {
            skimmed.skip();
            return false;
        }
        skimmed.read(line);
        Optional<LineClass> idle = skimmed.provesNothing(reading.source(), line);
        if (idle.isPresent()) {
            // What is below does not belong to a record above it.
            partition.joiner().pass(reading.source());
            count(idle.get(), 1);
            return true;
        }
        Optional<OpenRuns.Run> run = skimmed.goesOn(reading, line);
        run.ifPresent(known -> {
            skimmed.forgetLast(reading.source());
            partition.joiner().passWhole(known.stream());
            tell(known, understood.pieces());
            count(LineClass.RECOGNIZED, 1);
        });
        return run.isPresent();
    }

    private void decoded(
            int part, Decoded.Line decoded, LogReading reading, Partition partition, Understood understood) {
        String source = reading.source();
        partition.skimmed().forgetLast(source);
        partition.skimmed().heard(decoded);
        Hints hints = reading.lines().get(part).hints();
        if (isRequest(decoded.line(), hints, reading, understood)) {
            partition.joiner().pass(source);
            return;
        }
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

    private boolean isRequest(LogLine line, Hints hints, LogReading reading, Understood understood) {
        Optional<List<RequestResult>> told = requests.read(line, hints.zoneOf(line.host()));
        told.ifPresent(results -> {
            understood.requests().add(new LoadRead(clusters.of(reading.cluster(), line.host()), results, List.of()));
            count(LineClass.RECOGNIZED, 1);
        });
        return told.isPresent();
    }

    private void text(
            PhysicalLine line,
            Decoded.Nothing nothing,
            LogReading reading,
            Partition partition,
            Understood understood) {
        String source = reading.source();
        partition.skimmed().giveLast(source).ifPresent(above -> above.decoded(decoder)
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
        sensors.count(DeadLetters.metadata(context()).topic(), what, lines);
    }

    private StoredCutLines cutLines() {
        return Objects.requireNonNull(cutLines, "not initialized");
    }

    private void tell(Telling telling, long lines, Optional<String> header, List<Piece> pieces) {
        LogLine line = telling.line();
        String cluster = clusters.of(header, line.host());
        toldRun = telling.isWhole() ? runs.goOn(telling, cluster) : Optional.empty();
        if (toldRun.isPresent()) {
            tell(toldRun.get(), pieces);
            count(LineClass.RECOGNIZED, lines);
            return;
        }
        Recognition recognition = recognizer.recognize(line, cluster);
        recognition.proof().ifPresent(evidence -> {
            // Where its first line stands: the same record told anew replaces itself.
            Piece piece = new Piece(line.origin() + "#" + telling.part(), evidence);
            tell(piece, pieces);
            if (telling.isWhole()) {
                toldRun = runs.begin(telling, cluster, piece);
            } else {
                partition(partition(telling)).significant().put(telling.stream(), telling);
            }
        });
        LineClass what = recognition.lineClass(line.component());
        toldIdle = recognition.proof().isEmpty() ? Optional.of(new Idle(line, what)) : Optional.empty();
        count(what, lines);
    }

    /** What else is said of a cluster may only be understood with the heartbeats before it. */
    private void tell(Piece piece, List<Piece> pieces) {
        pieces.addAll(held().give(piece.evidence().cluster(), context().currentSystemTimeMs()));
        pieces.add(piece);
    }

    private void tell(OpenRuns.Run run, List<Piece> pieces) {
        long now = context().currentSystemTimeMs();
        run.newPace().ifPresent(pieces::add);
        if (!held().hold(run, now)) {
            pieces.add(run.told(now));
        }
    }

    private HeldRuns held() {
        return Objects.requireNonNull(held, "not initialized");
    }

    private KeyValueStore<String, OpenRecord> store() {
        return Objects.requireNonNull(openRecords, "not initialized");
    }

    private Partition partition(String name) {
        return partitions.computeIfAbsent(
                name,
                unknown -> new Partition(
                        new Joiner(MOST_OPEN, this::forget),
                        new KnownLines(MOST_OPEN),
                        new HashMap<>(),
                        new HashMap<>()));
    }

    private void forget(Telling telling) {
        Map<Telling.Stream, Telling> significant = partition(partition(telling)).significant();
        if (!significant.isEmpty()) {
            significant.remove(telling.stream());
        }
    }

    private static String partition(Telling telling) {
        return telling.line().origin().source();
    }

    private static String key(String partition, Telling.Stream stream) {
        return partition + SEPARATOR + stream;
    }
}
