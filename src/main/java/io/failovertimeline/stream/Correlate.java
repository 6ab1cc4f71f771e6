package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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

    private static final Duration ALERT_PACE = Duration.ofSeconds(1);
    private static final Duration PACE = Duration.ofMillis(50);
    private static final char SEPARATOR = '\0';

    private final Function<Collection<Evidence>, Findings> correlator;
    private final Function<Incident, ObjectNode> incidentJson;
    private final int mostEvidence;
    private final AlertRules rules;

    private final JsonSerde<ObjectNode> asWritten = new JsonSerde<>(ObjectNode.class);
    private final Map<String, ClusterCase> cases = new TreeMap<>();
    private long restUntil;

    private ProcessorContext<String, Publication> context;
    private KeyValueStore<String, Piece> evidence;
    private KeyValueStore<String, Published> published;
    private KeyValueStore<String, String> forgotten;
    private KeyValueStore<String, AlertRecord> alerts;

    Correlate(Stages stages, int mostEvidence, AlertRules rules) {
        this.correlator = stages.correlate();
        this.incidentJson = stages.incidentJson();
        this.mostEvidence = mostEvidence;
        this.rules = rules;
    }

    @Override
    public void init(ProcessorContext<String, Publication> processorContext) {
        context = processorContext;
        evidence = context.getStateStore(EVIDENCE);
        published = context.getStateStore(PUBLISHED);
        forgotten = context.getStateStore(FORGOTTEN);
        alerts = context.getStateStore(ALERTS);
        // Evidence may have been stored and not yet correlated when the task stopped: what is loaded counts as new.
        load(evidence, (key, piece) -> caseOf(cluster(key)).put(piece));
        load(published, (key, incident) -> caseOf(cluster(key)).published.put(id(key), incident));
        load(forgotten, (cluster, before) -> caseOf(cluster).forgottenBefore(Instant.parse(before)));
        load(alerts, (key, alert) -> caseOf(cluster(key)).alerts.told.put(id(key), alert));
        context.schedule(ALERT_PACE, PunctuationType.WALL_CLOCK_TIME, now -> cases.forEach(this::tellAlerts));
        context.schedule(PACE, PunctuationType.WALL_CLOCK_TIME, now -> publishAll());
    }

    @Override
    public void process(Record<String, Piece> record) {
        ClusterCase theCase = caseOf(record.key());
        if (theCase.isTooLate(record.value())) {
            refuse(record, theCase);
        } else if (theCase.put(record.value())) {
            evidence.put(key(record.key(), record.value().id()), record.value());
            forgetOldest(record.key(), theCase);
        }
    }

    private void publishAll() {
        long begun = context.currentSystemTimeMs();
        if (begun < restUntil) {
            return;
        }
        cases.forEach((cluster, theCase) -> {
            if (theCase.dirty()) {
                publish(cluster, theCase);
                theCase.clean();
            }
        });
        long ended = context.currentSystemTimeMs();
        // A large case takes long to tell: reading on comes first.
        restUntil = ended + 2 * (ended - begun);
    }

    private void publish(String cluster, ClusterCase theCase) {
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
        theCase.alerts.learn(known, findings, Instant.ofEpochMilli(context.currentSystemTimeMs()));
        tellAlerts(cluster, theCase);
    }

    private void tellAlerts(String cluster, ClusterCase theCase) {
        Instant wallClock = Instant.ofEpochMilli(context.currentSystemTimeMs());
        for (AlertRecord change : theCase.alerts.changes(cluster, rules, wallClock, theCase::isSealed)) {
            alerts.put(key(cluster, change.fingerprint()), change);
            forward(
                    cluster,
                    new Publication.AlertChange(change),
                    change.endsAt().orElse(change.startsAt()));
        }
    }

    private void tell(String cluster, ClusterCase theCase, String id, ObjectNode incident) {
        Published before = theCase.published.get(id);
        if (before == null || before.withdrawn()) {
            long revision = before == null ? 1 : before.revision() + 1;
            remember(cluster, theCase, id, new Published(revision, false, incident));
            forward(cluster, TimelineChanges.opened(incident, revision));
        } else if (!before.incident().equals(incident)) {
            long revision = before.revision() + 1;
            remember(cluster, theCase, id, new Published(revision, false, incident));
            forward(cluster, TimelineChanges.between(before.incident(), incident, revision));
        }
    }

    private void withdraw(String cluster, ClusterCase theCase, String id, Published before) {
        long revision = before.revision() + 1;
        remember(cluster, theCase, id, new Published(revision, true, before.incident()));
        forward(cluster, TimelineChanges.withdrawn(before.incident(), revision));
    }

    private void remember(String cluster, ClusterCase theCase, String id, Published now) {
        theCase.published.put(id, now);
        published.put(key(cluster, id), now);
        Optional<ObjectNode> head = now.withdrawn()
                ? Optional.empty()
                : Optional.of(now.incident().deepCopy().put("revision", now.revision()));
        forward(cluster, new Publication.Head(id, head), Instant.parse(TimelineChanges.latest(now.incident())));
    }

    private void forward(String cluster, List<ObjectNode> changes) {
        changes.forEach(change -> forward(cluster, new Publication.Step(change), TimelineChanges.at(change)));
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

    /** As it reads when it comes back from the store, so that the two can be compared. */
    private ObjectNode json(Incident incident) {
        byte[] bytes = asWritten.serializer().serialize(PUBLISHED, incidentJson.apply(incident));
        return asWritten.deserializer().deserialize(PUBLISHED, bytes);
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
