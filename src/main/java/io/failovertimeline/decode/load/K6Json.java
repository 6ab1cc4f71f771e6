package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code k6 run --out json=…}: one object a line, which is a metric's declaration or a sample of it.
 *
 * @see <a href="https://grafana.com/docs/k6/latest/results-output/real-time/json/">k6's description</a>
 */
final class K6Json implements LoadDecoder {

    private static final byte[] USUAL_START = "{\"metric\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FAILED = quoted(K6Requests.FAILED);
    private static final byte[] DURATION = quoted(K6Requests.DURATION);
    private static final byte[] COUNT = quoted(K6Requests.COUNT);
    private static final byte[] POINT = "Point".getBytes(StandardCharsets.US_ASCII);

    private static final String[] NAMES = names();
    private static final int TYPE = NAMES.length - 1;

    private final K6Requests requests;
    private final Fields fields = new Fields();
    private final JsonColumns columns = new JsonColumns(fields, NAMES);
    private final K6Sample sample =
            new K6Sample(fields, IntStream.range(0, NAMES.length).toArray());

    K6Json(EndpointNames names) {
        requests = new K6Requests(names, Reason.BROKEN_JSON);
    }

    /** In the order of {@link K6Sample}'s numbers. */
    private static String[] names() {
        List<String> names = new ArrayList<>(List.of("metric", "data.time", "data.value"));
        K6Sample.TAGS.forEach(tag -> names.add("data.tags." + tag));
        names.add("type");
        return names.toArray(String[]::new);
    }

    @Override
    public String format() {
        return "k6-json";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        return concernsRequests(line) ? decodeObject(line) : otherMetric(line);
    }

    // Most lines are of other metrics. This look is all that they cost.
    private boolean concernsRequests(RawLine line) {
        return line.startsWith(USUAL_START)
                ? isOf(line, FAILED) || isOf(line, DURATION) || (requests.undecided() && isOf(line, COUNT))
                : line.contains(FAILED) || line.contains(DURATION) || (requests.undecided() && line.contains(COUNT));
    }

    private static boolean isOf(RawLine line, byte[] metric) {
        return line.hasAt(USUAL_START.length - 1, metric);
    }

    private static Outcome otherMetric(RawLine line) {
        return line.startsWith('{') && line.endsWith('}') ? RawLine.nothing() : line.unreadable(Reason.BROKEN_JSON);
    }

    private Outcome decodeObject(RawLine line) {
        if (!columns.read(line)) {
            return line.unreadable(Reason.BROKEN_JSON);
        }
        if (!fields.is(TYPE, POINT)) {
            return RawLine.nothing();
        }
        boolean isComplete = sample.has(K6Sample.METRIC) && sample.has(K6Sample.TIME) && sample.has(K6Sample.VALUE);
        return isComplete ? requests.outcome(sample, line) : line.unreadable(Reason.MISSING_FIELD);
    }

    private static byte[] quoted(byte[] name) {
        return ('"' + new String(name, StandardCharsets.US_ASCII) + '"').getBytes(StandardCharsets.US_ASCII);
    }
}
