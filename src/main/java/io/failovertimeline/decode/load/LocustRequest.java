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
import java.util.Optional;

/**
 * What a listener of Locust's {@code request} event gets, one JSON object a line: {@code request_type}, {@code name}, {@code
 * response_time} in milliseconds, {@code start_time} in seconds since 1970, {@code exception}, which is null or a text.
 *
 * @see <a href="https://docs.locust.io/en/stable/extending-locust.html">Locust's description</a>
 */
final class LocustRequest implements LoadDecoder {

    private final EndpointNames names;

    LocustRequest(EndpointNames names) {
        this.names = names;
    }

    @Override
    public String format() {
        return "locust-requests";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        Event event = new Event();
        return JsonLine.read(line, event) ? outcome(event, line) : line.unreadable(Reason.BROKEN_JSON);
    }

    private Outcome outcome(Event event, RawLine line) {
        if (event.startTime.isEmpty() || event.responseTime.isEmpty() || event.name.isEmpty()) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        Optional<Instant> start = EpochSeconds.of(event.startTime);
        if (start.isEmpty()) {
            return line.unreadable(Reason.BAD_TIME);
        }
        Optional<Duration> latency = Latency.ofMillis(event.responseTime);
        if (latency.isEmpty()) {
            return line.unreadable(Reason.BROKEN_JSON);
        }
        boolean isPath = event.name.startsWith("/");
        boolean failed = !event.exception.isEmpty();
        return new Outcome.Result(new RequestResult(
                "locust",
                isPath
                        ? names.given("", event.requestType, event.name)
                        : names.given(event.name, event.requestType, event.url),
                start.get(),
                Precision.MICROS,
                latency.get(),
                failed,
                failed ? error(event.exception) : ""));
    }

    /** {@code HTTPError('500 Server Error: … for url: …')} names the URL; the status is enough. */
    private static String error(String exception) {
        String quoted = exception.replaceFirst("^HTTPError\\(['\"]", "");
        boolean isStatus = !quoted.equals(exception) && quoted.matches("(?s)[1-5][0-9][0-9] .*");
        return isStatus ? ErrorText.ofStatus(Integer.parseInt(quoted.substring(0, 3))) : ErrorText.ofGo(exception);
    }

    /** An object's fields, as far as they were read. */
    private static final class Event implements JsonLine.Fields {
        private String requestType = "";
        private String name = "";
        private String responseTime = "";
        private String startTime = "";
        private String exception = "";
        private String url = "";

        @Override
        public void take(String field, JsonParser at) throws IOException {
            switch (field) {
                case "request_type" -> requestType = JsonLine.scalar(at);
                case "name" -> name = JsonLine.scalar(at);
                case "response_time" -> responseTime = JsonLine.scalar(at);
                case "start_time" -> startTime = JsonLine.scalar(at);
                case "url" -> url = JsonLine.scalar(at);
                case "exception" -> exception = thrown(at);
                default -> {}
            }
        }

        private static String thrown(JsonParser at) throws IOException {
            return at.currentToken() == JsonToken.VALUE_FALSE ? "" : JsonLine.scalar(at);
        }
    }
}
