package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.util.Optional;

/**
 * A result of vegeta, its fields as written. It is stamped at its start.
 *
 * <p>It failed if it has an error text, or a status below 200 (0 is none at all) or of 400 and above.
 */
record VegetaHit(
        String timestamp, String code, String latency, String error, String attack, String method, String url) {

    /**
     * What the line says from which the fields are.
     *
     * @param broken the reason for fields that are no numbers
     */
    Outcome outcome(RawLine line, EndpointNames names, Reason broken) {
        if (timestamp.isEmpty() || latency.isEmpty() || code.isEmpty()) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        Optional<Timestamp> start = Timestamp.rfc3339(timestamp).or(() -> Timestamp.unix(timestamp));
        if (start.isEmpty()) {
            return line.unreadable(Reason.BAD_TIME);
        }
        Optional<Duration> took = Latency.ofNanos(latency);
        Optional<Integer> status = status(code);
        if (took.isEmpty() || status.isEmpty()) {
            return line.unreadable(broken);
        }
        boolean badStatus = status.get() < 200 || status.get() >= 400;
        boolean failed = badStatus || !error.isEmpty();
        return new Outcome.Result(new RequestResult(
                "vegeta",
                // vegeta before 12.8 tells neither method nor URL; the attack's name is all there is.
                names.given(url.isEmpty() ? attack : "", method, url),
                start.get().at(),
                start.get().precision(),
                took.get(),
                failed,
                failed ? error(status.get(), badStatus, error) : ""));
    }

    private static String error(int status, boolean badStatus, String error) {
        boolean answered = badStatus && status > 0;
        return answered ? ErrorText.ofStatus(status) : error.isBlank() ? "no response" : ErrorText.ofGo(error);
    }

    private static Optional<Integer> status(String code) {
        try {
            int status = Integer.parseInt(code);
            return status >= 0 && status <= 999 ? Optional.of(status) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
