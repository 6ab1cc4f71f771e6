package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;

/**
 * {@code vegeta encode --to json}: one request a line, in the order in which they ended.
 *
 * @see <a href="https://github.com/tsenart/vegeta#json">vegeta's description</a>
 */
final class VegetaJson implements LoadDecoder {

    private final Fields fields = new Fields();
    private final JsonColumns columns =
            new JsonColumns(fields, "timestamp", "code", "latency", "error", "attack", "method", "url");
    private final VegetaHit hit;

    VegetaJson(EndpointNames names) {
        hit = new VegetaHit(fields, names, 0, 1, 2, 3, 4, 5, 6);
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
        return columns.read(line) ? hit.outcome(line, Reason.BROKEN_JSON) : line.unreadable(Reason.BROKEN_JSON);
    }
}
