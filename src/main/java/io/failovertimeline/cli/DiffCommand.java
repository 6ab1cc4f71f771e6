package io.failovertimeline.cli;

import io.failovertimeline.gate.Figures;
import io.failovertimeline.model.Report;
import io.failovertimeline.publish.ComparisonJson;
import io.failovertimeline.publish.TextComparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diff A B}: two runs, or two sets of runs, figure by figure. */
@Command(
        name = "diff",
        description = {
            "Compares two runs, or two sets of runs: phase by phase, endpoint by endpoint.",
            "",
            "Of several values the one in the middle is shown, with the smallest, the largest and how many there are.",
            "What is known only as a bound is left out."
        },
        footer = {
            "",
            "Examples:",
            "  ./failover diff labs/leader-killed labs/power-cut",
            "  ./failover diff runs/ttl-30 runs/ttl-15 --sets          each folder in them is a run",
            "",
            "Exit codes: 0 fine, 2 wrong usage or input that can't be read, 3 an internal error."
        })
public final class DiffCommand implements Callable<Integer> {

    private final ReplayCommand.Pipeline pipeline;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "A", description = "A run: a file or folder as replay takes it.")
    private Path a = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "Another.")
    private Path b = Path.of("");

    @Option(names = "--sets", description = "A and B are sets of runs: each folder in them is one.")
    private boolean areSets;

    @Mixin
    private RunOptions options = new RunOptions();

    /** Reads runs by {@code pipeline}. */
    public DiffCommand(ReplayCommand.Pipeline pipeline, Terminal terminal) {
        this.pipeline = pipeline;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        RunReader reader = options.reader(pipeline);
        List<Path> runsA = reader.runs(a, areSets);
        List<Path> runsB = reader.runs(b, areSets);
        Figures figuresA = figures(runsA, reader);
        Figures figuresB = figures(runsB, reader);
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (options.format()) {
                    case text ->
                        new TextComparison(terminal.columns(), terminal.coloursOutput())
                                .render(a.toString(), figuresA, b.toString(), figuresB);
                    case json ->
                        ComparisonJson.of(a.toString(), figuresA, b.toString(), figuresB)
                                        .toPrettyString() + "\n";
                });
        out.flush();
        return ExitCode.FINE;
    }

    private static Figures figures(List<Path> runs, RunReader reader) throws IOException {
        List<Report> reports = new ArrayList<>();
        for (Path run : runs) {
            reports.add(reader.read(run));
        }
        return Figures.of(reports);
    }
}
