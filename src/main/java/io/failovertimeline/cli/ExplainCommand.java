package io.failovertimeline.cli;

import io.failovertimeline.publish.ExplanationJson;
import io.failovertimeline.publish.TextExplanation;
import io.failovertimeline.recognize.Explainer;
import io.failovertimeline.recognize.Explanation;
import io.failovertimeline.replay.Explaining;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain LINE…}: how lines are decoded and recognized, or why not. */
@Command(
        name = "explain",
        description = "Tells how a line is read and which catalog entry takes it, or why none does.",
        footer = {
            "",
            "Examples:",
            "  ./failover explain '2023-12-10 16:19:54,575 INFO: promoted self to leader by acquiring session lock'",
            "  ./failover explain db1.log:17                    zone, year, host and the other lines of its record as in the file",
            "  journalctl -u patroni -n 5 | ./failover explain - --zone Europe/Moscow",
            "  ./failover explain --patterns my-patterns --format json \"$LINE\" | jq .entry",
            "",
            "Exit codes: 0 an entry takes each line, 1 none takes one of them (blank lines aside), 2 wrong usage,",
            "input that can't be read or bad patterns, 3 an internal error."
        })
public final class ExplainCommand implements Callable<Integer> {

    private static final Pattern PLACE = Pattern.compile("(\\S.*):([1-9]\\d{0,17})");

    /** How explanations are written. */
    enum Format {
        text,
        json
    }

    private final InputStream standardInput;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PatternOptions patterns = new PatternOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "LINE",
            description = "A line, in quotes; FILE:NUMBER for a line of a file; - for the lines of standard input.")
    private List<String> lines = new ArrayList<>();

    @Mixin
    private ZoneOptions zones = new ZoneOptions();

    @Option(names = "--format", description = "text (for people) or json (an object for each line). Default: text.")
    private Format format = Format.text;

    /** Explains; {@code standardInput} is what {@code -} stands for. */
    public ExplainCommand(InputStream standardInput, Terminal terminal) {
        this.standardInput = standardInput;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Explaining explaining = new Explaining(new Explainer(patterns.catalog()), zones.zones());
        Printer printer = new Printer();
        List<String> given = new ArrayList<>();
        for (String line : lines) {
            Matcher place = PLACE.matcher(line);
            if (line.equals("-")) {
                explaining.stream(standardInput, printer);
            } else if (place.matches() && isFile(place.group(1))) {
                explaining.lineOf(place.group(1), Long.parseLong(place.group(2)), printer);
            } else if (place.matches() && line.indexOf(' ') < 0) {
                throw new ParameterException(spec.commandLine(), place.group(1) + ": no such file");
            } else {
                given.add(line);
            }
        }
        if (!given.isEmpty()) {
            explaining.lines(given, printer);
        }
        return printer.exitCode;
    }

    private static boolean isFile(String path) {
        try {
            return Files.isRegularFile(Path.of(path));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }

    /** Writes each explanation as it comes, and knows whether all lines were taken. */
    private final class Printer implements Consumer<Explanation> {

        private final TextExplanation text = new TextExplanation(terminal.columns(), terminal.coloursOutput());
        private int exitCode = ExitCode.FINE;

        @Override
        public void accept(Explanation explanation) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(
                    switch (format) {
                        case text -> text.render(explanation);
                        case json -> ExplanationJson.of(explanation) + "\n";
                    });
            out.flush();
            if (!explanation.isTaken()) {
                exitCode = ExitCode.NOT_TAKEN;
            }
        }
    }
}
