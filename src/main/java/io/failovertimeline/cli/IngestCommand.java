package io.failovertimeline.cli;

import io.failovertimeline.ingest.Feed;
import io.failovertimeline.ingest.Ingest;
import io.failovertimeline.ingest.IngestRecord;
import io.failovertimeline.ingest.Pace;
import io.failovertimeline.model.Problem;
import io.failovertimeline.stream.Closing;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ingest PATH…}: sends files to the input topics. */
@Command(
        name = "ingest",
        description = "Sends log lines and load results to the input topics, stamped with their own times.",
        footer = {
            "",
            "Examples:",
            "  ./failover ingest labs/planned-switchover --bootstrap-server kafka1:9092",
            "  ./failover ingest labs/leader-killed --speed 20x",
            "  journalctl -f -u patroni -o json | ./failover ingest - --cluster batman",
            "",
            "Exit codes: 0 all was sent, 2 wrong usage, input that can't be read or Kafka can't be reached,",
            "3 an internal error."
        })
public final class IngestCommand implements Callable<Integer> {

    private static final long PROGRESS_EVERY = 10_000;

    private final Feed feed;
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files or folders, .gz and .zst too; - is standard input.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "The cluster of all records, if the input does not tell.")
    private @Nullable String cluster;

    @Mixin
    private ZoneOptions zones = new ZoneOptions();

    @Mixin
    private LoadOptions loads = new LoadOptions();

    @Option(
            names = "--speed",
            paramLabel = "N",
            converter = SpeedConverter.class,
            description =
                    "Keep the distances between the records, N times as fast: 1x is as it was. Default: no waiting.")
    private @Nullable Double speed;

    /** Sends what {@code feed} reads; {@code clock} serves {@code --speed} alone. */
    public IngestCommand(Feed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Iterator<IngestRecord> records =
                feed.open(paths, zones.zones(), loads.loads(), Optional.ofNullable(cluster), this::report);
        Pace pace = speed == null ? Pace.UNLIMITED : Pace.times(speed, clock);
        Properties client = kafka.client();
        try (Closing closing = new Closing()) {
            Producer<byte[], byte[]> producer = closing.open(() -> Ingest.producer(client));
            report(send(new Ingest(producer, Topics.standard(), pace), records, closing));
        } catch (KafkaException failed) {
            throw kafka.unreachable(failed);
        }
        return ExitCode.FINE;
    }

    private Map<IngestRecord.Input, Long> send(Ingest ingest, Iterator<IngestRecord> records, Closing closing)
            throws InterruptedException {
        try {
            return ingest.send(records, this::progress);
        } catch (IllegalStateException refused) {
            if (closing.isStopping()) {
                // The process is stopping and has closed the producer: what was sent is there.
                return Map.of();
            }
            throw refused;
        }
    }

    private void progress(long sent) {
        if (sent % PROGRESS_EVERY == 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf(Locale.ROOT, "sent %,d records%n", sent);
            err.flush();
        }
    }

    private void report(Problem problem) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                problem.place() + ": " + problem.what() + (problem.advice().isEmpty() ? "" : "; " + problem.advice()));
        err.flush();
    }

    private void report(Map<IngestRecord.Input, Long> sent) {
        PrintWriter out = spec.commandLine().getOut();
        sent.forEach((input, count) -> out.printf(
                Locale.ROOT,
                "%,10d  %s%n",
                count,
                input.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        out.printf(
                Locale.ROOT,
                "%,10d  records sent%n",
                sent.values().stream().mapToLong(Long::longValue).sum());
        out.flush();
    }
}
