package io.failovertimeline.decode.load;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final String METRIC = "metric_name";
    private static final String TIME = "timestamp";
    private static final String VALUE = "metric_value";

    private static final byte[] HEADER_START = ascii(METRIC);
    private static final byte[] FAILED_START = ascii(K6Requests.FAILED + ',');
    private static final byte[] DURATION_START = ascii(K6Requests.DURATION + ',');
    private static final byte[] COUNT_START = ascii(K6Requests.COUNT + ',');

    private final CsvReader.CsvReaderBuilder csv = CsvReader.builder();
    private final K6Requests requests = new K6Requests(Reason.BROKEN_CSV);
    private Map<String, Integer> columns = Map.of();
    private int columnCount;
    private boolean metricStandsFirst = true;

    /** Whether {@code line} is a header of such a file. */
    static boolean isHeader(RawLine line) {
        return line.contains(HEADER_START)
                && new K6Csv().fields(line).filter(K6Csv::isHeader).isPresent();
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
        return concernsRequests(line) ? decodeRow(line) : otherMetric(line);
    }

    // Nine rows in eleven are of other metrics. This test is all that they cost.
    private boolean concernsRequests(RawLine line) {
        return !metricStandsFirst
                || line.startsWith(FAILED_START)
                || line.startsWith(DURATION_START)
                || (requests.undecided() && line.startsWith(COUNT_START))
                || line.startsWith(HEADER_START)
                || (columns.isEmpty() && line.contains(HEADER_START))
                || line.startsWith('"');
    }

    private static Outcome otherMetric(RawLine line) {
        int comma = line.indexOf(',');
        return comma > 0 && line.hasDigitAt(comma + 1) ? RawLine.nothing() : line.unreadable(Reason.BROKEN_CSV);
    }

    private Outcome decodeRow(RawLine line) {
        Optional<List<String>> fields = fields(line);
        if (fields.isEmpty()) {
            return line.unreadable(Reason.BROKEN_CSV);
        }
        List<String> row = fields.get();
        if (row.contains(METRIC)) {
            return header(row, line);
        }
        if (columns.isEmpty()) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        return row.size() == columnCount ? requests.accept(sample(row), line) : line.unreadable(Reason.BROKEN_CSV);
    }

    private Outcome header(List<String> row, RawLine line) {
        if (!isHeader(row)) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
            byName.putIfAbsent(row.get(i), i);
        }
        columns = byName;
        columnCount = row.size();
        metricStandsFirst = row.get(0).equals(METRIC);
        return RawLine.nothing();
    }

    private static boolean isHeader(List<String> row) {
        return row.contains(METRIC) && row.contains(TIME) && row.contains(VALUE);
    }

    private Optional<List<String>> fields(RawLine line) {
        try {
            return line.text().map(text -> csv.ofSingleCsvRecord(text).getFields());
        } catch (CsvParseException broken) {
            return Optional.empty();
        }
    }

    private K6Sample sample(List<String> row) {
        return new K6Sample(
                field(row, METRIC),
                field(row, TIME),
                field(row, VALUE),
                new K6Sample.Tags(
                        field(row, "method"),
                        field(row, "name"),
                        field(row, "url"),
                        field(row, "status"),
                        field(row, "error"),
                        field(row, "error_code"),
                        field(row, "expected_response"),
                        field(row, "group"),
                        field(row, "scenario")));
    }

    private String field(List<String> row, String column) {
        Integer index = columns.get(column);
        return index == null ? "" : row.get(index);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
