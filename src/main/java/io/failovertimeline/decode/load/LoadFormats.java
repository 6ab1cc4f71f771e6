package io.failovertimeline.decode.load;

import com.fasterxml.jackson.core.JsonParser;
import io.failovertimeline.model.Origin;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The formats of load results. */
public final class LoadFormats {

    private static final Origin NOWHERE = Origin.line("", 1);
    private static final Set<String> VEGETA = Set.of("code", "timestamp", "latency", "bytes_out", "bytes_in");
    private static final Set<String> REQUEST = Set.of("generator", "endpoint", "start", "failed");
    private static final Set<String> K6 = Set.of("metric", "data");

    private LoadFormats() {}

    /**
     * A decoder for the source that begins with this line, which it expects to be given again as the first; empty if the line is of
     * no such format: a log line, in JSON or not, is of none. A blank line tells nothing; ask with the next.
     */
    public static Optional<LoadDecoder> detect(byte[] bytes, int from, int to) {
        RawLine line = new RawLine(bytes, from, to, NOWHERE);
        if (!line.startsWith('{')) {
            return K6Csv.isHeader(line) ? Optional.of(new K6Csv()) : Optional.empty();
        }
        TopLevel object = new TopLevel();
        return JsonLine.read(line, object) ? decoder(object) : Optional.empty();
    }

    /**
     * A decoder for a topic's partition, whose records can be of any JSON format in any mixture, {@code load-json} by name. What is
     * of none is unreadable.
     */
    public static LoadDecoder ofRecords() {
        return new AnyJson();
    }

    private static Optional<LoadDecoder> decoder(TopLevel object) {
        if (object.isK6()) {
            return Optional.of(new K6Json());
        }
        if (object.names.containsAll(VEGETA)) {
            return Optional.of(new VegetaJson());
        }
        return object.names.containsAll(REQUEST) ? Optional.of(new RequestJson()) : Optional.empty();
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
