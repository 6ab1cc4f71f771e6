package io.failovertimeline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.gate.Gate;
import io.failovertimeline.gate.GateResult;
import io.failovertimeline.gate.Verdict;
import io.failovertimeline.publish.GateJson;
import io.failovertimeline.publish.TextScore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code score RUN…}: each run by itself against the same expectations. */
@Command(
        name = "score",
        description = "Holds each of several runs against the same expectations, and says how many passed.",
        footer = {
            "",
            "Examples:",
            "  ./failover score labs/leader-killed labs/power-cut --expect expect.yaml",
            "  ./failover score runs --sets --expect expect.yaml --format json",
            "",
            "Exit codes: 0 all passed, 1 one failed, 4 none failed and one can't be told, 2 wrong usage or input that",
            "can't be read, 3 an internal error."
        })
public final class ScoreCommand implements Callable<Integer> {

    private final ReplayCommand.Pipeline pipeline;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Runs: files or folders as replay takes them.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--sets", description = "Each RUN is a set of runs: each folder in it is one.")
    private boolean areSets;

    @Mixin
    private ExpectOptions expect = new ExpectOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    /** Reads runs by {@code pipeline}. */
    public ScoreCommand(ReplayCommand.Pipeline pipeline, Terminal terminal) {
        this.pipeline = pipeline;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        ExpectOptions.Expected expected = expect.expected()
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "score needs --expect FILE"));
        RunReader reader = options.reader(pipeline);
        Map<String, GateResult> byRun = new LinkedHashMap<>();
        for (Path path : paths) {
            for (Path run : reader.runs(path, areSets)) {
                byRun.put(run.toString(), Gate.of(expected.file(), expected.expectations(), reader.read(run)));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (options.format()) {
                    case text -> new TextScore(terminal.columns(), terminal.coloursOutput()).render(byRun);
                    case json -> json(byRun).toPrettyString() + "\n";
                });
        out.flush();
        return ExitCode.of(byRun.values().stream().map(GateResult::verdict).reduce(Verdict.PASS, Verdict::and));
    }

    private static ObjectNode json(Map<String, GateResult> byRun) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        byRun.forEach((run, result) -> json.set(run, GateJson.of(result)));
        return json;
    }
}
