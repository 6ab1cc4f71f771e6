package io.failovertimeline.replay;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.load.LoadContext;
import io.failovertimeline.decode.load.LoadDecoder;
import io.failovertimeline.decode.load.Outcome;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RequestView;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads inputs of load results, one after the other.
 *
 * @param loads takes their requests
 */
record LoadReading(Surroundings surroundings, Generators generators, Loads loads) {

    /** Reads the whole of {@code load}, whose records {@code reader} gives. */
    Tally read(SurveyedInputs.LoadInput load, LineReader reader) {
        String name = load.input().name();
        LoadContext context = load.context(surroundings);
        LoadDecoder decoder = load.decoder(context);
        Sink sink = new Sink(load, surroundings.clusterOfLoad(name));
        Tally tally = new Tally(name, InputSummary.Content.LOAD_RESULTS);
        tally.format(load.format());
        // made once: a file has millions of lines
        Function<Outcome.Result, Boolean> ifResult = result -> {
            tally.count(LineClass.RECOGNIZED, reader.lines());
            return sink.take(result.told());
        };
        Function<Outcome.Unreadable, Boolean> ifUnreadable = unreadable -> {
            tally.rejected(unreadable.reason(), unreadable.origin(), reader.lines());
            return false;
        };
        Supplier<Boolean> ifNothing = () -> {
            tally.count(LineClass.KNOWN_NOISE, reader.lines());
            return false;
        };
        for (LineReader.Found found = reader.next(); found != LineReader.Found.END; found = reader.next()) {
            Origin origin = Origin.line(name, reader.number());
            if (found == LineReader.Found.TOO_LONG) {
                tally.rejected(Decoded.Reason.TOO_LONG, origin, reader.lines());
            } else {
                decoder.decode(reader.bytes(), reader.from(), reader.to(), origin)
                        .match(ifResult, ifUnreadable, ifNothing);
            }
        }
        sink.take(decoder.end());
        if (!sink.generator.isEmpty()) {
            loads.named(sink.name, context.names());
        }
        return tally;
    }

    /** Adds up the requests of one input, whose generator is nearly always the same. */
    private final class Sink {
        private final SurveyedInputs.LoadInput load;
        private final String cluster;
        private String generator = "";
        private String name = "";
        private LoadSums sums = new LoadSums();

        private Sink(SurveyedInputs.LoadInput load, String cluster) {
            this.load = load;
            this.cluster = cluster;
        }

        /** Whether there were any. */
        private boolean take(List<? extends RequestView> requests) {
            for (int i = 0; i < requests.size(); i++) {
                RequestView request = requests.get(i);
                if (!request.generator().equals(generator)) {
                    generator = request.generator();
                    name = generators.name(generator, load);
                    sums = loads.sums(cluster, name);
                }
                sums.add(request);
            }
            return !requests.isEmpty();
        }
    }
}
