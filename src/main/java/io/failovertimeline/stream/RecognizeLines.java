package io.failovertimeline.stream;

import io.failovertimeline.decode.state.StateFact;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.recognize.Recognition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Keeps what a record proves about its cluster, one piece for each of its significant lines, or rows of a state dump, and counts all
 * lines.
 */
final class RecognizeLines extends ContextualFixedKeyProcessor<byte[], LogReading, Understood> {

    private final Stages.LineRecognition recognizer;
    private final ClusterNames clusters;
    private final LineSensors sensors = new LineSensors();

    RecognizeLines(Stages.LineRecognition recognizer, ClusterNames clusters) {
        this.recognizer = recognizer;
        this.clusters = clusters;
    }

    @Override
    public void process(FixedKeyRecord<byte[], LogReading> record) {
        LogReading reading = record.value();
        List<Piece> pieces = new ArrayList<>();
        List<DeadLetter> deadLetters = new ArrayList<>(reading.deadLetters());
        for (ClusterSettings settings : reading.settings()) {
            pieces.add(new Piece("settings " + settings, settings));
        }
        String topic = DeadLetters.metadata(context()).topic();
        reading.others().forEach(what -> sensors.count(context().metrics(), topic, what));
        Optional<String> header = RecordHints.cluster(record.headers());
        for (int index = 0; index < reading.lines().size(); index++) {
            LogLine line = reading.lines().get(index);
            String id = id(index);
            try {
                Recognition recognition = recognizer.recognize(line, clusters.of(header, line.host()));
                recognition.proof().ifPresent(evidence -> pieces.add(new Piece(id, evidence)));
                sensors.count(context().metrics(), topic, recognition.lineClass(line.component()));
            } catch (RuntimeException ours) {
                // As in decoding: a pattern that fails on one line must not stop the cluster's others.
                deadLetters.add(DeadLetters.of(context(), reading.value(), "INTERNAL", ours.toString()));
                sensors.count(context().metrics(), topic, LineClass.REJECTED);
            }
        }
        for (int index = 0; index < reading.facts().size(); index++) {
            StateFact fact = reading.facts().get(index);
            String cluster = clusters.of(header.or(fact::cluster), fact.about());
            pieces.add(new Piece(id(index), fact.event(cluster, origin())));
        }
        context().forward(record.withValue(new Understood(pieces, deadLetters)));
    }

    private Origin origin() {
        RecordMetadata at = DeadLetters.metadata(context());
        return Origin.record(at.topic(), at.partition(), at.offset());
    }

    /** Where the line stands: the same record read again replaces itself. */
    private String id(int line) {
        RecordMetadata at = DeadLetters.metadata(context());
        return at.topic() + "-" + at.partition() + "@" + at.offset() + "#" + line;
    }
}
