package io.failovertimeline.decode.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** One value of one metric, as k6 writes it: the fields of a row or an object, by the numbers below. One object is used again and again. */
final class K6Sample {

    static final int METRIC = 0;
    static final int TIME = 1;
    static final int VALUE = 2;
    static final int STATUS = 3;
    static final int ERROR = 4;
    static final int ERROR_CODE = 5;
    static final int EXPECTED_RESPONSE = 6;
    static final int METHOD = 7;
    static final int NAME = 8;
    static final int URL = 9;
    static final int GROUP = 10;
    static final int SCENARIO = 11;

    /** What k6 calls the tags, from {@link #STATUS} on. */
    static final List<String> TAGS =
            List.of("status", "error", "error_code", "expected_response", "method", "name", "url", "group", "scenario");

    private static final byte[][] FLAGS = Stream.of("0.000000", "1.000000", "0", "1")
            .map(form -> form.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private final Fields fields;
    private int[] places;
    private long latency;

    /**
     * A sample in {@code fields}.
     *
     * @param places where each of the fields stands, by its number
     */
    K6Sample(Fields fields, int[] places) {
        this.fields = fields;
        this.places = places;
    }

    /** One that keeps what it {@link #keep keeps}. */
    K6Sample() {
        this(new Fields(), new int[0]);
    }

    /** Becomes a copy of {@code other}, whose {@code value} is a latency. */
    void keep(K6Sample other, long value) {
        fields.copy(other.fields);
        places = other.places;
        latency = value;
    }

    /** The latency that it keeps. */
    long keptLatency() {
        return latency;
    }

    /** As written; empty if it is not there. */
    String text(int field) {
        return fields.text(places[field]);
    }

    boolean has(int field) {
        return fields.length(places[field]) > 0;
    }

    /** Whether the metric is {@code name}. */
    boolean isOf(byte[] name) {
        return fields.is(places[METRIC], name);
    }

    /** The value as of milliseconds, in nanoseconds; {@link Latency#NONE} if it is no latency. */
    long latency() {
        return Latency.of(fields, places[VALUE], Latency.Unit.MILLIS);
    }

    /** Sets {@code moment} to when the request ended; false if that can't be read. */
    boolean end(Moment moment) {
        return moment.read(fields, places[TIME]);
    }

    /** The name of the request's endpoint. */
    String endpoint(EndpointNames names) {
        return names.given(fields, places[NAME], places[METHOD], places[URL]);
    }

    /** Whether the script has a judgement on such requests. */
    boolean isJudged() {
        return has(EXPECTED_RESPONSE);
    }

    /** The value, which is 0 or 1 where it is a flag's; not a number if it is none. */
    double flag() {
        for (byte[] form : FLAGS) {
            if (fields.is(places[VALUE], form)) {
                return form[0] - '0'; // nearly always, and without a number's parsing
            }
        }
        try {
            return Double.parseDouble(text(VALUE));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Whether this sample and {@code other} can be of the same request: k6 writes the same time and tags with each. */
    boolean isOfSameRequest(K6Sample other) {
        for (int field = SCENARIO; field >= TIME; field--) {
            if (field != VALUE && !fields.isSame(places[field], other.fields, other.places[field])) {
                return false;
            }
        }
        return true;
    }
}
