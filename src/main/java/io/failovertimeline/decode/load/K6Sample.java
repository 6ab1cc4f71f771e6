package io.failovertimeline.decode.load;

import java.util.Optional;

/** One value of one metric, as k6 writes it. */
interface K6Sample {

    /** As written. */
    String value();

    /** When the request ended, in any form k6 can be told to write: as written. */
    String time();

    /** The status; empty or 0 where there was no response. */
    String status();

    /** k6's own words for what went wrong; may be empty. */
    String error();

    /** A number that stands for what went wrong; may be empty. */
    String errorCode();

    /** Whether the script has a judgement on such requests. */
    boolean isJudged();

    /** The name of the request's endpoint. */
    String endpoint();

    /** Whether this sample and {@code other} can be of the same request: k6 writes the same time and tags with each. */
    boolean isOfSameRequest(K6Sample other);

    /** When the request ended. */
    default Optional<Timestamp> end() {
        String text = time();
        return Timestamp.unix(text).or(() -> Timestamp.rfc3339(text));
    }
}
