package io.failovertimeline.decode.load;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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

    private static final int GENERATOR = 0;
    private static final int ENDPOINT = 1;
    private static final int START = 2;
    private static final int LATENCY = 3;
    private static final int FAILED = 4;
    private static final int PRECISION = 5;
    private static final int ERROR = 6;
    private static final int COUNT = 7;
    private static final int TIMED = 8;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final EndpointNames names;
    private final Fields fields = new Fields();
    private final JsonColumns columns = new JsonColumns(
            fields, "generator", "endpoint", "start", "latencyMs", "failed", "precision", "error", "count", "timed");
    private final Moment start = new Moment();
    private final UsualText generator = new UsualText();
    private final UsualText error = new UsualText();
    private final UsualText precision = new UsualText();

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
        return columns.read(line) ? outcome(line) : line.unreadable(Reason.BROKEN_JSON);
    }

    private Outcome outcome(RawLine line) {
        for (int field = GENERATOR; field <= LATENCY; field++) {
            if (fields.length(field) == 0) {
                return line.unreadable(Reason.MISSING_FIELD);
            }
        }
        if (!isFlag(FAILED)) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        if (!start.rfc3339(fields, START)) {
            return line.unreadable(Reason.BAD_TIME);
        }
        long latency = Latency.of(fields, LATENCY, Latency.Unit.MILLIS);
        Optional<Precision> stated = fields.length(PRECISION) == 0
                ? Optional.of(start.precision())
                : precision(precision.of(fields, PRECISION));
        Optional<Long> count = count(fields.text(COUNT));
        if (latency == Latency.NONE || stated.isEmpty() || count.isEmpty()) {
            return line.unreadable(Reason.BROKEN_JSON);
        }
        return new Outcome.Result(new RequestResult(
                generator.of(fields, GENERATOR),
                names.given(fields, ENDPOINT, -1, -1),
                Instant.ofEpochSecond(start.second(), start.nano()),
                stated.get(),
                Duration.ofNanos(latency),
                fields.is(FAILED, TRUE),
                error.of(fields, ERROR),
                count.get(),
                !isFlag(TIMED) || fields.is(TIMED, TRUE)));
    }

    /** Whether it is a boolean, and not its text in quotes. */
    private boolean isFlag(int field) {
        return !fields.isQuoted(field) && (fields.is(field, TRUE) || fields.is(field, FALSE));
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
}
