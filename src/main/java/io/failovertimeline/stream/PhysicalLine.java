package io.failovertimeline.stream;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.model.Origin;
import java.nio.charset.StandardCharsets;

/**
 * A line of a record of a log topic.
 *
 * @param value the record's bytes
 * @param from the line's first byte
 * @param to after its last
 * @param hints what is known of its source
 * @param origin where the record stands
 */
@SuppressWarnings(
        "ArrayRecordComponent") // a part of the record's bytes on its way to the next processor, never compared
record PhysicalLine(byte[] value, int from, int to, Hints hints, Origin origin) {

    String text() {
        return new String(value, from, to - from, StandardCharsets.UTF_8);
    }

    /** What it is. */
    Decoded decoded(Stages.LogDecoding decoder) {
        return decoder.decode(value, from, to, hints, origin);
    }
}
