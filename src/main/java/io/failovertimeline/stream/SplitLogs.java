package io.failovertimeline.stream;

import io.failovertimeline.decode.Framing;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.state.DumpBlock;
import io.failovertimeline.decode.state.StateFact;
import io.failovertimeline.decode.state.StateFacts;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.Origin;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Gives each log record's bytes to the decoder, one by one where a shipper sent several in one; a state dump is read whole. */
final class DecodeLogs extends ContextualFixedKeyProcessor<byte[], byte[], LogReading> {

    private final Stages.LogDecoding decoder;
    private final GivenZones zones;
    private final SettingsRecords settingsRecords = new SettingsRecords();

    DecodeLogs(Stages.LogDecoding decoder, GivenZones zones) {
        this.decoder = decoder;
        this.zones = zones;
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
        if (record.value() != null) {
            context().forward(record.withValue(read(record)));
        }
    }

    private LogReading read(FixedKeyRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        Hints hints;
        try {
            hints = RecordHints.of(record.headers()).hints(zones, Instant.ofEpochMilli(record.timestamp()));
        } catch (DateTimeException wrong) {
            return dead(value, "BAD_HEADER", "header zone or near: " + wrong.getMessage());
        }
        try {
            Optional<ClusterSettings> settings = settingsRecords.read(value, origin());
            if (settings.isPresent()) {
                return counted(value, List.of(), List.of(settings.get()));
            }
            return DumpBlock.read(value, 0, value.length)
                    .map(dump -> counted(value, StateFacts.of(dump, hints), List.of()))
                    .orElseGet(() -> lines(value, hints));
        } catch (RuntimeException ours) {
            // A mistake of the decoder must not stop the cluster's other lines: the record is kept, with what went
            // wrong.
            return dead(value, "INTERNAL", ours.toString());
        }
    }

    private Origin origin() {
        RecordMetadata at = DeadLetters.metadata(context());
        return Origin.record(at.topic(), at.partition(), at.offset());
    }

    private LogReading lines(byte[] value, Hints hints) {
        Origin origin = origin();
        List<PhysicalLine> lines = new ArrayList<>();
        List<LineClass> others = new ArrayList<>();
        List<DeadLetter> deadLetters = new ArrayList<>();
        Framing.Ends ends = Framing.ofRecord(value).ends();
        for (int from = 0; from < value.length; ) {
            int begin = from;
            int next = ends.next(value, from, value.length);
            int following = next < 0 ? value.length : next;
            int end = withoutLineEnd(value, from, following);
            decoder.decode(value, from, end, hints, origin)
                    .match(
                            line -> lines.add(new PhysicalLine(value, begin, end, Optional.of(line), false)),
                            unreadable -> {
                                deadLetters.add(DeadLetters.of(
                                        context(), value, unreadable.reason().name(), unreadable.excerpt()));
                                return others.add(LineClass.REJECTED);
                            },
                            nothing -> lines.add(
                                    new PhysicalLine(value, begin, end, Optional.empty(), nothing.isNoise())));
            from = following;
        }
        return new LogReading(value, hints, lines, others, List.of(), List.of(), deadLetters);
    }

    private static int withoutLineEnd(byte[] value, int from, int to) {
        int end = to;
        while (end > from && (value[end - 1] == '\n' || value[end - 1] == '\r')) {
            end--;
        }
        return end;
    }

    /** A record that is no log line and of use as a whole. */
    private static LogReading counted(byte[] value, List<StateFact> facts, List<ClusterSettings> settings) {
        return new LogReading(
                value, Hints.none(), List.of(), List.of(LineClass.RECOGNIZED), facts, settings, List.of());
    }

    private LogReading dead(byte[] value, String reason, String error) {
        return new LogReading(
                value,
                Hints.none(),
                List.of(),
                List.of(LineClass.REJECTED),
                List.of(),
                List.of(),
                List.of(DeadLetters.of(context(), value, reason, error)));
    }
}
