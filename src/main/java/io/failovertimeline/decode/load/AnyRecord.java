package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.decode.Framing;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RequestResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records of any of the formats in any mixture. A record may hold a whole file, or several lines of one. Rows that need a header belong to
 * the latest one of the partition; what is held back until more of its format comes, comes with that.
 */
final class AnyRecord implements LoadDecoder {

    private final LoadContext context;
    private final TellingField<LoadDecoder> tellingField;
    private final Map<String, LoadDecoder> byFormat = new HashMap<>();
    private Optional<LoadDecoder> headed = Optional.empty();

    AnyRecord(LoadContext context) {
        this.context = context;
        LoadDecoder k6 = new K6Json(context.names());
        LoadDecoder vegeta = new VegetaJson(context.names());
        LoadDecoder request = new RequestJson(context.names());
        LoadDecoder locust = new LocustRequest(context.names());
        tellingField = new TellingField<>(Map.of(
                "metric", k6,
                "type", k6,
                "attack", vegeta,
                "seq", vegeta,
                "latency", vegeta,
                "generator", request,
                "latencyMs", request,
                "request_type", locust,
                "response_time", locust));
    }

    @Override
    public String format() {
        return "load-records";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine record = new RawLine(bytes, from, to, origin);
        if (record.isBlank()) {
            return RawLine.nothing();
        }
        if (record.startsWith('{')) {
            return object(record);
        }
        int feed = record.indexOf('\n');
        return feed < 0 ? line(record) : lines(record);
    }

    private Outcome object(RawLine record) {
        Optional<LoadDecoder> decoder = tellingField.first(record).or(() -> LoadFormats.ofObject(record, context));
        return decoder.map(its -> decode(its, record)).orElseGet(() -> {
            boolean isWhole = JsonLine.read(record, (name, value) -> {});
            return record.unreadable(isWhole ? Reason.MISSING_FIELD : Reason.BROKEN_JSON);
        });
    }

    private Outcome line(RawLine line) {
        Optional<LoadDecoder> header = LoadFormats.ofHeader(line, context);
        if (header.isPresent()) {
            headed = header;
            return decode(header.get(), line);
        }
        Optional<LoadDecoder> ofRow = LoadFormats.ofRow(line, context)
                .map(decoder -> byFormat.computeIfAbsent(decoder.format(), format -> decoder));
        boolean isSummary = Totals.ofWords(line).isPresent();
        return ofRow.or(() -> headed)
                .map(decoder -> decode(decoder, line))
                .orElseGet(() -> line.unreadable(isSummary ? Reason.TOTALS_ONLY : Reason.BROKEN_RESULT));
    }

    /** The first line that can't be read stands for all such. */
    private Outcome lines(RawLine record) {
        List<RequestResult> results = new ArrayList<>();
        List<Outcome> unreadable = new ArrayList<>(1);
        int end = record.from() + record.length();
        for (int from = record.from(); from < end; from = Framing.lineFeed(record.bytes(), from, end) + 1) {
            int to = Framing.lineFeed(record.bytes(), from, end);
            Outcome outcome = decode(record.bytes(), from, to, record.origin());
            outcome.match(
                    result -> results.addAll(result.requests()),
                    broken -> unreadable.isEmpty() && unreadable.add(outcome),
                    () -> true);
        }
        if (results.isEmpty()) {
            return unreadable.isEmpty() ? RawLine.nothing() : unreadable.get(0);
        }
        return new Outcome.Result(results);
    }

    private static Outcome decode(LoadDecoder decoder, RawLine line) {
        return decoder.decode(line.bytes(), line.from(), line.to(), line.origin());
    }
}
