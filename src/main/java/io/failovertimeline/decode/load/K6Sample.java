package io.failovertimeline.decode.load;

import java.util.Optional;

/**
 * One value of one metric, as k6 writes it.
 *
 * @param metric its name
 * @param time of the request's end, as written
 * @param value as written
 * @param tags of the request
 */
record K6Sample(String metric, String time, String value, Tags tags) {

    /** The request's tags; what is not written is an empty text. */
    record Tags(
            String method,
            String name,
            String url,
            String status,
            String error,
            String errorCode,
            String expectedResponse,
            String group,
            String scenario) {

        boolean judged() {
            return !expectedResponse.isEmpty();
        }
    }

    /** When the request ended, in any form k6 can be told to write. */
    Optional<Timestamp> end() {
        return Timestamp.unix(time).or(() -> Timestamp.rfc3339(time));
    }

    /** Whether this sample and {@code other} can be of the same request: k6 writes the same time and tags with each. */
    boolean sameRequest(K6Sample other) {
        return time.equals(other.time) && tags.equals(other.tags);
    }
}
