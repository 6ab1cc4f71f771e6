package io.failovertimeline.decode.load;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * This program's own record of one request, which any client can send:
 *
 * <pre>{@code
 * {"generator":"k6","endpoint":"GET /Cities","start":"2023-12-10T13:19:54.575Z","precision":"MILLIS",
 *  "latencyMs":12.5,"failed":false,"error":""}
 * }</pre>
 *
 * on one line. {@code precision} may be left out, then the digits of {@code start} tell; {@code error} may be left out. A
 * {@code count} says how many such requests there were, if not one, and {@code timed} is false where {@code latencyMs} is not that of each. Other fields
 * are ignored. Texts are cut to 200 characters. The schema is {@code schemas/load-result.schema.json}.
 */
public final class RequestJson implements LoadDecoder {

    /** Requests that one record may stand for. */
    static final long MOST = 1_000_000_000;

    private static final JsonFactory FACTORY = new JsonFactory();

    private final EndpointNames names;

    RequestJson(EndpointNames names) {
        this.names = names;
    }

    /** {@code request} as such a record, without a line end. What is written reads as an equal result. */
    public static byte[] write(RequestResult request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringField("generator", BoundedText.of(request.generator()));
            json.writeStringField("endpoint", BoundedText.of(request.endpoint()));
            json.writeStringField("start", request.start().toString());
            json.writeStringField("precision", request.precision().name());
            json.writeFieldName("latencyMs");
            json.writeNumber(Latency.inMillis(request.latency()));
            json.writeBooleanField("failed", request.failed());
            json.writeStringField("error", BoundedText.of(request.error()));
            if (request.count() != 1) {
                json.writeNumberField("count", request.count());
            }
            if (!request.timed()) {
                json.writeBooleanField("timed", false);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    @Override
    public String format() {
        return "request-json";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        Fields fields = new Fields();
        return JsonLine.read(line, fields) ? result(fields, line) : line.unreadable(Reason.BROKEN_JSON);
    }

    private Outcome result(Fields fields, RawLine line) {
        if (fields.isIncomplete()) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        Optional<Timestamp> start = Timestamp.rfc3339(fields.start);
        if (start.isEmpty()) {
            return line.unreadable(Reason.BAD_TIME);
        }
        Optional<Duration> latency = Latency.ofMillis(fields.latencyMs);
        Optional<Precision> precision =
                fields.precision.isEmpty() ? start.map(Timestamp::precision) : precision(fields.precision);
        Optional<Long> count = count(fields.count);
        if (latency.isEmpty() || precision.isEmpty() || count.isEmpty()) {
            return line.unreadable(Reason.BROKEN_JSON);
        }
        return new Outcome.Result(new RequestResult(
                BoundedText.of(fields.generator),
                names.given(fields.endpoint, "", ""),
                start.get().at(),
                precision.get(),
                latency.get(),
                fields.failed.orElseThrow(),
                BoundedText.of(fields.error),
                count.get(),
                fields.timed.orElse(true)));
    }

    private static Optional<Long> count(String text) {
        try {
            return Optional.of(text.isEmpty() ? 1 : Long.parseLong(text)).filter(count -> count > 0 && count <= MOST);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Precision> precision(String name) {
        for (Precision precision : Precision.values()) {
            if (precision != Precision.REPEATED_HOUR && precision.name().equals(name)) {
                return Optional.of(precision);
            }
        }
        return Optional.empty();
    }

    /** A record's fields, as far as they were read. */
    private static final class Fields implements JsonLine.Fields {
        private String generator = "";
        private String endpoint = "";
        private String start = "";
        private String precision = "";
        private String latencyMs = "";
        private Optional<Boolean> failed = Optional.empty();
        private String error = "";
        private String count = "";
        private Optional<Boolean> timed = Optional.empty();

        private boolean isIncomplete() {
            return generator.isEmpty()
                    || endpoint.isEmpty()
                    || start.isEmpty()
                    || latencyMs.isEmpty()
                    || failed.isEmpty();
        }

        @Override
        public void take(String field, JsonParser at) throws IOException {
            switch (field) {
                case "generator" -> generator = JsonLine.scalar(at);
                case "endpoint" -> endpoint = JsonLine.scalar(at);
                case "start" -> start = JsonLine.scalar(at);
                case "precision" -> precision = JsonLine.scalar(at);
                case "latencyMs" -> latencyMs = JsonLine.scalar(at);
                case "failed" -> failed = flag(at);
                case "error" -> error = JsonLine.scalar(at);
                case "count" -> count = JsonLine.scalar(at);
                case "timed" -> timed = flag(at);
                default -> {}
            }
        }

        private static Optional<Boolean> flag(JsonParser at) {
            JsonToken token = at.currentToken();
            return token.isBoolean() ? Optional.of(token == JsonToken.VALUE_TRUE) : Optional.empty();
        }
    }
}
