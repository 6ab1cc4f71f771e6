package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.nio.charset.StandardCharsets;

/**
 * {@code ab -g}: completed requests, in the order of their latency, with the second of their start. Whether one failed is not told, and
 * those without a response are not in it: an outage shows as silence.
 */
final class AbGnuplot implements LoadDecoder {

    private static final byte[] HEADER =
            "starttime\tseconds\tctime\tdtime\tttime\twait".getBytes(StandardCharsets.US_ASCII);

    private final Fields fields = new Fields();
    private final Moment start = new Moment();
    private final CurrentRequest request = new CurrentRequest("ab");
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
        long latency = Latency.of(fields, 4, Latency.Unit.MILLIS);
        boolean isWhole = fields.count() == 6 && fields.isNumber(1, 9, 11) && latency != Latency.NONE;
        return isWhole && start.read(fields, 1)
                ? request.told(names.given("", "", ""), start, latency, "")
                : line.unreadable(Reason.BROKEN_RESULT);
    }
}
