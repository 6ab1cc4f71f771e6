package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sample of JMeter, its fields as written. Its time is its start, unless {@code sampleresult.timestamp.start} was switched off.
 *
 * @param sampleCount how many requests it stands for; may be empty
 * @param errorCount how many of these failed; may be empty
 */
record JmeterSample(
        String timeStamp,
        String elapsed,
        String label,
        String url,
        String responseCode,
        String responseMessage,
        String success,
        String failureMessage,
        String sampleCount,
        String errorCount) {

    private static final String NO_HTTP = "Non HTTP response code: ";

    /** Whether it sums up the samples of a transaction, each of which stands for itself. */
    boolean isTransaction() {
        return responseMessage.startsWith("Number of samples in transaction");
    }

    /**
     * What the line says from which the fields are.
     *
     * @param broken the reason for fields that are not what they should be
     */
    Outcome outcome(RawLine line, EndpointNames names, Reason broken) {
        if (timeStamp.isEmpty() || elapsed.isEmpty() || success.isEmpty()) {
            return line.unreadable(Reason.MISSING_FIELD);
        }
        Optional<Timestamp> start = Timestamp.unix(timeStamp).or(() -> Timestamp.rfc3339(timeStamp));
        if (start.isEmpty()) {
            return line.unreadable(Reason.BAD_TIME);
        }
        Optional<Duration> latency = Latency.ofMillis(elapsed);
        boolean succeeded = success.equals("true");
        if (latency.isEmpty() || !(succeeded || success.equals("false"))) {
            return line.unreadable(broken);
        }
        long count = number(sampleCount).orElse(1L);
        long failed = Math.min(count, number(errorCount).orElse(succeeded ? 0L : count));
        List<RequestResult> requests = new ArrayList<>(1);
        String endpoint = names.given(label, "", url);
        if (count > failed) {
            requests.add(request(endpoint, start.get(), latency.get(), "", count - failed));
        }
        if (failed > 0) {
            requests.add(request(endpoint, start.get(), latency.get(), error(), failed));
        }
        return requests.isEmpty() ? RawLine.nothing() : new Outcome.Result(requests);
    }

    private static RequestResult request(String endpoint, Timestamp start, Duration latency, String error, long count) {
        return new RequestResult(
                "jmeter", endpoint, start.at(), start.precision(), latency, !error.isEmpty(), error, count, count == 1);
    }

    private static Optional<Long> number(String digits) {
        boolean isNumber =
                !digits.isEmpty() && digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    private String error() {
        if (number(responseCode).filter(status -> status >= 400).isPresent()) {
            return ErrorText.ofStatus(Integer.parseInt(responseCode));
        }
        if (responseCode.startsWith(NO_HTTP)) {
            return ErrorText.ofText(
                    responseCode.substring(Math.max(NO_HTTP.length(), responseCode.lastIndexOf('.') + 1)));
        }
        String said = failureMessage.isBlank() ? responseMessage : failureMessage;
        String error = ErrorText.ofText(said.isBlank() ? responseCode : said);
        return error.isEmpty() ? "failed" : error;
    }
}
