package io.failovertimeline.decode.load;

import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestView;

/** The request that the last line told of. A decoder has one of these for all lines of its source. */
final class CurrentRequest implements RequestView {

    private final String generator;
    private final Outcome told = new Outcome.Result(this);

    private String endpoint = "";
    private long startSecond;
    private int startNano;
    private Precision precision = Precision.NANOS;
    private long latencyNanos;
    private String error = "";
    private long count = 1;
    private boolean timed = true;

    /** Of requests that {@code generator} sends. */
    CurrentRequest(String generator) {
        this.generator = generator;
    }

    /**
     * The outcome of a line that tells of one request.
     *
     * @param start when it was sent
     * @param latency in nanoseconds
     * @param why it failed; empty if it did not
     */
    Outcome told(String name, Moment start, long latency, String why) {
        return told(name, start, latency, why, 1, true);
    }

    /** The same of {@code number} requests, each of which took so long if they were {@code areTimed}. */
    Outcome told(String name, Moment start, long latency, String why, long number, boolean areTimed) {
        endpoint = name;
        startSecond = start.second();
        startNano = start.nano();
        precision = start.precision();
        latencyNanos = latency;
        error = why;
        count = number;
        timed = areTimed;
        return told;
    }

    @Override
    public String generator() {
        return generator;
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public long startSecond() {
        return startSecond;
    }

    @Override
    public int startNano() {
        return startNano;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public long latencyNanos() {
        return latencyNanos;
    }

    @Override
    public boolean failed() {
        return !error.isEmpty();
    }

    @Override
    public String error() {
        return error;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public boolean timed() {
        return timed;
    }
}
