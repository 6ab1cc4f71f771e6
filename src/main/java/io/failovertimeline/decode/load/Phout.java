package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;

/**
 * {@code phout} of Yandex.Tank: twelve fields between tabs, the first of which is when the request was sent. It failed if the network did
 * (an error number other than 0) or the response's status is of 400 and above.
 *
 * @see <a href="https://yandextank.readthedocs.io/en/latest/core_and_modules.html#phout-log">its description</a>
 */
final class Phout implements LoadDecoder {

    private static final int FIELDS = 12;
    private static final int TAG = 1;
    private static final int TOOK = 2;
    private static final int NET_CODE = 10;
    private static final int STATUS = 11;

    private final Fields fields = new Fields();
    private final Moment start = new Moment();
    private final CurrentRequest request = new CurrentRequest("phout");
    private final EndpointNames names;

    Phout(EndpointNames names) {
        this.names = names;
    }

    /** Whether {@code line} is one of such a file. */
    static boolean isLine(RawLine line) {
        Fields fields = new Fields();
        fields.plain(line, '\t');
        return isLine(fields) && new Moment().epochSeconds(fields, 0);
    }

    private static boolean isLine(Fields row) {
        return row.count() == FIELDS
                && row.isNumber(TOOK, 1, 15)
                && row.isNumber(NET_CODE, 1, 5)
                && row.isNumber(STATUS, 1, 3);
    }

    @Override
    public String format() {
        return "phout";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        fields.plain(line, '\t');
        if (!isLine(fields) || !line.isUtf8()) {
            return line.unreadable(Reason.BROKEN_RESULT);
        }
        if (!start.epochSeconds(fields, 0)) {
            return line.unreadable(Reason.BAD_TIME);
        }
        long latency = Latency.of(fields, TOOK, Latency.Unit.MICROS);
        return latency == Latency.NONE
                ? line.unreadable(Reason.BROKEN_RESULT)
                : request.told(names.given(tag(), "", ""), start, latency, error());
    }

    /** {@code cities#17} is the seventeenth of {@code cities}. */
    private String tag() {
        String tag = fields.text(TAG);
        int number = tag.indexOf('#');
        return number < 0 ? tag : tag.substring(0, number);
    }

    private String error() {
        int errno = (int) fields.number(NET_CODE);
        int status = (int) fields.number(STATUS);
        return switch (errno) {
            case 0 -> status >= 400 ? ErrorText.ofStatus(status) : "";
            case 104 -> "connection reset";
            case 110 -> "timeout";
            case 111 -> "connection refused";
            default -> "network error " + errno;
        };
    }
}
