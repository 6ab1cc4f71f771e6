package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

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

    static final byte[] FAILED = "http_req_failed".getBytes(StandardCharsets.US_ASCII);
    static final byte[] DURATION = "http_req_duration".getBytes(StandardCharsets.US_ASCII);
    static final byte[] COUNT = "http_reqs".getBytes(StandardCharsets.US_ASCII);

    private static final int MOST_INCOMPLETE = 512;

    private enum Judgement {
        UNDECIDED,
        BY_METRIC,
        BY_STATUS
    }

    private final Deque<K6Sample> durations = new ArrayDeque<>();
    private final Deque<K6Sample> unused = new ArrayDeque<>();
    private final CurrentRequest request = new CurrentRequest("k6");
    private final Moment moment = new Moment();
    private final EndpointNames names;
    private final Reason brokenNumber;
    private Judgement judgement = Judgement.UNDECIDED;

    /** Bad numbers are reported as {@code brokenNumber}. */
    K6Requests(EndpointNames names, Reason brokenNumber) {
        this.names = names;
        this.brokenNumber = brokenNumber;
    }

    /** Whether {@code http_reqs} still tells something: it is the first sample of each request. */
    boolean undecided() {
        return judgement == Judgement.UNDECIDED;
    }

    /** What {@code sample}, read from {@code line}, completes. */
    Outcome outcome(K6Sample sample, RawLine line) {
        if (sample.isOf(DURATION)) {
            return duration(sample, line);
        }
        if (sample.isOf(FAILED)) {
            return failed(sample, line);
        }
        return sample.isOf(COUNT) ? nextRequest(line) : RawLine.nothing();
    }

    private Outcome failed(K6Sample sample, RawLine line) {
        if (judgement == Judgement.BY_STATUS && !sample.isJudged()) {
            return RawLine.nothing();
        }
        double flag = sample.flag();
        if (flag != 0 && flag != 1) {
            return line.unreadable(brokenNumber);
        }
        judgement = undecided() ? Judgement.BY_METRIC : judgement;
        return result(sample, latencyOf(sample), flag == 1, line);
    }

    private Outcome duration(K6Sample sample, RawLine line) {
        long latency = sample.latency();
        if (latency == Latency.NONE) {
            return line.unreadable(brokenNumber);
        }
        if (judgement == Judgement.BY_STATUS && !sample.isJudged()) {
            return resultByStatus(sample, latency, line);
        }
        if (durations.size() == MOST_INCOMPLETE) {
            unused.add(durations.removeFirst());
        }
        K6Sample kept = unused.isEmpty() ? new K6Sample() : unused.removeLast();
        kept.keep(sample, latency);
        durations.addLast(kept);
        return RawLine.nothing();
    }

    /** What a sample of {@link #COUNT} completes: another request. */
    private Outcome nextRequest(RawLine line) {
        K6Sample waiting = durations.peekLast();
        if (!undecided() || waiting == null || waiting.isJudged()) {
            return RawLine.nothing();
        }
        judgement = Judgement.BY_STATUS;
        durations.removeLast();
        return resultByStatus(waiting, waiting.keptLatency(), line);
    }

    private Outcome resultByStatus(K6Sample sample, long latency, RawLine line) {
        boolean success = !sample.has(K6Sample.ERROR)
                && !sample.has(K6Sample.ERROR_CODE)
                && isSuccess(sample.text(K6Sample.STATUS));
        return result(sample, latency, !success, line);
    }

    private Outcome result(K6Sample sample, long latency, boolean failed, RawLine line) {
        if (!sample.end(moment)) {
            return line.unreadable(Reason.BAD_TIME);
        }
        return request.told(sample.endpoint(names), moment.minus(latency), latency, failed ? error(sample) : "");
    }

    private static String error(K6Sample sample) {
        return ErrorText.ofK6(
                sample.text(K6Sample.ERROR), sample.text(K6Sample.ERROR_CODE), sample.text(K6Sample.STATUS));
    }

    /** What the duration of the request says that {@code failed} is of; zero if none came. */
    private long latencyOf(K6Sample failed) {
        for (Iterator<K6Sample> waiting = durations.iterator(); waiting.hasNext(); ) {
            K6Sample duration = waiting.next();
            if (duration.isOfSameRequest(failed)) {
                waiting.remove();
                unused.addLast(duration);
                return duration.keptLatency();
            }
        }
        return 0;
    }

    private static boolean isSuccess(String status) {
        return status.isEmpty() || (status.length() == 3 && (status.charAt(0) == '2' || status.charAt(0) == '3'));
    }
}
