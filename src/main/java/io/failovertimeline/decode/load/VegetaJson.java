package io.failovertimeline.decode.load;

import com.fasterxml.jackson.core.JsonParser;
import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RequestResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code vegeta encode --to json}: one request a line, stamped at its start, in the order in which they ended.
 *
 * <p>A request failed if it has an error text, or a status below 200 (0 is none at all) or of 400 and above.
 *
 * @see <a href="https://github.com/tsenart/vegeta#json">vegeta's description</a>
 */
final class VegetaJson implements LoadDecoder {

    @Override
    public String format() {
        return "vegeta-json";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        Hit hit = new Hit();
        return JsonLine.read(line, hit) ? result(hit, line) : line.unreadable(Reason.BROKEN_JSON);
    }

    private static Outcome result(Hit hit, RawLine line) {
        if (hit.timestamp.isEmpty() || hit.latency.isEmpty() || hit.code.isEmpty()) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        Optional<Timestamp> start = Timestamp.rfc3339(hit.timestamp);
        if (start.isEmpty()) {
            return line.unreadable(Reason.BAD_TIME);
        }
        Optional<Duration> latency = Latency.ofNanos(hit.latency);
        Optional<Integer> status = status(hit.code);
        if (latency.isEmpty() || status.isEmpty()) {
            return line.unreadable(Reason.BROKEN_JSON);
        }
        boolean badStatus = status.get() < 200 || status.get() >= 400;
        boolean failed = badStatus || !hit.error.isEmpty();
        return new Outcome.Result(new RequestResult(
                "vegeta",
                // vegeta before 12.8 tells neither method nor URL; the attack's name is all there is.
                EndpointName.given(hit.url.isEmpty() ? hit.attack : "", hit.method, hit.url),
                start.get().at(),
                start.get().precision(),
                latency.get(),
                failed,
                failed ? error(status.get(), badStatus, hit.error) : ""));
    }

    private static String error(int status, boolean badStatus, String error) {
        boolean answered = badStatus && status > 0;
        return answered ? ErrorText.ofStatus(status) : error.isBlank() ? "no response" : ErrorText.ofGo(error);
    }

    private static Optional<Integer> status(String code) {
        try {
            int status = Integer.parseInt(code);
            return status >= 0 && status <= 999 ? Optional.of(status) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A line's fields, as far as they were read. */
    private static final class Hit implements JsonLine.Fields {
        private String attack = "";
        private String code = "";
        private String timestamp = "";
        private String latency = "";
        private String error = "";
        private String method = "";
        private String url = "";

        @Override
        public void take(String field, JsonParser at) throws IOException {
            switch (field) {
                case "attack" -> attack = JsonLine.scalar(at);
                case "code" -> code = JsonLine.scalar(at);
                case "timestamp" -> timestamp = JsonLine.scalar(at);
                case "latency" -> latency = JsonLine.scalar(at);
                case "error" -> error = JsonLine.scalar(at);
                case "method" -> method = JsonLine.scalar(at);
                case "url" -> url = JsonLine.scalar(at);
                default -> {}
            }
        }
    }
}
