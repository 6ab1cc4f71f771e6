package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import java.nio.charset.StandardCharsets;

/**
 * What a listener of Locust's {@code request} event gets, one JSON object a line: {@code request_type}, {@code name}, {@code
 * response_time} in milliseconds, {@code start_time} in seconds since 1970, {@code exception}, which is null or a text.
 *
 * @see <a href="https://docs.locust.io/en/stable/extending-locust.html">Locust's description</a>
 */
final class LocustRequest implements LoadDecoder {

    private static final int TYPE = 0;
    private static final int NAME = 1;
    private static final int RESPONSE_TIME = 2;
    private static final int START_TIME = 3;
    private static final int EXCEPTION = 4;
    private static final int URL = 5;
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final EndpointNames names;
    private final Fields fields = new Fields();
    private final JsonColumns columns =
            new JsonColumns(fields, "request_type", "name", "response_time", "start_time", "exception", "url");
    private final Moment start = new Moment();
    private final CurrentRequest request = new CurrentRequest("locust");

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
        return columns.read(line) ? outcome(line) : line.unreadable(Reason.BROKEN_JSON);
    }

    private Outcome outcome(RawLine line) {
        if (fields.length(START_TIME) == 0 || fields.length(RESPONSE_TIME) == 0 || fields.length(NAME) == 0) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        if (!start.epochSeconds(fields, START_TIME)) {
            return line.unreadable(Reason.BAD_TIME);
        }
        long latency = Latency.of(fields, RESPONSE_TIME, Latency.Unit.MILLIS);
        if (latency == Latency.NONE) {
            return line.unreadable(Reason.BROKEN_JSON);
        }
        boolean isPath = fields.isAt(NAME, 0, '/');
        String endpoint = names.given(fields, isPath ? -1 : NAME, TYPE, isPath ? NAME : URL);
        start.at(start.second(), start.nano(), Precision.MICROS);
        return request.told(endpoint, start, latency, hasFailed() ? error(fields.text(EXCEPTION)) : "");
    }

    private boolean hasFailed() {
        return fields.length(EXCEPTION) > 0 && (fields.isQuoted(EXCEPTION) || !fields.is(EXCEPTION, FALSE));
    }

    /** {@code HTTPError('500 Server Error: … for url: …')} names the URL; the status is enough. */
    private static String error(String exception) {
        String quoted = exception.replaceFirst("^HTTPError\\(['\"]", "");
        boolean isStatus = !quoted.equals(exception) && quoted.matches("(?s)[1-5][0-9][0-9] .*");
        return isStatus ? ErrorText.ofStatus(Integer.parseInt(quoted.substring(0, 3))) : ErrorText.ofGo(exception);
    }
}
