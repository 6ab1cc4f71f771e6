package io.failovertimeline.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads headers. Those of one source say the same in each record and are read once, into the same objects: what tells sources apart
 * compares them at no cost. Bounded.
 *
 * @param <T> what they say
 */
final class HeaderReader<T> {

    private static final int BITS = 14;

    private final List<String> names;
    private final Function<Headers, T> reading;
    private final List<@Nullable Known<T>> known = new ArrayList<>(Collections.nCopies(1 << BITS, null));

    @SuppressWarnings("ArrayRecordComponent") // compared by their bytes where that is asked
    private record Known<T>(byte[] @Nullable [] values, T said) {}

    /** Has {@code reading} read those that differ in a header of {@code names}, at which alone it looks. */
    HeaderReader(List<String> names, Function<Headers, T> reading) {
        this.names = names;
        this.reading = reading;
    }

    /** What {@code headers} say; what the reading throws is thrown. */
    T read(Headers headers) {
        byte[] @Nullable [] values = new byte[names.size()][];
        for (Header header : headers) {
            int name = names.indexOf(header.key());
            if (name >= 0) {
                values[name] = header.value();
            }
        }
        int slot = (Arrays.deepHashCode(values) * 0x9E3779B9) >>> (Integer.SIZE - BITS);
        @Nullable Known<T> before = known.get(slot);
        if (before != null && Arrays.deepEquals(before.values, values)) {
            return before.said;
        }
        T said = reading.apply(headers);
        known.set(slot, new Known<>(values, said));
        return said;
    }
}
