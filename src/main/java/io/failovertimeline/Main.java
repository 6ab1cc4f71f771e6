package io.failovertimeline;

import io.failovertimeline.cli.AlertCommand;
import io.failovertimeline.cli.DemoCommand;
import io.failovertimeline.cli.DiffCommand;
import io.failovertimeline.cli.ExplainCommand;
import io.failovertimeline.cli.FailoverCommand;
import io.failovertimeline.cli.IngestCommand;
import io.failovertimeline.cli.PatternsCommand;
import io.failovertimeline.cli.ReplayCommand;
import io.failovertimeline.cli.ScoreCommand;
import io.failovertimeline.cli.ServeCommand;
import io.failovertimeline.cli.SimulateCommand;
import io.failovertimeline.cli.StreamCommand;
import io.failovertimeline.cli.TailCommand;
import io.failovertimeline.cli.Terminal;
import io.failovertimeline.cli.TopicsCommand;
import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.ingest.Feed;
import io.failovertimeline.ingest.FileFeed;
import io.failovertimeline.publish.FindingsJson;
import io.failovertimeline.replay.Replay;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Arguments in, exit code out. */
public final class Main {

    private Main() {}

    /** Runs the command that {@code arguments} name; its exit codes are in {@link io.failovertimeline.cli.ExitCode}. */
    public static void main(String[] arguments) {
        PrintWriter out = utf8(FileDescriptor.out);
        PrintWriter err = utf8(FileDescriptor.err);
        Terminal terminal = Terminal.of(System.getProperties(), System.getenv());
        List<Object> asked = FailoverCommand.asked(commands(terminal), arguments);
        int exitCode = FailoverCommand.of(asked, out, err, System.getenv()).execute(arguments);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /** Every command there is, in the order of {@code --help}. */
    private static List<Object> commands(Terminal terminal) {
        InstantSource clock = InstantSource.system();
        Feed feed = new FileFeed(System.in);
        Path labs = Path.of(System.getProperty("failover.home", "."), "labs");
        ReplayCommand.Pipeline pipeline = (paths, zones, loads, recognizer, unknown, gathered, progress) -> new Replay(
                        recognizer, System.in, loads, evidence -> {
                            gathered.accept(evidence);
                            return Correlator.findings(evidence);
                        })
                .run(paths, zones, unknown, progress);
        return List.of(
                new DemoCommand(feed, clock, labs, terminal),
                new ReplayCommand(pipeline, FindingsJson::report, terminal, clock),
                new DiffCommand(pipeline, terminal),
                new ScoreCommand(pipeline, terminal),
                new ExplainCommand(System.in, terminal),
                new PatternsCommand(terminal),
                new TopicsCommand(),
                new IngestCommand(feed, clock),
                new StreamCommand(),
                new AlertCommand(clock),
                new TailCommand(terminal),
                new ServeCommand(clock),
                new SimulateCommand(clock));
    }

    /** Results are UTF-8 whatever the machine's locale says. */
    private static PrintWriter utf8(FileDescriptor stream) {
        return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }
}
