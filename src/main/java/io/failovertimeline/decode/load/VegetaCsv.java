package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;

/**
 * {@code vegeta encode --to csv}: no header; time in nanoseconds, status, latency in nanoseconds, bytes out and in, error, body,
 * attack, number, method, URL, headers.
 *
 * @see <a href="https://github.com/tsenart/vegeta#csv">vegeta's description</a>
 */
final class VegetaCsv implements LoadDecoder {

    private static final int LEAST_FIELDS = 7;
    private static final int MOST_FIELDS = 12;

    private final Fields fields = new Fields();
    private final CsvRows rows = new CsvRows(fields, ',');
    private final VegetaHit hit;

    VegetaCsv(EndpointNames names) {
        hit = new VegetaHit(fields, names, 0, 1, 2, 5, 7, 9, 10);
    }

    /** Whether {@code line} is a row of such a file. */
    static boolean isRow(RawLine line) {
        Fields fields = new Fields();
        return fields.csv(line, ',') != Fields.Split.BROKEN && isRow(fields);
    }

    private static boolean isRow(Fields row) {
        return row.count() >= LEAST_FIELDS
                && row.count() <= MOST_FIELDS
                && row.isNumber(0, 18, 19)
                && row.isNumber(1, 1, 3)
                && row.isNumber(2, 1, 18)
                && row.isNumber(3, 1, 18)
                && row.isNumber(4, 1, 18);
    }

    @Override
    public String format() {
        return "vegeta-csv";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        return line.isBlank()
                ? RawLine.nothing()
                : rows.row(line).map(this::outcome).orElse(RawLine.nothing());
    }

    private Outcome outcome(RawLine row) {
        boolean isWhole = rows.isWhole() && isRow(fields) && row.isUtf8();
        return isWhole ? hit.outcome(row, Reason.BROKEN_CSV) : row.unreadable(Reason.BROKEN_CSV);
    }
}
