package io.failovertimeline.decode.load;

import com.fasterxml.jackson.core.JsonParser;
import io.failovertimeline.model.Origin;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The formats of load results. */
public final class LoadFormats {

    private static final Origin NOWHERE = Origin.line("", 1);
    private static final Set<String> VEGETA = Set.of("code", "timestamp", "latency", "bytes_out", "bytes_in");
    private static final Set<String> REQUEST = Set.of("generator", "endpoint", "start", "failed");
    private static final Set<String> LOCUST = Set.of("request_type", "name", "response_time", "start_time");
    private static final Set<String> ARTILLERY = Set.of("aggregate", "intermediate");
    private static final Set<String> K6 = Set.of("metric", "data");

    private LoadFormats() {}

    /** As {@link #detect(byte[], int, int, LoadContext)}, of a source of which nothing is known. */
    public static Optional<LoadDecoder> detect(byte[] bytes, int from, int to) {
        return detect(bytes, from, to, LoadContext.none());
    }

    /**
     * A decoder for the source that begins with this record, which it expects to be given again as the first; empty if the record is of
     * no such format: a log line, in JSON or not, is of none. A blank line tells nothing; ask with the next.
     */
    public static Optional<LoadDecoder> detect(byte[] bytes, int from, int to, LoadContext context) {
        RawLine line = new RawLine(bytes, from, to, NOWHERE);
        if (line.startsWith('{')) {
            TopLevel object = new TopLevel();
            return JsonLine.read(line, object) ? ofObject(object, context) : Optional.empty();
        }
        return ofHeader(line, context).or(() -> ofRow(line, context));
    }

    /** The name of the summary in plain words that begins with this line; empty if it is none. */
    public static Optional<String> summary(byte[] bytes, int from, int to) {
        return Totals.ofWords(new RawLine(bytes, from, to, NOWHERE));
    }

    /**
     * A decoder for a topic's partition, whose records can be of any format in any mixture, {@code load-records} by name. What is
     * of none is unreadable. Endpoints are named by {@code patterns} first.
     */
    public static LoadDecoder ofRecords(EndpointPatterns patterns) {
        return new AnyRecord(new LoadContext(Optional.empty(), ZoneOffset.UTC, new EndpointNames(patterns)));
    }

    /** The same without patterns. */
    public static LoadDecoder ofRecords() {
        return ofRecords(EndpointPatterns.NONE);
    }

    static Optional<LoadDecoder> ofHeader(RawLine line, LoadContext context) {
        EndpointNames names = context.names();
        if (K6Csv.isHeader(line)) {
            return Optional.of(new K6Csv(names));
        }
        if (JmeterCsv.isHeader(line)) {
            return Optional.of(new JmeterCsv(names));
        }
        if (LocustHistory.isHeader(line)) {
            return Optional.of(new LocustHistory(names));
        }
        if (AbGnuplot.isHeader(line)) {
            return Optional.of(new AbGnuplot(names));
        }
        Optional<LoadDecoder> ofOffsets = OffsetCsv.ofHeader(line).map(tool -> new OffsetCsv(tool, context));
        return ofOffsets.or(() -> Totals.ofHeader(line));
    }

    static Optional<LoadDecoder> ofRow(RawLine line, LoadContext context) {
        EndpointNames names = context.names();
        if (JmeterXml.isRecord(line)) {
            return Optional.of(new JmeterXml(names));
        }
        if (VegetaCsv.isRow(line)) {
            return Optional.of(new VegetaCsv(names));
        }
        if (JmeterCsv.isRow(line)) {
            return Optional.of(new JmeterCsv(names));
        }
        if (GatlingLog.isLine(line)) {
            return Optional.of(new GatlingLog(names));
        }
        if (PgbenchLog.isLine(line)) {
            return Optional.of(new PgbenchLog(names));
        }
        if (PgbenchAggregate.isLine(line)) {
            return Optional.of(new PgbenchAggregate(names));
        }
        if (Phout.isLine(line)) {
            return Optional.of(new Phout(names));
        }
        if (AccessLog.isLine(line)) {
            return Optional.of(new AccessLog(names));
        }
        return HaproxyLog.isLine(line) ? Optional.of(new HaproxyLog(context)) : Optional.empty();
    }

    static Optional<LoadDecoder> ofObject(RawLine line, LoadContext context) {
        TopLevel object = new TopLevel();
        return JsonLine.read(line, object) ? ofObject(object, context) : Optional.empty();
    }

    private static Optional<LoadDecoder> ofObject(TopLevel object, LoadContext context) {
        EndpointNames names = context.names();
        if (object.isK6()) {
            return Optional.of(new K6Json(names));
        }
        if (object.names.containsAll(VEGETA)) {
            return Optional.of(new VegetaJson(names));
        }
        if (object.names.containsAll(REQUEST)) {
            return Optional.of(new RequestJson(names));
        }
        if (object.names.containsAll(LOCUST)) {
            return Optional.of(new LocustRequest(names));
        }
        return object.names.containsAll(ARTILLERY) ? Optional.of(new Artillery(names)) : Totals.ofFields(object.names);
    }

    /** What tells objects of different formats apart. */
    private static final class TopLevel implements JsonLine.Fields {
        private final Set<String> names = new HashSet<>();
        private String type = "";

        @Override
        public void take(String name, JsonParser value) throws IOException {
            names.add(name);
            if (name.equals("type")) {
                type = JsonLine.scalar(value);
            }
        }

        private boolean isK6() {
            return (type.equals("Point") || type.equals("Metric")) && names.containsAll(K6);
        }
    }
}
