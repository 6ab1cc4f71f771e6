package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code pgbench --log --aggregate-interval=…}: what ended in an interval, a line each: {@code begin transactions sum-of-latency
 * sum-of-squares min max …}, since 15 with failures at its end. The interval shows in the distance of two lines, and lines of an interval of
 * more than a minute are not used. The last line is told only at the end, by the interval before.
 */
final class PgbenchAggregate implements LoadDecoder {

    private static final int LEAST_FIELDS = 6;
    private static final int MOST_FIELDS = 15;
    private static final int SERIALIZATION_FAILURES = 13;
    private static final int DEADLOCK_FAILURES = 14;

    private record Interval(long begin, long succeeded, long failed, Duration slowest) {}

    private final Fields fields = new Fields();
    private final EndpointNames names;
    private Optional<Interval> held = Optional.empty();
    private long width = 1;

    PgbenchAggregate(EndpointNames names) {
        this.names = names;
    }

    /** Whether {@code line} is one of such a file. */
    static boolean isLine(RawLine line) {
        Fields fields = new Fields();
        fields.plain(line, ' ');
        return isLine(fields);
    }

    private static boolean isLine(Fields row) {
        if (row.count() < LEAST_FIELDS || row.count() > MOST_FIELDS || !row.isNumber(0, 10, 10)) {
            return false;
        }
        for (int i = 1; i < row.count(); i++) {
            if (!row.isNumber(i, 1, 30)) {
                return false;
            }
        }
        // least, mean and longest latency are in this order; a log of single transactions looks alike otherwise
        return row.number(1) >= 0 && row.number(1) <= RequestJson.MOST && row.number(4) <= row.number(5);
    }

    @Override
    public String format() {
        return "pgbench-aggregate";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        fields.plain(line, ' ');
        long slowest = isLine(fields) ? Latency.of(fields, 5, Latency.Unit.MICROS) : Latency.NONE;
        if (slowest == Latency.NONE) {
            return line.unreadable(Reason.BROKEN_RESULT);
        }
        long failed =
                Math.max(0, fields.number(SERIALIZATION_FAILURES)) + Math.max(0, fields.number(DEADLOCK_FAILURES));
        Interval next = new Interval(
                fields.number(0), fields.number(1), Math.min(failed, RequestJson.MOST), Duration.ofNanos(slowest));
        held.filter(before -> next.begin() > before.begin()).ifPresent(before -> width = next.begin() - before.begin());
        List<RequestResult> results = end();
        held = Optional.of(next);
        return results.isEmpty() ? RawLine.nothing() : new Outcome.Result(results);
    }

    @Override
    public List<RequestResult> end() {
        List<RequestResult> results = new ArrayList<>(2);
        held.filter(interval -> width <= 60).ifPresent(interval -> {
            add(results, interval, "", interval.succeeded());
            add(results, interval, "failed", interval.failed());
        });
        held = Optional.empty();
        return results;
    }

    private void add(List<RequestResult> results, Interval interval, String error, long count) {
        if (count > 0) {
            results.add(RequestResult.counted(
                    "pgbench",
                    names.given("transactions", "", ""),
                    Instant.ofEpochSecond(interval.begin()),
                    width <= 1 ? Precision.SECONDS : width <= 10 ? Precision.TEN_SECONDS : Precision.MINUTES,
                    interval.slowest(),
                    error,
                    count));
        }
    }
}
