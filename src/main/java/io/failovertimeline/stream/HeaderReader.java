package io.failovertimeline.stream;

import java.time.DateTimeException;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads headers as {@link RecordHints}. Those of one source say the same in each record and are read once, into the same objects: what tells
 * sources apart compares them at no cost. Bounded.
 */
final class HeaderReader {

    private static final int BITS = 14;

    private final @Nullable Known[] known = new @Nullable Known[1 << BITS];

    @SuppressWarnings("ArrayRecordComponent") // compared by their bytes where that is asked
    private record Known(byte[] @Nullable [] values, RecordHints hints) {}

    /**
     * What {@code headers} say.
     *
     * @throws DateTimeException as of {@link RecordHints#of}
     */
    RecordHints read(Headers headers) {
        byte[] @Nullable [] values = new byte[RecordHints.NAMES.size()][];
        for (Header header : headers) {
            int name = RecordHints.NAMES.indexOf(header.key());
            if (name >= 0) {
                values[name] = header.value();
            }
        }
        int slot = (Arrays.deepHashCode(values) * 0x9E3779B9) >>> (Integer.SIZE - BITS);
        @Nullable Known before = known[slot];
        if (before != null && Arrays.deepEquals(before.values, values)) {
            return before.hints;
        }
        RecordHints hints = RecordHints.of(headers);
        known[slot] = new Known(values, hints);
        return hints;
    }
}
