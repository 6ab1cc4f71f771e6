package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.alert.AlertKind;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.publish.LoadSecond;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Remembers each cluster's evidence, asks the correlator what it tells, and publishes what is new in the answer. Keys of the
 * stores are the cluster, a zero character, and the id of the piece or the incident.
 */
final class Correlate implements Processor<String, Piece, String, Publication> {

    /** Every piece of evidence. */
    static final String EVIDENCE = "evidence";

    /** Every incident as last published. */
    static final String PUBLISHED = "published";

    /** By cluster, the instant before which evidence was dropped. */
    static final String FORGOTTEN = "forgotten";

    /** Every alert as last told. */
    static final String ALERTS = "alerts";

    private static final Duration WATCH_PACE = Duration.ofSeconds(1);

    private static final Duration LOOK_FOR_AWAITED = Duration.ofSeconds(1);
    private static final char SEPARATOR = '\0';

    private final Function<Collection<Evidence>, Findings> correlator;
    private final Function<Incident, ObjectNode> incidentJson;
    private final int mostEvidence;
    private final int mostBytes;
    private final AlertRules rules;
    private final PromptCommit commit;
    private final ThreadLocal<Turns.OfThread> ofThread;

    private final JsonSerde<ObjectNode> asWritten = new JsonSerde<>(ObjectNode.class);
    private final JsonSerde<JsonNode> parts = new JsonSerde<>(JsonNode.class);
    private final Map<String, ClusterCase> cases = new HashMap<>();
    private final Round roundOfWatchers = new Round();
    private final Round roundOfAwaited = new Round();
    private Turns turns = new Turns(new Turns.OfThread());

    private ProcessorContext<String, Publication> context;
    private KeyValueStore<String, Piece> evidence;
    private KeyValueStore<String, Published> published;
    private KeyValueStore<String, String> forgotten;
    private KeyValueStore<String, AlertRecord> alerts;

    /**
     * Tells what {@code stages} make of the evidence.
     *
     * @param ofThread what the tasks of each thread share
     */
    Correlate(Stages stages, StreamSettings settings, ThreadLocal<Turns.OfThread> ofThread) {
        this.ofThread = ofThread;
        this.commit = new PromptCommit(settings);
        this.correlator = stages.correlate();
        this.incidentJson = stages.incidentJson();
        this.mostEvidence = settings.mostEvidence();
        this.mostBytes = settings.mostIncidentBytes();
        this.rules = settings.alerts();
    }

    @Override
    public void init(ProcessorContext<String, Publication> processorContext) {
        context = processorContext;
        evidence = context.getStateStore(EVIDENCE);
        published = context.getStateStore(PUBLISHED);
        forgotten = context.getStateStore(FORGOTTEN);
        alerts = context.getStateStore(ALERTS);
        // After an aborted transaction the task goes on from its stores, with the same processor: nothing it remembers
        // was told.
        cases.clear();
        turns.end();
        turns = new Turns(ofThread.get());
        roundOfWatchers.begin();
        roundOfAwaited.begin();
        // Evidence may have been stored and not yet correlated when the task stopped: what is loaded counts as new.
        long now = context.currentSystemTimeMs();
        load(evidence, (key, piece) -> caseOf(cluster(key)).put(piece, now));
        load(published, (key, incident) -> caseOf(cluster(key)).published.put(id(key), incident));
        load(forgotten, (cluster, before) -> caseOf(cluster).forgottenBefore(Instant.parse(before)));
        load(alerts, (key, alert) -> caseOf(cluster(key)).alerts.told.put(id(key), alert));
        cases.values().forEach(Correlate::findLoadNearIncidents);
        context.schedule(WATCH_PACE, PunctuationType.WALL_CLOCK_TIME, at -> tellWatchers());
        cases.keySet().forEach(turns::grew);
        context.schedule(Turns.PROMPT, PunctuationType.WALL_CLOCK_TIME, at -> publishNext());
        context.schedule(LOOK_FOR_AWAITED, PunctuationType.WALL_CLOCK_TIME, this::tellAwaited);
    }

    @Override
    public void close() {
        turns.end();
    }

    @Override
    public void process(Record<String, Piece> record) {
        ClusterCase theCase = caseOf(record.key());
        if (theCase.isTooLate(record.value())) {
            refuse(record, theCase);
            return;
        }
        long now = context.currentSystemTimeMs();
        ClusterCase.Change change = theCase.put(record.value(), now);
        theCase.latest().ifPresent(latest -> theCase.backlog.reached(latest.toEpochMilli(), now));
        switch (change) {
            case NONE -> {
                return;
            }
            case GOES_ON -> {
                if (theCase.isUneasy()) {
                    turns.grew(record.key());
                } else {
                    turns.wentOn(record.key());
                }
            }
            case NEW -> turns.grew(record.key());
        }
        if (record.value().evidence() instanceof LoadBucket bucket) {
            theCase.load.grew(bucket.second());
        }
        forgetOldest(record.key(), theCase);
        if (!turns.isNothingNew()) {
            publishNext();
        }
        // Only now, so that what it tells does not wait until it is in the changelog.
        if (theCase.keeps(record.value())) {
            evidence.put(key(record.key(), record.value().id()), record.value());
        }
    }

    private void publishNext() {
        turns.take(context.currentSystemTimeMs(), this::caseOf, this::publish);
    }

    private void tellAwaited(long wallClock) {
        roundOfAwaited.go(cases.keySet(), cluster -> {
            ClusterCase theCase = caseOf(cluster);
            if (theCase.now(wallClock).filter(theCase.overdueFrom()::isBefore).isPresent()) {
                tellAwaited(cluster, theCase, wallClock);
            }
        });
    }

    private void publish(String cluster, ClusterCase theCase) {
        turns.told(cluster);
        theCase.toldAt(context.currentSystemTimeMs());
        Map<String, ObjectNode> told = new TreeMap<>();
        Collection<Evidence> known = theCase.evidence();
        Findings findings = correlator.apply(known);
        for (Incident incident : findings.incidents()) {
            if (!theCase.isSealed(incident.startedAt())) {
                told.put(incident.id(), json(incident));
            }
        }
        told.forEach((id, incident) -> tell(cluster, theCase, id, incident));
        for (Map.Entry<String, Published> entry : List.copyOf(theCase.published.entrySet())) {
            Published before = entry.getValue();
            boolean sealed = theCase.isSealed(Instant.parse(TimelineChanges.startedAt(before.incident())));
            if (!before.withdrawn() && !told.containsKey(entry.getKey()) && !sealed) {
                withdraw(cluster, theCase, entry.getKey(), before);
            }
        }
        Duration patience = Awaited.patience(known);
        theCase.overdueFrom(theCase.published.values().stream()
                .filter(Published::waits)
                .map(incident -> overdueFrom(incident, patience))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX));
        theCase.alerts.learn(
                known,
                findings,
                Instant.ofEpochMilli(context.currentSystemTimeMs()),
                rules.of(cluster).silentAfter());
        tellAlerts(cluster, theCase);
    }

    private void tellWatchers() {
        roundOfWatchers.go(cases.keySet(), cluster -> tellWatchers(cluster, caseOf(cluster)));
    }

    private void tellWatchers(String cluster, ClusterCase theCase) {
        if (!theCase.backlog.isRead(context.currentSystemTimeMs())) {
            Instant wallClock = Instant.ofEpochMilli(context.currentSystemTimeMs());
            if (turns.isCalm(cluster) && theCase.alerts.seemsSilent(wallClock)) {
                // What was not told yet may be that nobody is.
                publish(cluster, theCase);
            }
            tellAlerts(cluster, theCase);
            theCase.alerts
                    .newState(cluster, rules, wallClock)
                    .ifPresent(state -> forward(cluster, new Publication.State(state), state.lastSeenAt()));
        }
        for (Instant second : theCase.load.news()) {
            theCase.loadOf(second)
                    .forEach(bucket -> forward(cluster, new Publication.Load(LoadSecond.of(bucket)), second));
        }
    }

    private void tellAlerts(String cluster, ClusterCase theCase) {
        Instant wallClock = Instant.ofEpochMilli(context.currentSystemTimeMs());
        List<AlertRecord> changes = theCase.alerts.changes(cluster, rules, wallClock, theCase::isSealed).stream()
                .filter(change -> !theCase.backlog.isRead(wallClock.toEpochMilli()) || !isSilence(change))
                .toList();
        if (!changes.isEmpty() && turns.isCalm(cluster)) {
            // What was not told yet may be that nothing is wrong.
            publish(cluster, theCase);
            return;
        }
        for (AlertRecord change : changes) {
            theCase.alerts.tell(change);
            alerts.put(key(cluster, change.fingerprint()), change);
            forward(
                    cluster,
                    new Publication.AlertChange(change),
                    change.endsAt().orElse(change.startsAt()));
        }
    }

    private static boolean isSilence(AlertRecord change) {
        return change.isFiring() && change.name().equals(AlertKind.SOURCE_SILENT.label());
    }

    private static Instant overdueFrom(Published incident, Duration patience) {
        return Instant.parse(TimelineChanges.latest(incident.incident())).plus(patience);
    }

    /**
     * Says once of each revision what it waits for, when nothing has come of it for as long as that may take. Where no evidence comes at
     * all, event time is taken to go on as the wall clock does. The incident itself stays what the evidence says.
     */
    private void tellAwaited(String cluster, ClusterCase theCase, long wallClock) {
        Collection<Evidence> known = theCase.evidence();
        Duration patience = Awaited.patience(known);
        Instant latest = theCase.latest().orElseThrow();
        Instant now = theCase.now(wallClock).orElseThrow();
        Instant next = Instant.MAX;
        for (Map.Entry<String, Published> entry : List.copyOf(theCase.published.entrySet())) {
            Published incident = entry.getValue();
            Instant from = incident.waits() ? overdueFrom(incident, patience) : Instant.MAX;
            if (now.isAfter(from)) {
                store(cluster, theCase, entry.getKey(), incident.toldAwaited());
                forward(cluster, List.of(Awaited.change(incident.incident(), incident.revision(), known, latest, now)));
            } else if (from.isBefore(next)) {
                next = from;
            }
        }
        theCase.overdueFrom(next);
    }

    /** The steps first: producers send what comes first at once, and all else together after that. */
    private void tell(String cluster, ClusterCase theCase, String id, ObjectNode incident) {
        Published before = theCase.published.get(id);
        if (before == null || before.withdrawn()) {
            long revision = before == null ? 1 : before.revision() + 1;
            forward(cluster, TimelineChanges.opened(incident, revision));
            remember(cluster, theCase, id, Published.of(revision, incident));
        } else if (!before.incident().equals(incident)) {
            long revision = before.revision() + 1;
            forward(cluster, TimelineChanges.between(before.incident(), incident, revision));
            remember(cluster, theCase, id, Published.of(revision, incident));
        }
    }

    private void withdraw(String cluster, ClusterCase theCase, String id, Published before) {
        long revision = before.revision() + 1;
        remember(cluster, theCase, id, before.withdrawnAs(revision));
        forward(cluster, TimelineChanges.withdrawn(before.incident(), revision));
    }

    private void remember(String cluster, ClusterCase theCase, String id, Published now) {
        store(cluster, theCase, id, now);
        Optional<ObjectNode> head = now.withdrawn()
                ? Optional.empty()
                : Optional.of(now.incident().deepCopy().put("revision", now.revision()));
        forward(cluster, new Publication.Head(id, head), Instant.parse(TimelineChanges.latest(now.incident())));
    }

    private void store(String cluster, ClusterCase theCase, String id, Published now) {
        theCase.published.put(id, now);
        theCase.load.moved(id, now, theCase::secondsOfLoad);
        published.put(key(cluster, id), now);
    }

    /** Of what is loaded some may not have been told when the task stopped: all of it is told again, as it stands. */
    private static void findLoadNearIncidents(ClusterCase theCase) {
        theCase.published.forEach((id, incident) -> theCase.load.moved(id, incident, theCase::secondsOfLoad));
    }

    private void forward(String cluster, List<ObjectNode> changes) {
        changes.forEach(change -> forward(cluster, new Publication.Step(change), TimelineChanges.at(change)));
        caseOf(cluster).latest().ifPresent(latest -> commit.told(latest.toEpochMilli(), context));
    }

    private void forward(String cluster, Publication publication, Instant at) {
        // Kafka knows no time before 1970.
        context.forward(new Record<>(cluster, publication, Math.max(0, at.toEpochMilli())));
    }

    private void refuse(Record<String, Piece> record, ClusterCase theCase) {
        RecordMetadata at = DeadLetters.metadata(context);
        String error = "evidence of cluster " + record.key() + " before " + theCase.forgottenBefore()
                + " was dropped to stay within " + mostEvidence + " pieces; this is older: "
                + record.value().id();
        String text = record.value().evidence().toString();
        DeadLetter letter = new DeadLetter(
                "TOO_LATE",
                at.topic(),
                at.partition(),
                at.offset(),
                text.substring(0, Math.min(text.length(), DeadLetter.LONGEST_EXCERPT)),
                Optional.empty(),
                0,
                error);
        context.forward(record.withValue(new Publication.Refused(letter)));
    }

    private void forgetOldest(String cluster, ClusterCase theCase) {
        List<String> dropped = theCase.forgetBeyond(mostEvidence);
        dropped.forEach(id -> evidence.delete(key(cluster, id)));
        if (!dropped.isEmpty()) {
            forgotten.put(cluster, theCase.forgottenBefore().toString());
        }
    }

    /** As it reads when it comes back from the store, so that the two can be compared; no larger than a record may be. */
    private ObjectNode json(Incident incident) {
        byte[] written = bytes(incidentJson.apply(incident));
        ObjectNode whole = asWritten.deserializer().deserialize(PUBLISHED, written);
        return BoundedIncident.within(mostBytes, whole, written.length, part -> bytes(part).length);
    }

    private byte[] bytes(JsonNode json) {
        return parts.serializer().serialize(PUBLISHED, json);
    }

    private ClusterCase caseOf(String cluster) {
        return cases.computeIfAbsent(cluster, unknown -> new ClusterCase());
    }

    private static <V> void load(KeyValueStore<String, V> store, BiConsumer<String, V> take) {
        try (KeyValueIterator<String, V> all = store.all()) {
            all.forEachRemaining(entry -> take.accept(entry.key, entry.value));
        }
    }

    private static String key(String cluster, String id) {
        return cluster + SEPARATOR + id;
    }

    private static String cluster(String key) {
        return key.substring(0, key.indexOf(SEPARATOR));
    }

    private static String id(String key) {
        return key.substring(key.indexOf(SEPARATOR) + 1);
    }
}
