package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.util.Map;

/** Records of any of the JSON formats in any mixture. */
final class AnyJson implements LoadDecoder {

    private final Map<String, LoadDecoder> byTellingField;

    AnyJson() {
        LoadDecoder k6 = new K6Json();
        LoadDecoder vegeta = new VegetaJson();
        LoadDecoder request = new RequestJson();
        byTellingField = Map.of(
                "metric", k6,
                "type", k6,
                "attack", vegeta,
                "seq", vegeta,
                "latency", vegeta,
                "generator", request,
                "endpoint", request,
                "latencyMs", request);
    }

    @Override
    public String format() {
        return "load-json";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        return JsonLine.firstField(line, byTellingField.keySet())
                .map(byTellingField::get)
                .map(decoder -> decoder.decode(bytes, from, to, origin))
                .orElseGet(() -> ofNoFormat(line));
    }

    private static Outcome ofNoFormat(RawLine line) {
        boolean whole = JsonLine.read(line, (name, value) -> {});
        return line.unreadable(whole ? Reason.MISSING_FIELD : Reason.BROKEN_JSON);
    }
}
