package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Gatling's {@code simulation.log} as text, up to 3.12: fields between tabs. Of a {@code REQUEST} the start and the end are told; what
 * stands before its name (groups, in older versions a scenario and a user too) is left out. Later versions write a binary file.
 */
final class GatlingLog implements LoadDecoder {

    private static final Set<String> OTHERS = Set.of("RUN", "USER", "GROUP", "ASSERTION", "ERROR");
    private static final byte[] OK = "OK".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KO = "KO".getBytes(StandardCharsets.US_ASCII);

    private final Fields fields = new Fields();
    private final Moment start = new Moment();
    private final CurrentRequest request = new CurrentRequest("gatling");
    private final EndpointNames names;

    GatlingLog(EndpointNames names) {
        this.names = names;
    }

    /** Whether {@code line} is one of such a file. */
    static boolean isLine(RawLine line) {
        Fields fields = new Fields();
        fields.plain(line, '\t');
        return switch (fields.text(0)) {
            case "RUN" -> fields.count() >= 5;
            case "REQUEST" -> status(fields) > 0;
            case "USER" ->
                fields.count() >= 4
                        && (fields.text(2).equals("START") || fields.text(3).equals("START"));
            case "ASSERTION" -> fields.count() == 2;
            default -> false;
        };
    }

    @Override
    public String format() {
        return "gatling-log";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        fields.plain(line, '\t');
        String kind = fields.text(0);
        if (!kind.equals("REQUEST")) {
            return OTHERS.contains(kind) ? RawLine.nothing() : line.unreadable(Reason.BROKEN_RESULT);
        }
        int status = status(fields);
        if (status < 0 || !line.isUtf8()) {
            return line.unreadable(Reason.BROKEN_RESULT);
        }
        start.read(fields, status - 2);
        long millis = Math.max(0, fields.number(status - 1) - fields.number(status - 2));
        boolean failed = fields.is(status, KO);
        return request.told(
                names.given(fields, status - 3, -1, -1),
                start,
                TimeUnit.MILLISECONDS.toNanos(millis),
                failed ? error(fields.text(status + 1)) : "");
    }

    /** Where {@code OK} or {@code KO} stands behind start and end; -1 if nowhere. */
    private static int status(Fields row) {
        for (int i = 4; i < row.count(); i++) {
            boolean isStatus = row.is(i, OK) || row.is(i, KO);
            if (isStatus && row.isNumber(i - 1, 12, 14) && row.isNumber(i - 2, 12, 14)) {
                return i;
            }
        }
        return -1;
    }

    /** {@code status.find.in(200,…), found 503} is a status. */
    private static String error(String message) {
        int found = message.lastIndexOf("found ");
        if (found >= 0 && message.substring(found + 6).matches("[1-5][0-9][0-9]")) {
            return ErrorText.ofStatus(Integer.parseInt(message.substring(found + 6)));
        }
        return ErrorText.ofText(message);
    }
}
