package io.failovertimeline.replay;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.Survey;
import io.failovertimeline.decode.load.EndpointNames;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.decode.load.LoadContext;
import io.failovertimeline.decode.load.LoadDecoder;
import io.failovertimeline.decode.load.LoadFormats;
import io.failovertimeline.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The inputs after a first look at the head of each.
 *
 * @param logs inputs of log lines, or of anything else that is read line by line
 * @param loads inputs of load results
 * @param surroundings what the heads tell about zones, years, hosts and clusters
 * @param problems inputs that can't be used
 */
public record SurveyedInputs(
        List<Input> logs, List<LoadInput> loads, Surroundings surroundings, List<Problem> problems) {

    /** Bytes of each input that are looked at first. */
    static final int HEAD = 4 << 20;

    /**
     * An input of load results.
     *
     * @param input the input
     * @param format the name of its format
     * @param firstLine the line by which the format was told
     * @param given the user's word on load results
     */
    public record LoadInput(Input input, String format, String firstLine, GivenLoads given) {

        /** What is known about it beyond its lines. */
        public LoadContext context(Surroundings surroundings) {
            return new LoadContext(
                    given.startOf(input.name()),
                    surroundings.hintsFor(input.name(), Optional.empty()).zone(),
                    new EndpointNames(given.endpoints()));
        }

        /** A decoder for this input, to be fed from its first line on. */
        public LoadDecoder decoder(LoadContext context) {
            return detect(firstLine, context).orElseThrow();
        }
    }

    /** As {@link #open(List, InputStream, GivenZones, GivenLoads)}, without a word on load results. */
    public static SurveyedInputs open(List<String> paths, InputStream standardInput, GivenZones zones)
            throws NoSuchInput {
        return open(paths, standardInput, zones, GivenLoads.NONE);
    }

    /**
     * Opens {@code paths} and looks at the head of each input.
     *
     * @param standardInput what {@code -} stands for
     * @param zones those of local times that the user gives
     * @param given the user's word on load results
     * @throws NoSuchInput if a path does not exist
     */
    public static SurveyedInputs open(List<String> paths, InputStream standardInput, GivenZones zones, GivenLoads given)
            throws NoSuchInput {
        Inputs opened = Inputs.open(paths, standardInput);
        Survey survey = new Survey();
        List<Input> logs = new ArrayList<>();
        List<LoadInput> loads = new ArrayList<>();
        List<Problem> summaries = new ArrayList<>();
        for (Input input : opened.inputs()) {
            loadInput(input, given, summaries::add).ifPresentOrElse(loads::add, () -> {
                logs.add(input);
                survey(input, survey);
            });
        }
        Surroundings surroundings = survey.surroundings(zones);
        List<Problem> problems = new ArrayList<>(opened.problems());
        surroundings
                .unknownToZones()
                .forEach(name -> problems.add(new Problem(
                        "--zone " + name + "=" + zones.byName().get(name),
                        "names no host and no input",
                        "give a host as the logs name it, or a path or glob as the report lists inputs")));
        problems.addAll(summaries);
        problems.addAll(unusedStarts(given, loads));
        return new SurveyedInputs(logs, loads, surroundings, problems);
    }

    /** Bytes of all inputs as they are stored; streams count nothing. */
    long size() {
        return Stream.concat(logs.stream(), loads.stream().map(LoadInput::input))
                .mapToLong(Input::size)
                .sum();
    }

    private static List<Problem> unusedStarts(GivenLoads given, List<LoadInput> loads) {
        Set<String> used = new HashSet<>();
        loads.forEach(load -> given.nameFor(load.input().name()).ifPresent(used::add));
        return given.starts().entrySet().stream()
                .filter(entry -> !used.contains(entry.getKey()))
                .map(entry -> new Problem(
                        "--load-start " + entry.getKey() + "="
                                + entry.getValue().at(),
                        "names no input of load results",
                        "give a path or glob as the report lists inputs"))
                .toList();
    }

    private static Optional<LoadInput> loadInput(Input input, GivenLoads given, Consumer<Problem> summaries) {
        try (LineReader head = input.head(HEAD)) {
            while (head.next() == LineReader.Found.LINE) {
                String line = new String(head.bytes(), head.from(), head.to() - head.from(), StandardCharsets.UTF_8);
                if (!line.isBlank()) {
                    LoadFormats.summary(head.bytes(), head.from(), head.to())
                            .ifPresent(summary -> summaries.accept(new Problem(
                                    input.name(),
                                    "is a " + summary + ": it " + Decoded.Reason.TOTALS_ONLY.words(),
                                    Decoded.Reason.TOTALS_ONLY.advice())));
                    return detect(line, LoadContext.none())
                            .map(decoder -> new LoadInput(input, decoder.format(), line, given));
                }
            }
            return Optional.empty();
        } catch (IOException cannotClose) {
            throw new UncheckedIOException(cannotClose);
        }
    }

    private static Optional<LoadDecoder> detect(String line, LoadContext context) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return LoadFormats.detect(bytes, 0, bytes.length, context);
    }

    private static void survey(Input input, Survey survey) {
        look(input, survey);
        if (survey.isDivided(input.name())) {
            divide(input, survey);
        }
    }

    /** Of a stream only what is kept of it can be looked at. */
    private static void divide(Input input, Survey survey) {
        try (LineReader lines = input.fileDate().isPresent() ? input.open() : input.head(HEAD)) {
            while (lines.next() != LineReader.Found.END) {
                survey.part(input.name(), lines.bytes(), lines.from(), lines.to(), lines.number());
            }
        } catch (IOException cannotClose) {
            throw new UncheckedIOException(cannotClose);
        }
    }

    private static void look(Input input, Survey survey) {
        try (RecordReader head = RecordReader.ofLog(input.head(HEAD))) {
            for (RecordReader.Found found = head.next(); found != RecordReader.Found.END; found = head.next()) {
                if (found != RecordReader.Found.TOO_LONG) {
                    survey.add(input.name(), head.bytes(), head.from(), head.to(), head.number());
                }
            }
        } catch (IOException cannotClose) {
            throw new UncheckedIOException(cannotClose);
        }
    }
}
