package io.failovertimeline.fuzz;

import io.failovertimeline.decode.load.LoadDecoder;
import io.failovertimeline.decode.load.LoadFormats;
import io.failovertimeline.model.Origin;

/** A few lines of load results: the format is told by the first, as of a file; and each alone, as of a topic. */
public final class LoadRecordTarget {

    private static final Origin ORIGIN = Origin.line("fuzz.csv", 1);

    private LoadRecordTarget() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        int end = lineEnd(bytes, 0);
        LoadFormats.detect(bytes, 0, end).ifPresent(decoder -> eachLine(bytes, decoder));
        eachLine(bytes, LoadFormats.ofRecords());
    }

    private static void eachLine(byte[] bytes, LoadDecoder decoder) {
        for (int from = 0; from < bytes.length; from = lineEnd(bytes, from) + 1) {
            decoder.decode(bytes, from, lineEnd(bytes, from), ORIGIN);
        }
        decoder.end();
    }

    private static int lineEnd(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }
}
