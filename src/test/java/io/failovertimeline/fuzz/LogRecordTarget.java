package io.failovertimeline.fuzz;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.Survey;
import io.failovertimeline.model.Origin;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import java.util.Optional;

/** One record of logs, from bytes to what it proves. */
public final class LogRecordTarget {

    private static final LogDecoder DECODER = new LogDecoder();
    private static final Recognizer RECOGNIZER = new Recognizer(Catalog.builtIn());
    private static final Origin ORIGIN = Origin.line("fuzz.log", 1);

    private LogRecordTarget() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Decoded decoded = DECODER.decode(bytes, 0, bytes.length, Hints.none(), ORIGIN);
        Survey survey = new Survey();
        survey.add("fuzz.log", bytes, 0, bytes.length, 1);
        Hints hints = survey.surroundings(GivenZones.NONE).hintsFor("fuzz.log", Optional.empty());
        Decoded again = DECODER.decode(bytes, 0, bytes.length, hints, ORIGIN);
        if (!decoded.getClass().equals(again.getClass()) && !(decoded instanceof Decoded.Unreadable)) {
            throw new IllegalStateException("hints made of a " + decoded + " a " + again);
        }
        again.match(line -> RECOGNIZER.recognize(line.line(), "fuzz"), unreadable -> "", nothing -> "");
    }
}
