package io.failovertimeline.decode.load;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Artillery's report ({@code --output}): one JSON document with counts of every ten seconds. Failed are responses with a status of 400 and
 * above, and errors without a response. Endpoints are not told.
 */
final class Artillery implements LoadDecoder {

    private static final String STATUS = "http.codes.";
    private static final String ERROR = "errors.";

    private final EndpointNames names;

    Artillery(EndpointNames names) {
        this.names = names;
    }

    @Override
    public String format() {
        return "artillery-json";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        List<RequestResult> results = new ArrayList<>();
        boolean isWhole = JsonLine.read(line, (name, value) -> {
            if (name.equals("intermediate") && value.currentToken() == JsonToken.START_ARRAY) {
                while (value.nextToken() == JsonToken.START_OBJECT) {
                    Period period = new Period();
                    JsonLine.readFields(value, period);
                    period.add(results, names);
                }
            }
        });
        if (!isWhole) {
            return line.unreadable(Reason.BROKEN_JSON);
        }
        return results.isEmpty() ? line.unreadable(Reason.MISSING_FIELD) : new Outcome.Result(results);
    }

    /** The counts of one period, in the form of version 2, or of version 1 before it. */
    private static final class Period implements JsonLine.Fields {
        private String begin = "";
        private final Map<Integer, Long> statuses = new TreeMap<>();
        private final Map<String, Long> errors = new TreeMap<>();

        @Override
        public void take(String field, JsonParser at) throws IOException {
            switch (field) {
                case "period", "timestamp" -> begin = begin.isEmpty() ? JsonLine.scalar(at) : begin;
                case "counters" -> JsonLine.readFields(at, this::counter);
                case "codes" -> JsonLine.readFields(at, this::status);
                case "errors" -> JsonLine.readFields(at, this::error);
                default -> {}
            }
        }

        private void counter(String name, JsonParser at) throws IOException {
            if (name.startsWith(STATUS)) {
                status(name.substring(STATUS.length()), at);
            } else if (name.startsWith(ERROR)) {
                error(name.substring(ERROR.length()), at);
            }
        }

        private void status(String name, JsonParser at) throws IOException {
            if (name.matches("[1-5][0-9][0-9]")) {
                count(at).ifPresent(count -> statuses.merge(Integer.parseInt(name), count, Long::sum));
            }
        }

        private void error(String name, JsonParser at) throws IOException {
            count(at).ifPresent(count -> errors.merge(ErrorText.ofText(name), count, Long::sum));
        }

        private static Optional<Long> count(JsonParser at) throws IOException {
            boolean isCount = at.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && at.getTextLength() <= 10
                    && at.getLongValue() > 0
                    && at.getLongValue() <= RequestJson.MOST;
            return isCount ? Optional.of(at.getLongValue()) : Optional.empty();
        }

        private void add(List<RequestResult> results, EndpointNames names) {
            Optional<Timestamp> from = Timestamp.unix(begin).or(() -> Timestamp.rfc3339(begin));
            if (from.isEmpty()) {
                return;
            }
            String endpoint = names.given("", "", "");
            statuses.forEach((status, count) -> results.add(
                    result(endpoint, from.get().at(), status >= 400 ? ErrorText.ofStatus(status) : "", count)));
            errors.forEach(
                    (error, count) -> results.add(result(endpoint, from.get().at(), error, count)));
        }

        private static RequestResult result(String endpoint, Instant at, String error, long count) {
            return RequestResult.counted("artillery", endpoint, at, Precision.TEN_SECONDS, Duration.ZERO, error, count);
        }
    }
}
