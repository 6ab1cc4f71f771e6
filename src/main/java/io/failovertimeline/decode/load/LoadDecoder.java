package io.failovertimeline.decode.load;

import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RequestResult;
import java.util.List;

/**
 * Reads the lines of one source of load results. It remembers what it needs of earlier lines (a header, a latency whose request is
 * not complete yet), so each file and each partition has its own, fed in order. Not safe for use by several threads.
 */
public interface LoadDecoder {

    /** The format's name, as inputs are listed: such as {@code k6-csv} or {@code request-json}: the tool, then the form. */
    String format();

    /**
     * What one line says. Never throws for what the bytes hold.
     *
     * @param bytes holds the line
     * @param from its first byte
     * @param to after its last byte; a line end may be included or not
     * @param origin where the line stands
     */
    Outcome decode(byte[] bytes, int from, int to, Origin origin);

    /** What it held back until more of the source would come, when none comes. */
    default List<RequestResult> end() {
        return List.of();
    }
}
