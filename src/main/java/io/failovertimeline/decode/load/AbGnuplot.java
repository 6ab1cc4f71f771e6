package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code ab -g}: completed requests, in the order of their latency, with the second of their start. Whether one failed is not told, and
 * those without a response are not in it: an outage shows as silence.
 */
final class AbGnuplot implements LoadDecoder {

    private static final byte[] HEADER =
            "starttime\tseconds\tctime\tdtime\tttime\twait".getBytes(StandardCharsets.US_ASCII);

    private final Fields fields = new Fields();
    private final EndpointNames names;

    AbGnuplot(EndpointNames names) {
        this.names = names;
    }

    /** Whether {@code line} is the header of such a file. */
    static boolean isHeader(RawLine line) {
        return line.startsWith(HEADER);
    }

    @Override
    public String format() {
        return "ab-gnuplot";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank() || isHeader(line)) {
            return RawLine.nothing();
        }
        fields.plain(line, '\t');
        Optional<Duration> latency = Latency.ofMillis(fields.text(4));
        if (fields.count() != 6 || !fields.isNumber(1, 9, 11) || latency.isEmpty()) {
            return line.unreadable(Reason.BROKEN_RESULT);
        }
        return new Outcome.Result(new RequestResult(
                "ab",
                names.given("", "", ""),
                Instant.ofEpochSecond(fields.number(1)),
                Precision.SECONDS,
                latency.get(),
                false,
                ""));
    }
}
