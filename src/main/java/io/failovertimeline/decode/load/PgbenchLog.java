package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import java.util.Set;

/**
 * {@code pgbench --log}: a transaction a line, stamped at its end: {@code client transaction microseconds script second microsecond
 * [lag] [retries]}. Since 15 a transaction that failed has a word instead of its time, such as {@code serialization}; one that was
 * {@code skipped} was never begun and is left out.
 *
 * <p>A client that loses its connection is gone for good and leaves no line: an outage shows as silence.
 *
 * @see <a href="https://www.postgresql.org/docs/current/pgbench.html#id-1.9.4.11.9.9.2">pgbench's description</a>
 */
final class PgbenchLog implements LoadDecoder {

    private static final int LEAST_FIELDS = 6;
    private static final int MOST_FIELDS = 8;
    private static final int TOOK = 2;
    private static final String SKIPPED = "skipped";
    private static final Set<String> WORDS = Set.of("failed", "serialization", "deadlock", SKIPPED);

    private final Fields fields = new Fields();
    private final Moment moment = new Moment();
    private final CurrentRequest request = new CurrentRequest("pgbench");
    private final EndpointNames names;

    PgbenchLog(EndpointNames names) {
        this.names = names;
    }

    /** Whether {@code line} is one of such a file. */
    static boolean isLine(RawLine line) {
        Fields fields = new Fields();
        fields.plain(line, ' ');
        return isLine(fields);
    }

    private static boolean isLine(Fields row) {
        boolean isTime = row.isNumber(TOOK, 1, 12) || WORDS.contains(row.text(TOOK));
        boolean hasShape = row.count() >= LEAST_FIELDS
                && row.count() <= MOST_FIELDS
                && row.isNumber(0, 1, 6)
                && row.isNumber(1, 1, 18)
                && row.isNumber(3, 1, 4)
                && row.isNumber(4, 10, 10)
                && row.isNumber(5, 1, 6);
        return isTime && hasShape;
    }

    @Override
    public String format() {
        return "pgbench-log";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        fields.plain(line, ' ');
        if (!isLine(fields)) {
            return line.unreadable(Reason.BROKEN_RESULT);
        }
        boolean isTimed = fields.isNumber(TOOK, 1, 12);
        String failure = isTimed ? "" : fields.text(TOOK);
        if (failure.equals(SKIPPED)) {
            return RawLine.nothing();
        }
        long latency = isTimed ? Latency.of(fields, TOOK, Latency.Unit.MICROS) : 0;
        if (latency == Latency.NONE) {
            return line.unreadable(Reason.BROKEN_RESULT);
        }
        // microseconds are not padded with zeros: 1175850569 608 is .000608
        moment.at(fields.number(4), (int) fields.number(5) * 1000, Precision.MICROS);
        String script = names.given("script " + fields.text(3), "", "");
        return request.told(script, moment.minus(latency), latency, failure);
    }
}
