package io.failovertimeline.stream;

import io.failovertimeline.decode.state.StateFact;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Keeps what a record proves about its cluster, one piece for each of its significant lines, or rows of a state dump. */
final class RecognizeLines extends ContextualFixedKeyProcessor<byte[], LogReading, Piece> {

    private final Stages.Recognition recognizer;
    private final ClusterNames clusters;

    RecognizeLines(Stages.Recognition recognizer, ClusterNames clusters) {
        this.recognizer = recognizer;
        this.clusters = clusters;
    }

    @Override
    public void process(FixedKeyRecord<byte[], LogReading> record) {
        for (ClusterSettings settings : record.value().settings()) {
            forward(record, "settings " + settings, settings);
        }
        Optional<String> header = RecordHints.cluster(record.headers());
        List<LogLine> lines = record.value().lines();
        for (int index = 0; index < lines.size(); index++) {
            LogLine line = lines.get(index);
            String id = id(index);
            recognizer
                    .recognize(line, clusters.of(header, line.host()))
                    .ifPresent(evidence -> forward(record, id, evidence));
        }
        List<StateFact> facts = record.value().facts();
        for (int index = 0; index < facts.size(); index++) {
            StateFact fact = facts.get(index);
            String cluster = clusters.of(header.or(fact::cluster), fact.about());
            forward(record, id(index), fact.event(cluster, origin()));
        }
    }

    private void forward(FixedKeyRecord<byte[], LogReading> record, String id, Evidence evidence) {
        context().forward(record.withValue(new Piece(id, evidence)));
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
