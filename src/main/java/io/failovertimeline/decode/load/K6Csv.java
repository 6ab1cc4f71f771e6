package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    private static final byte[] METRIC = ascii("metric_name");
    private static final byte[] FAILED = ascii(K6Requests.FAILED);
    private static final byte[] DURATION = ascii(K6Requests.DURATION);
    private static final byte[] COUNT = ascii(K6Requests.COUNT);
    private static final byte[] FAILED_START = ascii(K6Requests.FAILED + ',');
    private static final byte[] DURATION_START = ascii(K6Requests.DURATION + ',');
    private static final byte[] COUNT_START = ascii(K6Requests.COUNT + ',');

    /** The columns that tell of a request, in the order of the constants below. */
    private static final String[] NAMES = {
        "timestamp",
        "metric_value",
        "status",
        "error",
        "error_code",
        "expected_response",
        "method",
        "name",
        "url",
        "group",
        "scenario"
    };

    private static final int TIME = 0;
    private static final int VALUE = 1;
    private static final int STATUS = 2;
    private static final int ERROR = 3;
    private static final int ERROR_CODE = 4;
    private static final int EXPECTED_RESPONSE = 5;
    private static final int METHOD = 6;
    private static final int NAME = 7;
    private static final int URL = 8;

    private final K6Requests requests = new K6Requests(Reason.BROKEN_CSV);
    private final Fields fields = new Fields();
    private final EndpointNames names;
    private Optional<Columns> columns = Optional.empty();
    private final int[] places = new int[NAMES.length];
    private int metric;

    K6Csv(EndpointNames names) {
        this.names = names;
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
        boolean isOfRequest = line.startsWith(FAILED_START) || line.startsWith(DURATION_START);
        if (isOfRequest && metric == 0 && columns.isPresent()) {
            return row(line);
        }
        return concernsRequests(line) ? rowOrHeader(line) : otherMetric(line);
    }

    // Nine rows in eleven are of other metrics. This test is all that they cost.
    private boolean concernsRequests(RawLine line) {
        return metric != 0
                || line.startsWith(FAILED_START)
                || line.startsWith(DURATION_START)
                || (requests.undecided() && line.startsWith(COUNT_START))
                || line.startsWith(METRIC)
                || (columns.isEmpty() && line.contains(METRIC))
                || line.startsWith('"');
    }

    private static Outcome otherMetric(RawLine line) {
        int comma = line.indexOf(',');
        return comma > 0 && line.hasDigitAt(comma + 1) ? RawLine.nothing() : line.unreadable(Reason.BROKEN_CSV);
    }

    private Outcome rowOrHeader(RawLine line) {
        if (fields.csv(line, ',') != Fields.Split.WHOLE || !line.isUtf8()) {
            return line.unreadable(Reason.BROKEN_CSV);
        }
        if (line.contains(METRIC)) {
            Columns header = new Columns(fields);
            if (header.have("metric_name")) {
                return header(header, line);
            }
        }
        return columns.isEmpty() ? line.unreadable(Reason.MISSING_FIELD) : row(line);
    }

    private Outcome header(Columns header, RawLine line) {
        if (!isHeader(header)) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        columns = Optional.of(header);
        metric = header.of("metric_name");
        Arrays.setAll(places, i -> header.of(NAMES[i]));
        return RawLine.nothing();
    }

    private Outcome row(RawLine line) {
        boolean isWhole = fields.csv(line, ',') == Fields.Split.WHOLE
                && columns.filter(its -> its.count() == fields.count()).isPresent()
                && line.isUtf8();
        if (!isWhole) {
            return line.unreadable(Reason.BROKEN_CSV);
        }
        if (fields.is(metric, FAILED)) {
            return requests.failed(new Row(line), line);
        }
        if (fields.is(metric, DURATION)) {
            return requests.duration(new Row(line), line);
        }
        return isCount(line) ? requests.nextRequest(line) : RawLine.nothing();
    }

    private boolean isCount(RawLine line) {
        return fields.is(metric, COUNT)
                || (line.startsWith('"') && fields.text(metric).equals(K6Requests.COUNT));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A row of which only these fields are kept: some wait for the next row of their request. */
    private final class Row implements K6Sample {

        private final byte[] kept;
        private final int[] ends = new int[NAMES.length];
        private final String endpoint;

        private Row(RawLine line) {
            int length = 0;
            for (int i = 0; i < places.length; i++) {
                length += fields.to(places[i]) - fields.from(places[i]);
                ends[i] = length;
            }
            kept = new byte[length];
            for (int i = 0; i < places.length; i++) {
                int size = fields.to(places[i]) - fields.from(places[i]);
                System.arraycopy(line.bytes(), fields.from(places[i]), kept, ends[i] - size, size);
            }
            endpoint = names.given(fields, line.bytes(), places[NAME], places[METHOD], places[URL]);
        }

        private int from(int field) {
            return field == 0 ? 0 : ends[field - 1];
        }

        private String text(int field) {
            int from = from(field);
            int to = ends[field];
            return from < to && kept[from] == '"'
                    ? new String(kept, from + 1, to - from - 2, StandardCharsets.UTF_8).replace("\"\"", "\"")
                    : new String(kept, from, to - from, StandardCharsets.UTF_8);
        }

        @Override
        public String value() {
            return text(VALUE);
        }

        @Override
        public String time() {
            return text(TIME);
        }

        @Override
        public String status() {
            return text(STATUS);
        }

        @Override
        public String error() {
            return text(ERROR);
        }

        @Override
        public String errorCode() {
            return text(ERROR_CODE);
        }

        @Override
        public boolean isJudged() {
            return ends[EXPECTED_RESPONSE] > from(EXPECTED_RESPONSE);
        }

        @Override
        public String endpoint() {
            return endpoint;
        }

        @Override
        public boolean isOfSameRequest(K6Sample other) {
            return other instanceof Row its
                    && Arrays.equals(kept, 0, ends[TIME], its.kept, 0, its.ends[TIME])
                    && Arrays.equals(kept, ends[VALUE], kept.length, its.kept, its.ends[VALUE], its.kept.length)
                    && haveEqualSizes(its);
        }

        private boolean haveEqualSizes(Row its) {
            int shift = its.ends[VALUE] - ends[VALUE];
            for (int i = STATUS; i < ends.length; i++) {
                if (ends[i] + shift != its.ends[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
