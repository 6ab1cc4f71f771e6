package io.failovertimeline.replay;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Dissection;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.load.LoadDecoder;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Problem;
import io.failovertimeline.model.ZoneFinding;
import io.failovertimeline.recognize.Explainer;
import io.failovertimeline.recognize.Explanation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Explains lines as {@link Replay} reads them: with the zone, the year and the host that the whole of their input tells.
 *
 * @param explainer tells what the catalog says
 * @param zones those of local times that the user gives
 */
public record Explaining(Explainer explainer, GivenZones zones) {

    private static final String STREAM = "-";

    /** Explains each of {@code lines}, read as one input. */
    public void lines(List<String> lines, Consumer<Explanation> listener) throws IOException {
        stream(new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)), listener);
    }

    /** Explains each line of {@code stream}. */
    public void stream(InputStream stream, Consumer<Explanation> listener) throws IOException {
        explain(SurveyedInputs.open(List.of(STREAM), stream, zones), Wanted.ALL, listener);
    }

    /**
     * Explains one line of a file.
     *
     * @param number the line, from 1
     * @throws IOException if there is no such file or line, or it can't be read
     */
    public void lineOf(String path, long number, Consumer<Explanation> listener) throws IOException {
        SurveyedInputs inputs = SurveyedInputs.open(List.of(path), InputStream.nullInputStream(), zones);
        List<Explanation> alone = new ArrayList<>();
        if (!explain(inputs, Wanted.line(number), alone::add)) {
            throw new IOException(path + " has no line " + number + ".");
        }
        for (Explanation explanation : alone) {
            listener.accept(explanation instanceof Explanation.OfLog log ? within(inputs, log) : explanation);
        }
    }

    /** The same line as a part of its record, if that has others. */
    private Explanation within(SurveyedInputs inputs, Explanation.OfLog alone) throws IOException {
        Input input = inputs.logs().get(0).inOrder();
        long number = alone.origin().position();
        Hints hints = inputs.surroundings().hintsFor(input.name(), input.fileDate());
        Optional<LogLine> whole = WholeRecord.of(input, hints, number).filter(record -> !isOnly(record, alone));
        List<Explanation> heads = new ArrayList<>();
        if (whole.isPresent()) {
            explain(inputs, Wanted.line(whole.get().origin().position()), heads::add);
        }
        return heads.stream()
                .map(head ->
                        head.match(log -> alone.in(log, whole.get(), explainer.explain(whole.get())), load -> head))
                .findFirst()
                .orElse(alone);
    }

    private static boolean isOnly(LogLine record, Explanation.OfLog line) {
        return line.dissection()
                .decoded()
                .match(decoded -> decoded.line().message().equals(record.message()), broken -> false, nothing -> false);
    }

    private boolean explain(SurveyedInputs inputs, Wanted wanted, Consumer<Explanation> listener) throws IOException {
        if (!inputs.problems().isEmpty()) {
            Problem problem = inputs.problems().get(0);
            throw new IOException(problem.place() + ": " + problem.what() + ". " + problem.advice());
        }
        boolean found = false;
        for (Input input : inputs.logs()) {
            Hints hints = inputs.surroundings().hintsFor(input.name(), input.fileDate());
            found |= eachLine(
                    input,
                    (line, reader, origin) ->
                            () -> ofLog(line, reader, origin, hints.at(reader.number()), inputs.surroundings()),
                    wanted,
                    listener);
        }
        for (SurveyedInputs.LoadInput load : inputs.loads()) {
            LoadDecoder decoder = load.decoder(load.context(inputs.surroundings()));
            found |= eachLine(
                    load.input(),
                    (line, reader, origin) -> {
                        Explanation explanation = ofLoad(reader, origin, decoder, load.format());
                        return () -> explanation;
                    },
                    wanted,
                    listener);
        }
        return found;
    }

    private static boolean eachLine(
            Input input, LineExplaining explaining, Wanted wanted, Consumer<Explanation> listener) throws IOException {
        boolean found = false;
        try (LineReader reader = input.open()) {
            for (LineReader.Found line = reader.next(); line != LineReader.Found.END; line = reader.next()) {
                Supplier<Explanation> explanation =
                        explaining.explain(line, reader, Origin.line(input.name(), reader.number()));
                if (wanted.isIn(reader.number(), reader.lines())) {
                    found = true;
                    listener.accept(explanation.get());
                }
            }
        }
        return found;
    }

    private Explanation ofLog(
            LineReader.Found found, LineReader reader, Origin origin, Hints hints, Surroundings surroundings) {
        String text = reader.text();
        Dissection dissection = found == LineReader.Found.TOO_LONG
                ? Dissection.unreadable(text, Decoded.Reason.TOO_LONG, origin)
                : Dissection.of(reader.bytes(), reader.from(), reader.to(), hints, origin);
        Optional<LogLine> line = dissection
                .decoded()
                .match(record -> Optional.of(record.line()), broken -> Optional.empty(), nothing -> Optional.empty());
        ZoneFinding finding = zone(surroundings, line.flatMap(LogLine::host));
        return new Explanation.OfLog(origin, text, dissection, finding, line.map(explainer::explain));
    }

    private static ZoneFinding zone(Surroundings surroundings, Optional<String> host) {
        List<ZoneFinding> findings = surroundings.zones();
        return findings.stream()
                .filter(finding -> finding.host().isPresent() && finding.host().equals(host))
                .findFirst()
                .orElse(findings.get(0));
    }

    private static Explanation ofLoad(LineReader reader, Origin origin, LoadDecoder decoder, String format) {
        String text = reader.text();
        return decoder.decode(reader.bytes(), reader.from(), reader.to(), origin)
                .match(
                        result -> new Explanation.OfLoad(origin, text, format, result.requests(), Optional.empty()),
                        unreadable -> new Explanation.OfLoad(
                                origin, text, format, List.of(), Optional.of(unreadable.reason())),
                        () -> new Explanation.OfLoad(origin, text, format, List.of(), Optional.empty()));
    }

    /**
     * How a line of one kind of input is explained. Each line is shown: decoders of load results have to see them all. What only
     * serves the explanation is left to the supplier.
     */
    private interface LineExplaining {
        Supplier<Explanation> explain(LineReader.Found line, LineReader reader, Origin origin);
    }

    /** Which lines are explained. */
    private interface Wanted {
        Wanted ALL = (first, lines) -> true;

        static Wanted line(long number) {
            return (first, lines) -> first <= number && number < first + lines;
        }

        /** Whether one of them is among the {@code lines} from {@code first} on. */
        boolean isIn(long first, long lines);
    }
}
