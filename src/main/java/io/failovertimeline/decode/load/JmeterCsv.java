package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * JMeter's results as CSV (JTL). Columns are found by the header, whatever stands between them; without one they are JMeter's default.
 * Rows that sum up a transaction are left out, for its samples have rows of their own. Local times ({@code
 * jmeter.save.saveservice.timestamp_format}) are not read.
 *
 * @see <a href="https://jmeter.apache.org/usermanual/listeners.html#csvlogformat">JMeter's description</a>
 */
final class JmeterCsv implements LoadDecoder {

    private static final byte[] TIME = "timeStamp".getBytes(StandardCharsets.US_ASCII);
    private static final String DELIMITERS = ",;\t|";
    private static final String DEFAULT =
            "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
                    + "failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect";

    private final Fields fields = new Fields();
    private final EndpointNames names;
    private CsvRows rows = new CsvRows(fields, ',');
    private int count;
    private JmeterSample sample;

    JmeterCsv(EndpointNames names) {
        this.names = names;
        fields.csv(new RawLine(DEFAULT.getBytes(StandardCharsets.US_ASCII)), ',');
        count = fields.count();
        sample = sample();
    }

    /** Whose columns are named by the row that was split last. */
    private JmeterSample sample() {
        return new JmeterSample(fields, names, new Columns(fields).of(JmeterSample.NAMES));
    }

    /** Whether {@code line} is a header of such a file. */
    static boolean isHeader(RawLine line) {
        return header(line, new Fields()).isPresent();
    }

    /** Whether {@code line} is a row of such a file without a header. */
    static boolean isRow(RawLine line) {
        Fields fields = new Fields();
        boolean isWhole = fields.csv(line, ',') != Fields.Split.BROKEN;
        return isWhole
                && fields.count() > 13
                && fields.isNumber(0, 13, 13)
                && fields.isNumber(1, 1, 9)
                && isFlag(fields);
    }

    private static boolean isFlag(Fields row) {
        String success = row.text(7);
        return success.equals("true") || success.equals("false");
    }

    private static Optional<Character> header(RawLine line, Fields fields) {
        if (!line.contains(TIME)) {
            return Optional.empty();
        }
        for (int i = 0; i < DELIMITERS.length(); i++) {
            char delimiter = DELIMITERS.charAt(i);
            boolean isWhole = fields.csv(line, delimiter) == Fields.Split.WHOLE;
            if (isWhole && new Columns(fields).have("timeStamp", "elapsed", "success")) {
                return Optional.of(delimiter);
            }
        }
        return Optional.empty();
    }

    @Override
    public String format() {
        return "jmeter-csv";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        Optional<Character> header = line.hasDigitAt(0) ? Optional.empty() : header(line, fields);
        if (header.isPresent()) {
            count = fields.count();
            sample = sample();
            rows = new CsvRows(fields, header.get());
            return RawLine.nothing();
        }
        return rows.row(line).map(this::outcome).orElse(RawLine.nothing());
    }

    private Outcome outcome(RawLine row) {
        if (!rows.isWhole() || fields.count() < count || !row.isUtf8()) {
            return row.unreadable(Reason.BROKEN_CSV);
        }
        return sample.isTransaction() ? RawLine.nothing() : sample.outcome(row, Reason.BROKEN_CSV);
    }
}
