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
    private final EndpointNames names;

    VegetaCsv(EndpointNames names) {
        this.names = names;
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

    private Outcome outcome(CsvRows.Row row) {
        if (row.split() != Fields.Split.WHOLE || !isRow(fields) || !row.line().isUtf8()) {
            return row.line().unreadable(Reason.BROKEN_CSV);
        }
        return new VegetaHit(
                        fields.text(0),
                        fields.text(1),
                        fields.text(2),
                        fields.text(5),
                        fields.text(7),
                        fields.text(9),
                        fields.text(10))
                .outcome(row.line(), names, Reason.BROKEN_CSV);
    }
}
