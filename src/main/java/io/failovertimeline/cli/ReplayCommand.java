package io.failovertimeline.cli;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.gate.Gate;
import io.failovertimeline.gate.GateResult;
import io.failovertimeline.model.RecoveryTargets;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.UnknownLines;
import io.failovertimeline.publish.FindingsJson;
import io.failovertimeline.publish.GateJson;
import io.failovertimeline.publish.HtmlReport;
import io.failovertimeline.publish.JunitXml;
import io.failovertimeline.publish.LoadJson;
import io.failovertimeline.publish.MarkdownReport;
import io.failovertimeline.publish.TextGate;
import io.failovertimeline.publish.TextReport;
import io.failovertimeline.publish.TextUnknown;
import io.failovertimeline.publish.UnknownYaml;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.recognize.Skeletons;
import io.failovertimeline.replay.AlertReplay;
import io.failovertimeline.replay.ProgressListener;
import io.failovertimeline.replay.UnknownListener;
import io.failovertimeline.replay.UnknownTemplates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay PATH…}: files in, a report out, without a broker. */
@Command(
        name = "replay",
        description = "Tells from files what happened: who took over, how long it took, what clients felt.",
        footer = {
            "",
            "Examples:",
            "  ./failover replay labs/planned-switchover",
            "  ./failover replay incident.md                  a write-up with excerpts from logs",
            "  ./failover replay labs/leader-killed --format html --output report.html",
            "  ./failover replay labs/leader-killed --format md --output write-up.md",
            "  ./failover replay db1.log db2.log k6.json.gz --zone Europe/Moscow",
            "  journalctl -u patroni -o json | ./failover replay - --format json | jq .incidents",
            "  ./failover replay labs/leader-killed --alerts --set alerts.outage.budget=5s",
            "  ./failover replay /var/log/postgresql --unknown=5           what no catalog entry takes",
            "  ./failover replay db1.log --unknown --format yaml > my-patterns/own.yaml",
            "  ./failover replay run-7 --expect expect.yaml --format junit --output junit.xml",
            "",
            "Exit codes: 0 fine, 1 an expectation did not hold, 4 one can't be told, 2 wrong usage, input that can't be read",
            "or bad patterns, 3 an internal error."
        })
public final class ReplayCommand implements Callable<Integer> {

    /** The stages over files: decode, recognize, correlate. */
    @FunctionalInterface
    public interface Pipeline {
        /**
         * Reads everything and tells what it found.
         *
         * @param paths files, folders, or {@code -} for standard input
         * @param zones those of local times that the user gives
         * @param loads the user's word on load results
         * @param recognizer what lines are recognized by; one for all runs of a command, for making it takes a while
         * @param unknown is shown what no catalog entry takes
         * @param evidence is shown what incidents are told from
         * @throws IOException if an input can't be read at all; the message names it
         */
        Report run(
                List<String> paths,
                GivenZones zones,
                GivenLoads loads,
                Recognizer recognizer,
                UnknownListener unknown,
                Consumer<EvidenceSet> evidence,
                ProgressListener progress)
                throws IOException;
    }

    /** How a report is written. */
    enum Format {
        text,
        json,
        md,
        html,
        junit,
        yaml
    }

    /** A report in one of its forms. */
    private interface Written {
        void write(Writer to) throws IOException;
    }

    /** When a report has colours. */
    enum Colour {
        auto,
        always,
        never
    }

    private final Pipeline pipeline;
    private final Function<Report, ObjectNode> json;
    private final Terminal terminal;
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PatternOptions patterns = new PatternOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files or folders, .gz and .zst too; - is standard input. Formats are detected line by line.")
    private List<String> paths = new ArrayList<>();

    @Mixin
    private ZoneOptions zones = new ZoneOptions();

    @Mixin
    private LoadOptions loads = new LoadOptions();

    @Mixin
    private AlertOptions alerts = new AlertOptions();

    @Option(
            names = "--format",
            description = "text (for people), json (for programs), md (a write-up in Markdown), html (one file for a "
                    + "browser), of expectations junit (for CI), or, of unknown lines, yaml: catalog entries to edit. "
                    + "Default: text.")
    private Format format = Format.text;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every step, host, clock, state dump and input; without, an incident fits one screen.")
    private boolean verbose;

    @Option(
            names = "--unknown",
            arity = "0..1",
            paramLabel = "N",
            parameterConsumer = ListLength.class,
            description = "List lines that no catalog entry takes, what they have in common once: the N most frequent. "
                    + "Default: 20.")
    private @Nullable Integer mostUnknown;

    @Mixin
    private ExpectOptions expect = new ExpectOptions();

    @Option(
            names = "--rto",
            paramLabel = "[CLUSTER=]TIME",
            description =
                    "The longest outage that is tolerated, such as 30s or 1m30s: each incident is held against it. "
                            + "May be given more than once.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--per-second",
            description = "Add rate and latencies of every second, generator and endpoint to the JSON, for plots.")
    private boolean perSecond;

    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never. Default: auto.")
    private Colour colour = Colour.auto;

    @Option(names = "--output", paramLabel = "FILE", description = "Write there instead of to standard output.")
    private @Nullable Path output;

    /**
     * Made with what it can't find out itself.
     *
     * @param json a report in the form of {@code --format json}
     * @param clock for the progress line alone
     */
    public ReplayCommand(Pipeline pipeline, Function<Report, ObjectNode> json, Terminal terminal, InstantSource clock) {
        this.pipeline = pipeline;
        this.json = json;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        paths.forEach(this::checkInput);
        if (mostUnknown == null && format == Format.yaml) {
            throw unusable("--format yaml", "only unknown lines are written so; add --unknown");
        }
        if (!expect.isAsked() && format == Format.junit) {
            throw unusable("--format junit", "only expectations are written so; add --expect");
        }
        Optional<ExpectOptions.Expected> expected = expect.expected();
        if (perSecond && format != Format.json) {
            throw unusable("--per-second", "only JSON has that; add --format json");
        }
        RecoveryTargets tolerated = targets();
        Catalog catalog = patterns.catalog();
        AlertReplay alertReplay = new AlertReplay(alerts.rules());
        List<AlertReplay.Told> told = new ArrayList<>();

        ProgressListener progress =
                terminal.showsErrors() ? new ProgressLine(spec.commandLine().getErr(), clock) : ProgressListener.NONE;
        UnknownTemplates unknown = new UnknownTemplates();
        Report report = pipeline.run(
                        paths,
                        zones.zones(),
                        loads.loads(),
                        new Recognizer(catalog),
                        mostUnknown == null ? UnknownListener.NONE : unknown,
                        alerts.wanted() ? evidence -> told.addAll(alertReplay.of(evidence.all())) : evidence -> {},
                        progress)
                .heldAgainst(tolerated);
        progress.done();

        Optional<GateResult> gate = expected.map(its -> Gate.of(its.file(), its.expectations(), report));
        write(
                switch (format) {
                    case text ->
                        text((alerts.wanted()
                                        ? AlertListing.text(told)
                                        : new TextReport(terminal.columns(), inColour(), verbose).render(report))
                                + text(unknown)
                                + gate.map(result -> "\n" + new TextGate(terminal.columns(), inColour()).render(result))
                                        .orElse(""));
                    case json -> json(json(report, unknown, told, gate));
                    case junit -> text(JunitXml.of(gate.orElseThrow()));
                    case md -> text(MarkdownReport.render(report));
                    case html -> text(HtmlReport.render(report));
                    case yaml -> text(yaml(unknown, catalog));
                });
        return report.inputs().isEmpty()
                ? ExitCode.UNUSABLE
                : gate.map(GateResult::verdict).map(ExitCode::of).orElse(ExitCode.FINE);
    }

    private RecoveryTargets targets() {
        try {
            return RecoveryTargets.parse(targets);
        } catch (IllegalArgumentException wrong) {
            throw unusable("--rto", String.valueOf(wrong.getMessage()));
        }
    }

    private String text(UnknownTemplates unknown) {
        return mostUnknown == null
                ? ""
                : "\n" + new TextUnknown(terminal.columns(), inColour(), mostUnknown).render(unknown.lines());
    }

    private ObjectNode json(
            Report report, UnknownTemplates unknown, List<AlertReplay.Told> told, Optional<GateResult> gate) {
        ObjectNode whole = json.apply(report);
        gate.ifPresent(result -> whole.set("expectations", GateJson.of(result)));
        if (alerts.wanted()) {
            whole.set("alerts", AlertListing.json(told));
        }
        if (perSecond) {
            whole.set("perSecond", LoadJson.perSecond(report));
        }
        if (mostUnknown != null) {
            UnknownLines lines = unknown.lines();
            whole.set("unknown", FindingsJson.unknown(lines, mostUnknown));
            whole.put("unknownLeftOut", lines.leftOut());
        }
        return whole;
    }

    private String yaml(UnknownTemplates unknown, Catalog catalog) {
        return mostUnknown == null
                ? ""
                : UnknownYaml.of(unknown.lines(), new Skeletons(catalog, unknown.templates()), mostUnknown);
    }

    private void checkInput(String path) {
        if (!path.equals("-") && !Files.isReadable(Path.of(path))) {
            throw unusable(path, Files.exists(Path.of(path)) ? "may not be read" : "no such file or folder");
        }
    }

    private ParameterException unusable(String what, String why) {
        return new ParameterException(spec.commandLine(), what + ": " + why);
    }

    private boolean inColour() {
        return switch (colour) {
            case always -> true;
            case never -> false;
            case auto -> output == null && terminal.coloursOutput();
        };
    }

    private static Written text(String text) {
        return to -> to.write(text);
    }

    /** Piece by piece: the text of thousands of incidents is larger than all that is known of them. */
    private static Written json(ObjectNode whole) {
        return to -> {
            JsonMapper.builder()
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .build()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(to, whole);
            to.write("\n");
        };
    }

    private void write(Written report) throws IOException {
        if (output != null) {
            try (Writer file = Files.newBufferedWriter(output, StandardCharsets.UTF_8)) {
                report.write(file);
            }
            return;
        }
        PrintWriter standardOutput = spec.commandLine().getOut();
        report.write(standardOutput);
        standardOutput.flush();
    }
}
