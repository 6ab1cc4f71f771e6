package io.failovertimeline.cli;

import io.failovertimeline.stream.Closing;
import io.failovertimeline.stream.TimelineTail;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tail}: follows the timeline on the terminal. */
@Command(
        name = "tail",
        description = "Follows the failover timeline: each step as it becomes known, incidents when they are over.",
        footer = {
            "",
            "Examples:",
            "  ./failover tail",
            "  ./failover tail --from-beginning --until-idle 3 --format json | jq .value",
            "",
            "A line that begins with * is the begin or end of an incident, = the end of a phase, ~ corrects an",
            "earlier line, - withdraws one.",
            "Exit codes: 0 --until-idle ended it, 2 wrong usage or Kafka can't be reached, 3 an internal error;",
            "130 or 143 when stopped."
        })
public final class TailCommand implements Callable<Integer> {

    /** How records are printed. */
    enum Format {
        text,
        json
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--from-beginning", description = "Begin with the oldest record kept. Default: with the next one.")
    private boolean fromBeginning;

    @Option(
            names = "--until-idle",
            paramLabel = "SECONDS",
            description = "End when nothing has come for so long. Default: go on until stopped.")
    private @Nullable Integer untilIdle;

    @Option(names = "--format", description = "text (for people) or json (one object a line). Default: text.")
    private Format format = Format.text;

    private final Terminal terminal;

    /** Prints as {@code terminal} can show it. */
    public TailCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Properties client = kafka.client();
        try (Closing closing = new Closing()) {
            TimelineTail tail = closing.open(() -> new TimelineTail(client, fromBeginning));
            tail.follow(
                    format == Format.json ? TailPrinter.json(out) : TailPrinter.text(out, terminal.timeline(true)),
                    () -> untilIdle != null,
                    Duration.ofSeconds(untilIdle == null ? 0 : untilIdle));
        } catch (KafkaException failed) {
            throw kafka.unreachable(failed);
        }
        return ExitCode.FINE;
    }
}
