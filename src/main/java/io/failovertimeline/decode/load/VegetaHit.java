package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;

/**
 * A result of vegeta, its fields as written. It is stamped at its start.
 *
 * <p>It failed if it has an error text, or a status below 200 (0 is none at all) or of 400 and above.
 */
final class VegetaHit {

    private final Fields fields;
    private final EndpointNames names;
    private final int timestamp;
    private final int code;
    private final int latency;
    private final int error;
    private final int attack;
    private final int method;
    private final int url;

    private final Moment start = new Moment();
    private final CurrentRequest request = new CurrentRequest("vegeta");

    /**
     * What is in {@code fields}.
     *
     * @param places of timestamp, code, latency, error, attack, method and URL
     */
    VegetaHit(Fields fields, EndpointNames names, int... places) {
        this.fields = fields;
        this.names = names;
        timestamp = places[0];
        code = places[1];
        latency = places[2];
        error = places[3];
        attack = places[4];
        method = places[5];
        url = places[6];
    }

    /**
     * What the line says from which the fields are.
     *
     * @param broken the reason for fields that are no numbers
     */
    Outcome outcome(RawLine line, Reason broken) {
        if (fields.length(timestamp) == 0 || fields.length(latency) == 0 || fields.length(code) == 0) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        if (!start.read(fields, timestamp)) {
            return line.unreadable(Reason.BAD_TIME);
        }
        long took = Latency.of(fields, latency, Latency.Unit.NANOS);
        int status = (int) Math.min(1000, fields.number(code));
        if (took == Latency.NONE || status < 0 || status > 999) {
            return line.unreadable(broken);
        }
        boolean badStatus = status < 200 || status >= 400;
        boolean failed = badStatus || fields.length(error) > 0;
        // vegeta before 12.8 tells neither method nor URL; the attack's name is all there is.
        String endpoint = names.given(fields, fields.length(url) == 0 ? attack : -1, method, url);
        return request.told(endpoint, start, took, failed ? error(status, badStatus, fields.text(error)) : "");
    }

    private static String error(int status, boolean badStatus, String error) {
        boolean answered = badStatus && status > 0;
        return answered ? ErrorText.ofStatus(status) : error.isBlank() ? "no response" : ErrorText.ofGo(error);
    }
}
