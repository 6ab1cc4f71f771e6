package io.failovertimeline.stream;

import io.failovertimeline.decode.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line of a record of a log topic.
 *
 * @param value the record's bytes
 * @param from the line's first byte
 * @param to after its last
 * @param decoded what it is; empty if it is no log line by itself
 * @param isNoise whether it is no log line and known to tell nothing
 */
@SuppressWarnings(
        "ArrayRecordComponent") // a part of the record's bytes on its way to the next processor, never compared
record PhysicalLine(byte[] value, int from, int to, Optional<Decoded.Line> decoded, boolean isNoise) {

    String text() {
        return new String(value, from, to - from, StandardCharsets.UTF_8);
    }
}
