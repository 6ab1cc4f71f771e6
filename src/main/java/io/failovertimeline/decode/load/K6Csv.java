package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code k6 run --out csv=…}. Columns are found by the header, as they vary with {@code --system-tags}.
 *
 * <p>Times are whole seconds unless {@code K6_CSV_TIME_FORMAT} says otherwise. A request's start is the beginning of that second less
 * its duration: the earliest instant the stamp allows, and up to a second before the true one.
 *
 * <p>A field with a line break in it is not supported: its row is reported as broken.
 *
 * @see <a href="https://grafana.com/docs/k6/latest/results-output/real-time/csv/">k6's description</a>
 */
final class K6Csv implements LoadDecoder {

    private static final byte[] METRIC = "metric_name".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> NAMES = names();

    private final K6Requests requests;
    private final Fields fields = new Fields();
    private Optional<Columns> columns = Optional.empty();
    private int[] places = new int[0];
    private K6Sample sample = new K6Sample();
    private int count;

    K6Csv(EndpointNames names) {
        requests = new K6Requests(names, Reason.BROKEN_CSV);
    }

    /** In the order of {@link K6Sample}'s numbers. */
    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("metric_name", "timestamp", "metric_value"));
        names.addAll(K6Sample.TAGS);
        return List.copyOf(names);
    }

    /** Whether {@code line} is a header of such a file. */
    static boolean isHeader(RawLine line) {
        Fields fields = new Fields();
        return line.contains(METRIC) && fields.csv(line, ',') == Fields.Split.WHOLE && isHeader(new Columns(fields));
    }

    private static boolean isHeader(Columns columns) {
        return columns.have("metric_name", "timestamp", "metric_value");
    }

    @Override
    public String format() {
        return "k6-csv";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        return concernsRequests(line) ? rowOrHeader(line) : otherMetric(line);
    }

    // Seven rows in nine are of other metrics. This test is all that they cost.
    private boolean concernsRequests(RawLine line) {
        boolean isFirst = columns.isPresent() && places[K6Sample.METRIC] == 0 && !line.startsWith('"');
        return !isFirst
                || isOf(line, K6Requests.FAILED)
                || isOf(line, K6Requests.DURATION)
                || (requests.undecided() && isOf(line, K6Requests.COUNT))
                || line.startsWith(METRIC);
    }

    private static boolean isOf(RawLine line, byte[] metric) {
        return line.hasAt(metric.length, ',') && line.startsWith(metric);
    }

    private static Outcome otherMetric(RawLine line) {
        int comma = line.indexOf(',');
        return comma > 0 && line.hasDigitAt(comma + 1) ? RawLine.nothing() : line.unreadable(Reason.BROKEN_CSV);
    }

    private Outcome rowOrHeader(RawLine line) {
        if (fields.csv(line, ',') != Fields.Split.WHOLE || !line.isUtf8()) {
            return line.unreadable(Reason.BROKEN_CSV);
        }
        boolean isRow = fields.count() == count && fields.startsWithDigit(places[K6Sample.TIME]);
        if (!isRow && line.contains(METRIC)) {
            Columns header = new Columns(fields);
            if (header.have("metric_name")) {
                return header(header, line);
            }
        }
        if (columns.isEmpty()) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        return fields.count() == count ? requests.outcome(sample, line) : line.unreadable(Reason.BROKEN_CSV);
    }

    private Outcome header(Columns header, RawLine line) {
        if (!isHeader(header)) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        columns = Optional.of(header);
        count = header.count();
        places = header.of(NAMES);
        sample = new K6Sample(fields, places);
        return RawLine.nothing();
    }
}
