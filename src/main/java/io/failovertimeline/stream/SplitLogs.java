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

/** Finds the lines of each log record, of which a shipper may send several in one; a state dump is read whole, and so are settings. */
final class SplitLogs extends ContextualFixedKeyProcessor<byte[], byte[], LogReading> {

    private final GivenZones zones;
    private final HeaderReader<RecordHints> headers = new HeaderReader<>(RecordHints.NAMES, RecordHints::of);
    private final SettingsRecords settingsRecords = new SettingsRecords();

    SplitLogs(GivenZones zones) {
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
        RecordMetadata at = DeadLetters.metadata(context());
        Origin origin = Origin.record(at.topic(), at.partition(), at.offset());
        RecordHints said;
        try {
            said = headers.read(record.headers());
        } catch (DateTimeException wrong) {
            String source = RecordHints.sender(record.headers());
            return dead(origin, source, value, "BAD_HEADER", "header zone or near: " + wrong.getMessage());
        }
        String source = said.sender();
        Optional<String> cluster = said.cluster();
        Hints hints = said.hints(zones, Instant.ofEpochMilli(record.timestamp()));
        try {
            Optional<ClusterSettings> settings = settingsRecords.read(value, origin);
            if (settings.isPresent()) {
                return counted(origin, source, cluster, List.of(), List.of(settings.get()));
            }
            return DumpBlock.read(value, 0, value.length)
                    .map(dump -> counted(origin, source, cluster, StateFacts.of(dump, hints), List.of()))
                    .orElseGet(() -> new LogReading(
                            origin,
                            source,
                            cluster,
                            lines(value, hints, origin),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of()));
        } catch (RuntimeException ours) {
            // A mistake of ours must not stop the cluster's other lines: the record is kept, with what went wrong.
            return dead(origin, source, value, "INTERNAL", ours.toString());
        }
    }

    private static List<PhysicalLine> lines(byte[] value, Hints hints, Origin origin) {
        List<PhysicalLine> lines = new ArrayList<>(1);
        Framing.Ends ends = Framing.ofRecord(value).ends();
        for (int from = 0; from < value.length; ) {
            int next = ends.next(value, from, value.length);
            int following = next < 0 ? value.length : next;
            lines.add(new PhysicalLine(value, from, withoutLineEnd(value, from, following), hints, origin));
            from = following;
        }
        return lines;
    }

    private static int withoutLineEnd(byte[] value, int from, int to) {
        int end = to;
        while (end > from && (value[end - 1] == '\n' || value[end - 1] == '\r')) {
            end--;
        }
        return end;
    }

    /** A record that is no log line and of use as a whole. */
    private static LogReading counted(
            Origin origin,
            String source,
            Optional<String> cluster,
            List<StateFact> facts,
            List<ClusterSettings> settings) {
        return new LogReading(
                origin, source, cluster, List.of(), List.of(LineClass.RECOGNIZED), facts, settings, List.of());
    }

    private LogReading dead(Origin origin, String source, byte[] value, String reason, String error) {
        return new LogReading(
                origin,
                source,
                Optional.empty(),
                List.of(),
                List.of(LineClass.REJECTED),
                List.of(),
                List.of(),
                List.of(DeadLetters.of(context(), value, reason, error)));
    }
}
