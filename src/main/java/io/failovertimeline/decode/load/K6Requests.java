package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Puts the requests of a k6 run together again. k6 writes up to nine samples a request, one for each metric, with the same time
 * (the request's end) and tags.
 *
 * <p>A request counts when its {@code http_req_failed} comes (1 is failed), with the latency of its {@code http_req_duration}, which
 * k6 writes before; without one it counts with latency zero. {@code http_req_failed} has the last word, whatever
 * {@code expected_response} or the status say.
 *
 * <p>Where a script switched the judgement off ({@code http.setResponseCallback(null)}) and in k6 before 0.31 there is neither
 * {@code http_req_failed} nor {@code expected_response}. If a source begins like that, such requests count by
 * {@code http_req_duration} and fail by their status: none, below 200, or 400 and above. If it begins with judged requests, those
 * without a judgement are left out: the script did so on purpose.
 *
 * <p>The duration leaves out looking up the name and connecting. So a request that never got a connection (a dial timeout) has
 * duration zero, and its start is taken for its end: k6 does not say when it began.
 */
final class K6Requests {

    static final String FAILED = "http_req_failed";
    static final String DURATION = "http_req_duration";
    static final String COUNT = "http_reqs";

    private static final int MOST_INCOMPLETE = 512;

    private enum Judgement {
        UNDECIDED,
        BY_METRIC,
        BY_STATUS
    }

    private final Deque<K6Sample> durations = new ArrayDeque<>();
    private final Reason brokenNumber;
    private Judgement judgement = Judgement.UNDECIDED;

    /** Bad numbers are reported as {@code brokenNumber}. */
    K6Requests(Reason brokenNumber) {
        this.brokenNumber = brokenNumber;
    }

    /** Whether {@code http_reqs} still tells something: it is the first sample of each request. */
    boolean undecided() {
        return judgement == Judgement.UNDECIDED;
    }

    /** What a sample of {@link #FAILED}, read from {@code line}, completes. */
    Outcome failed(K6Sample sample, RawLine line) {
        if (judgement == Judgement.BY_STATUS && !sample.isJudged()) {
            return RawLine.nothing();
        }
        Optional<Boolean> failed = flag(sample.value());
        if (failed.isEmpty()) {
            return line.unreadable(brokenNumber);
        }
        judgement = undecided() ? Judgement.BY_METRIC : judgement;
        Duration latency =
                takeDuration(sample).flatMap(d -> Latency.ofMillis(d.value())).orElse(Duration.ZERO);
        return result(sample, latency, failed.get(), line);
    }

    /** What a sample of {@link #DURATION} completes. */
    Outcome duration(K6Sample sample, RawLine line) {
        Optional<Duration> latency = Latency.ofMillis(sample.value());
        if (latency.isEmpty()) {
            return line.unreadable(brokenNumber);
        }
        if (judgement == Judgement.BY_STATUS && !sample.isJudged()) {
            return resultByStatus(sample, latency.get(), line);
        }
        if (durations.size() == MOST_INCOMPLETE) {
            durations.removeFirst();
        }
        durations.addLast(sample);
        return RawLine.nothing();
    }

    /** What a sample of {@link #COUNT} completes: another request. */
    Outcome nextRequest(RawLine line) {
        K6Sample waiting = durations.peekLast();
        if (!undecided() || waiting == null || waiting.isJudged()) {
            return RawLine.nothing();
        }
        judgement = Judgement.BY_STATUS;
        durations.removeLast();
        return resultByStatus(waiting, Latency.ofMillis(waiting.value()).orElse(Duration.ZERO), line);
    }

    private static Outcome resultByStatus(K6Sample sample, Duration latency, RawLine line) {
        boolean success = sample.error().isEmpty() && sample.errorCode().isEmpty() && isSuccess(sample.status());
        return result(sample, latency, !success, line);
    }

    private static Outcome result(K6Sample sample, Duration latency, boolean failed, RawLine line) {
        Optional<Timestamp> start = sample.end().map(end -> end.minus(latency));
        if (start.isEmpty()) {
            return line.unreadable(Reason.BAD_TIME);
        }
        return new Outcome.Result(new RequestResult(
                "k6",
                sample.endpoint(),
                start.get().at(),
                start.get().precision(),
                latency,
                failed,
                failed ? ErrorText.ofK6(sample.error(), sample.errorCode(), sample.status()) : ""));
    }

    private Optional<K6Sample> takeDuration(K6Sample failed) {
        for (Iterator<K6Sample> waiting = durations.iterator(); waiting.hasNext(); ) {
            K6Sample duration = waiting.next();
            if (duration.isOfSameRequest(failed)) {
                waiting.remove();
                return Optional.of(duration);
            }
        }
        return Optional.empty();
    }

    private static boolean isSuccess(String status) {
        return status.isEmpty() || (status.length() == 3 && (status.charAt(0) == '2' || status.charAt(0) == '3'));
    }

    private static Optional<Boolean> flag(String value) {
        if (value.equals("0.000000") || value.equals("1.000000")) {
            return Optional.of(value.charAt(0) == '1'); // nearly always, and without a number's parsing
        }
        try {
            double number = Double.parseDouble(value);
            return number == 0 || number == 1 ? Optional.of(number == 1) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
