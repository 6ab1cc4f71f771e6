package io.failovertimeline.fuzz;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.model.LineCounts;
import io.failovertimeline.model.Report;
import io.failovertimeline.publish.FindingsJson;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.replay.ProgressListener;
import io.failovertimeline.replay.Replay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A whole input, packed or not, from bytes to the report. */
public final class WholeInputTarget {

    private static final Recognizer RECOGNIZER = new Recognizer(Catalog.builtIn());

    private WholeInputTarget() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            Report report = new Replay(RECOGNIZER, new ByteArrayInputStream(bytes))
                    .run(List.of("-"), GivenZones.NONE, ProgressListener.NONE);
            FindingsJson.report(report);
            LineCounts counts = report.inputs().isEmpty()
                    ? LineCounts.NONE
                    : report.inputs().get(0).counts();
            if (counts.rejected() > 0 && report.problems().isEmpty()) {
                throw new IllegalStateException("rejected without a word: " + counts);
            }
        } catch (IOException why) {
            throw new UncheckedIOException(why);
        }
    }
}
