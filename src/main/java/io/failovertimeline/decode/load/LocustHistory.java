package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Locust's {@code …_stats_history.csv}: a row a second with what was counted since the begin, for each name ({@code
 * --csv-full-history}) and for all together. What a row has more than the one before of its name ended in between. When it was sent is not
 * told: where all of it succeeded or all of it failed, the mean of its latencies before that. Else what succeeded is taken as of no latency,
 * and what failed as of the longest that its sum and the longest of all allow: the earliest start that it can have had on average.
 * Rates are smoothed over ten seconds, so they are not used.
 *
 * <p>Rows for all together count only where there are none for names beside them. A total that falls was reset.
 */
final class LocustHistory implements LoadDecoder {

    private static final byte[] TIME = {'T', 'i', 'm', 'e', 's', 't', 'a', 'm', 'p'};
    private static final String ALL = "Aggregated";
    private static final String REQUESTS = "Total Request Count";
    private static final String AVERAGE = "Total Average Response Time";
    private static final String FAILURES = "Total Failure Count";
    private static final String SLOWEST = "Total Max Response Time";

    private static final long MOST_SECONDS = 99_999_999_999L;
    private static final double LONGEST_NANOS = 3600e9;

    /** Beyond this many names none is told apart any more. */
    private static final int MOST_NAMES = 10_000;

    /** {@code millis} is the sum of all latencies, {@code slowest} the longest of them, zero if that is not told. */
    private record Totals(long requests, long failures, double millis, Duration slowest) {
        private static final Totals NONE = new Totals(0, 0, 0, Duration.ZERO);
    }

    private final Fields fields = new Fields();
    private final EndpointNames names;
    private final Map<String, Totals> before = new HashMap<>();
    private Optional<Columns> columns = Optional.empty();
    private long sample = Long.MIN_VALUE;
    private long previous = Long.MIN_VALUE;
    private boolean hasNames;
    private List<RequestResult> ofAll = List.of();

    LocustHistory(EndpointNames names) {
        this.names = names;
    }

    /** Whether {@code line} is a header of such a file. */
    static boolean isHeader(RawLine line) {
        Fields fields = new Fields();
        return line.contains(TIME)
                && fields.csv(line, ',') == Fields.Split.WHOLE
                && new Columns(fields).have("Timestamp", "Name", REQUESTS, FAILURES);
    }

    @Override
    public String format() {
        return "locust-history";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        if (fields.csv(line, ',') != Fields.Split.WHOLE || !line.isUtf8()) {
            return line.unreadable(Reason.BROKEN_CSV);
        }
        if (fields.is(0, TIME) || columns.isEmpty()) {
            columns = Optional.of(new Columns(fields)).filter(its -> its.have("Timestamp", "Name", REQUESTS, FAILURES));
            return columns.isPresent() ? RawLine.nothing() : line.unreadable(Reason.MISSING_FIELD);
        }
        return row(columns.get(), line);
    }

    private Outcome row(Columns its, RawLine line) {
        long at = fields.number(its.of("Timestamp"));
        long requests = fields.number(its.of(REQUESTS));
        long failures = fields.number(its.of(FAILURES));
        double average = Math.max(0, Latency.of(fields, its.of(AVERAGE), Latency.Unit.MILLIS)) / 1e6;
        if (fields.count() != its.count() || at < 0 || at > MOST_SECONDS || requests < 0 || failures < 0) {
            return line.unreadable(Reason.BROKEN_CSV);
        }
        List<RequestResult> found = new ArrayList<>();
        if (at != sample) {
            found.addAll(end());
            previous = sample;
            sample = at;
            hasNames = false;
        }
        Duration slowest = mean(Math.max(0, Latency.of(fields, its.of(SLOWEST), Latency.Unit.MILLIS)) / 1e6, 1);
        String name = fields.text(its.of("Name"));
        String type = fields.text(its.of("Type"));
        List<RequestResult> more =
                grown(type, name, new Totals(requests, Math.min(failures, requests), requests * average, slowest));
        if (type.isEmpty() && name.equals(ALL)) {
            ofAll = more;
        } else {
            hasNames = true;
            found.addAll(more);
        }
        return found.isEmpty() ? RawLine.nothing() : new Outcome.Result(found);
    }

    @Override
    public List<RequestResult> end() {
        List<RequestResult> held = hasNames ? List.of() : ofAll;
        ofAll = List.of();
        return held;
    }

    private List<RequestResult> grown(String type, String name, Totals now) {
        String key = before.size() < MOST_NAMES ? type + " " + name : "";
        Totals last = before.getOrDefault(key, Totals.NONE);
        boolean isReset = now.requests() < last.requests() || now.failures() < last.failures();
        Totals since = isReset ? Totals.NONE : last;
        before.put(key, now);
        long failed = now.failures() - since.failures();
        long succeeded = Math.max(0, now.requests() - since.requests() - failed);
        String endpoint = endpoint(type, name);
        double millis = now.millis() - since.millis();
        List<RequestResult> grown = new ArrayList<>(2);
        if (succeeded > 0) {
            grown.add(result(endpoint, "", succeeded, failed > 0 ? Duration.ZERO : mean(millis, succeeded)));
        }
        if (failed > 0) {
            Duration most = mean(millis, failed);
            boolean isTooLong = succeeded > 0 && most.compareTo(now.slowest()) > 0;
            grown.add(result(endpoint, "failed", failed, isTooLong ? now.slowest() : most));
        }
        return grown;
    }

    /** A path, as Locust names requests by default, belongs to its method. */
    private String endpoint(String type, String name) {
        return name.startsWith("/") ? names.given("", type, name) : names.given(name, type, "");
    }

    private static Duration mean(double millis, long count) {
        double nanos = millis * 1e6 / Math.max(1, count);
        return nanos > 0 && nanos < LONGEST_NANOS ? Duration.ofNanos(Math.round(nanos)) : Duration.ZERO;
    }

    private RequestResult result(String endpoint, String error, long count, Duration latency) {
        long from = previous == Long.MIN_VALUE || previous > sample ? sample : previous;
        return RequestResult.counted(
                "locust",
                endpoint,
                Instant.ofEpochSecond(from).minus(latency),
                Precision.SECONDS,
                latency,
                error,
                count);
    }
}
