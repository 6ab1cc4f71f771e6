package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.RequestResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A sample of JMeter: the fields of a row or an element, by the names below. Its time is its start, unless {@code
 * sampleresult.timestamp.start} was switched off. {@code SampleCount} says how many requests it stands for, {@code ErrorCount} how many
 * of these failed; both may be missing. One object is used for all samples of a source.
 */
final class JmeterSample {

    /** What the columns of a file are called. */
    static final List<String> NAMES = List.of(
            "timeStamp",
            "elapsed",
            "label",
            "URL",
            "responseCode",
            "responseMessage",
            "success",
            "failureMessage",
            "SampleCount",
            "ErrorCount");

    private static final String NO_HTTP = "Non HTTP response code: ";
    private static final byte[] TRANSACTION = "Number of samples in transaction".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final Fields fields;
    private final EndpointNames names;
    private final int timeStamp;
    private final int elapsed;
    private final int label;
    private final int url;
    private final int responseCode;
    private final int responseMessage;
    private final int success;
    private final int failureMessage;
    private final int sampleCount;
    private final int errorCount;

    private final Moment start = new Moment();
    private final CurrentRequest request = new CurrentRequest("jmeter");

    /**
     * What is in {@code fields}.
     *
     * @param places of what {@link #NAMES} names
     */
    JmeterSample(Fields fields, EndpointNames names, int[] places) {
        this.fields = fields;
        this.names = names;
        timeStamp = places[0];
        elapsed = places[1];
        label = places[2];
        url = places[3];
        responseCode = places[4];
        responseMessage = places[5];
        success = places[6];
        failureMessage = places[7];
        sampleCount = places[8];
        errorCount = places[9];
    }

    /** Whether it sums up the samples of a transaction, each of which stands for itself. */
    boolean isTransaction() {
        return fields.startsWith(responseMessage, TRANSACTION);
    }

    /**
     * What the line says from which the fields are.
     *
     * @param broken the reason for fields that are not what they should be
     */
    Outcome outcome(RawLine line, Reason broken) {
        if (fields.length(timeStamp) == 0 || fields.length(elapsed) == 0 || fields.length(success) == 0) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        if (!start.read(fields, timeStamp)) {
            return line.unreadable(Reason.BAD_TIME);
        }
        long latency = Latency.of(fields, elapsed, Latency.Unit.MILLIS);
        boolean succeeded = fields.is(success, TRUE);
        if (latency == Latency.NONE || !(succeeded || fields.is(success, FALSE))) {
            return line.unreadable(broken);
        }
        long count = number(sampleCount, 1);
        long failed = Math.min(count, number(errorCount, succeeded ? 0 : count));
        if (count == 0) {
            return RawLine.nothing();
        }
        String endpoint = names.given(fields, label, -1, url);
        Outcome outcome = RawLine.nothing();
        List<RequestResult> served = List.of();
        if (count > failed) {
            outcome = request.told(endpoint, start, latency, "", count - failed, count - failed == 1);
            served = failed > 0 ? outcome.requests() : served;
        }
        if (failed > 0) {
            outcome = request.told(endpoint, start, latency, error(), failed, failed == 1);
        }
        return served.isEmpty() ? outcome : new Outcome.Result(List.of(served.get(0), request));
    }

    private long number(int field, long ifNone) {
        return fields.isNumber(field, 1, 9) ? fields.number(field) : ifNone;
    }

    private String error() {
        long status = number(responseCode, 0);
        if (status >= 400) {
            return ErrorText.ofStatus((int) status);
        }
        String code = fields.text(responseCode);
        if (code.startsWith(NO_HTTP)) {
            return ErrorText.ofText(code.substring(Math.max(NO_HTTP.length(), code.lastIndexOf('.') + 1)));
        }
        String failure = fields.text(failureMessage);
        String said = failure.isBlank() ? fields.text(responseMessage) : failure;
        return ErrorText.ofText(said.isBlank() ? code : said);
    }
}
