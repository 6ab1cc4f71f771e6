package io.failovertimeline.decode.load;

import com.fasterxml.jackson.core.JsonParser;
import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code k6 run --out json=…}: one object a line, which is a metric's declaration or a sample of it.
 *
 * @see <a href="https://grafana.com/docs/k6/latest/results-output/real-time/json/">k6's description</a>
 */
final class K6Json implements LoadDecoder {

    private static final byte[] FAILED = quoted(K6Requests.FAILED);
    private static final byte[] DURATION = quoted(K6Requests.DURATION);
    private static final byte[] COUNT = quoted(K6Requests.COUNT);

    private final K6Requests requests = new K6Requests(Reason.BROKEN_JSON);
    private final EndpointNames names;

    K6Json(EndpointNames names) {
        this.names = names;
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

    // Most lines are of other metrics. This search is all that they cost.
    private boolean concernsRequests(RawLine line) {
        return line.contains(FAILED) || line.contains(DURATION) || (requests.undecided() && line.contains(COUNT));
    }

    private static Outcome otherMetric(RawLine line) {
        return line.startsWith('{') && line.endsWith('}') ? RawLine.nothing() : line.unreadable(Reason.BROKEN_JSON);
    }

    private Outcome decodeObject(RawLine line) {
        Point point = new Point();
        if (!JsonLine.read(line, point)) {
            return line.unreadable(Reason.BROKEN_JSON);
        }
        if (!point.type.equals("Point")) {
            return RawLine.nothing();
        }
        boolean complete = !point.metric.isEmpty() && !point.time.isEmpty() && !point.value.isEmpty();
        return complete ? sample(point, line) : line.unreadable(Reason.MISSING_FIELD);
    }

    private Outcome sample(Point point, RawLine line) {
        return switch (point.metric) {
            case K6Requests.FAILED -> requests.failed(point.sample(names), line);
            case K6Requests.DURATION -> requests.duration(point.sample(names), line);
            case K6Requests.COUNT -> requests.nextRequest(line);
            default -> RawLine.nothing();
        };
    }

    private static byte[] quoted(String name) {
        return ('"' + name + '"').getBytes(StandardCharsets.US_ASCII);
    }

    /** A sample's fields, as far as they were read. */
    private static final class Point implements JsonLine.Fields {
        private String type = "";
        private String metric = "";
        private String time = "";
        private String value = "";
        private String method = "";
        private String name = "";
        private String url = "";
        private String status = "";
        private String error = "";
        private String errorCode = "";
        private String expectedResponse = "";
        private String group = "";
        private String scenario = "";

        @Override
        public void take(String field, JsonParser at) throws IOException {
            switch (field) {
                case "type" -> type = JsonLine.scalar(at);
                case "metric" -> metric = JsonLine.scalar(at);
                case "data" -> JsonLine.readFields(at, this::takeData);
                default -> {}
            }
        }

        private void takeData(String field, JsonParser at) throws IOException {
            switch (field) {
                case "time" -> time = JsonLine.scalar(at);
                case "value" -> value = JsonLine.scalar(at);
                case "tags" -> JsonLine.readFields(at, this::takeTag);
                default -> {}
            }
        }

        private void takeTag(String field, JsonParser at) throws IOException {
            switch (field) {
                case "method" -> method = JsonLine.scalar(at);
                case "name" -> name = JsonLine.scalar(at);
                case "url" -> url = JsonLine.scalar(at);
                case "status" -> status = JsonLine.scalar(at);
                case "error" -> error = JsonLine.scalar(at);
                case "error_code" -> errorCode = JsonLine.scalar(at);
                case "expected_response" -> expectedResponse = JsonLine.scalar(at);
                case "group" -> group = JsonLine.scalar(at);
                case "scenario" -> scenario = JsonLine.scalar(at);
                default -> {}
            }
        }

        K6Sample sample(EndpointNames names) {
            return new Tagged(
                    time,
                    value,
                    status,
                    error,
                    errorCode,
                    List.of(method, name, url, expectedResponse, group, scenario),
                    names);
        }
    }

    /**
     * A sample.
     *
     * @param tags method, name, URL, judgement, group, scenario; what is not written is an empty text
     */
    private record Tagged(
            String time,
            String value,
            String status,
            String error,
            String errorCode,
            List<String> tags,
            EndpointNames names)
            implements K6Sample {

        @Override
        public boolean isJudged() {
            return !tags.get(3).isEmpty();
        }

        @Override
        public String endpoint() {
            return names.given(tags.get(1), tags.get(0), tags.get(2));
        }

        @Override
        public boolean isOfSameRequest(K6Sample other) {
            return other instanceof Tagged its
                    && time.equals(its.time)
                    && status.equals(its.status)
                    && error.equals(its.error)
                    && errorCode.equals(its.errorCode)
                    && tags.equals(its.tags);
        }
    }
}
