package io.failovertimeline.decode.load;

import com.fasterxml.jackson.core.JsonParser;
import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.io.IOException;

/**
 * {@code vegeta encode --to json}: one request a line, in the order in which they ended.
 *
 * @see <a href="https://github.com/tsenart/vegeta#json">vegeta's description</a>
 */
final class VegetaJson implements LoadDecoder {

    private final EndpointNames names;

    VegetaJson(EndpointNames names) {
        this.names = names;
    }

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
        return JsonLine.read(line, hit)
                ? hit.whole().outcome(line, names, Reason.BROKEN_JSON)
                : line.unreadable(Reason.BROKEN_JSON);
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

        private VegetaHit whole() {
            return new VegetaHit(timestamp, code, latency, error, attack, method, url);
        }

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
