package io.failovertimeline.cli;

import io.failovertimeline.ingest.Ingest;
import io.failovertimeline.ingest.IngestRecord;
import io.failovertimeline.ingest.Pace;
import io.failovertimeline.simulate.Fleet;
import io.failovertimeline.simulate.FleetPlan;
import io.failovertimeline.simulate.Promotions;
import io.failovertimeline.stream.Closing;
import io.failovertimeline.stream.InputProgress;
import io.failovertimeline.stream.TimelineTail;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: the logs and load results of a fleet that does not exist, and how the stream application keeps up with them. */
@Command(
        name = "simulate",
        description =
                "Sends the logs and load results of a simulated fleet and measures how the stream application keeps up.",
        footer = {
            "",
            "Examples:",
            "  ./failover simulate --clusters 10000 --speed 1x --length 10m --bootstrap-server kafka1:9092",
            "  ./failover simulate --clusters 1000 --length 1h       as fast as Kafka takes it",
            "",
            "Give it a Kafka cluster with nothing else in its topics, and start ./failover stream there. The",
            "fleet's clusters are called cluster-0, cluster-1 and so on.",
            "Exit codes: 0 every promotion was told, 1 not within the patience, 2 wrong usage or Kafka can't be",
            "reached, 3 an internal error."
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final double NANOS_A_SECOND = 1e9;

    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--clusters", paramLabel = "N", description = "Patroni clusters, of three members. Default: 100.")
    private int clusters = 100;

    @Option(
            names = "--length",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Event time that passes, such as 90s or 10m. Default: 5m.")
    private Duration length = Duration.ofMinutes(5);

    @Option(
            names = "--speed",
            paramLabel = "N",
            converter = SpeedConverter.class,
            description = "So many times as fast as a clock: 1x is as a fleet sends. Default: no waiting.")
    private @Nullable Double speed;

    @Option(
            names = "--noise",
            paramLabel = "N",
            description = "Lines of other programs for each heartbeat of Patroni, of which each member writes one in"
                    + " 10 s. Default: 2.")
    private int noise = 2;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "Requests of a load generator to each cluster, a second. Default: 1.")
    private int requests = 1;

    @Option(
            names = "--failover-every",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "From one failover in the fleet to the next. Default: 5s.")
    private Duration failoverEvery = Duration.ofSeconds(5);

    @Option(names = "--seed", paramLabel = "N", description = "The same gives the same records. Default: 1.")
    private long seed = 1;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long to wait at the end for what was not told yet. Default: 2m.")
    private Duration patience = Duration.ofMinutes(2);

    /** Event time begins now by {@code clock}. */
    public SimulateCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        FleetPlan plan = new FleetPlan(clusters, clock.instant(), length, noise, requests, failoverEvery, seed);
        Properties client = kafka.client();
        String applicationId = kafka.applicationId();
        try (Closing closing = new Closing()) {
            Admin admin = closing.open(() -> Admin.create(client));
            Producer<byte[], byte[]> producer = closing.open(() -> Ingest.producer(client));
            TimelineTail tail = closing.open(() -> new TimelineTail(client, false));
            Promotions promotions = new Promotions(System::nanoTime);
            Run run = new Run(new InputProgress(admin, applicationId, Topics.standard()), promotions);
            Pace pace = speed == null ? Pace.UNLIMITED : Pace.times(speed, clock);
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(() -> run.send(new Ingest(producer, Topics.standard(), pace), plan));
            tail.follow(promotions, () -> sending.isDone() && run.isOver(clock, patience), Duration.ZERO);
            sending.join();
            run.report(spec.commandLine().getOut());
            return promotions.areAllTold() ? ExitCode.FINE : ExitCode.EXPECTATION_FAILED;
        } catch (KafkaException failed) {
            throw kafka.unreachable(failed);
        }
    }

    /** One run, and what was measured in it; what the sender writes is read when it is done. */
    private static final class Run {

        private final InputProgress progress;
        private final Promotions promotions;
        private long records;
        private long bytes;
        private double sendingSeconds;
        private double caughtUpSeconds;
        private @Nullable Instant givingUpAt;
        private long sentAt;

        Run(InputProgress progress, Promotions promotions) {
            this.progress = progress;
            this.promotions = promotions;
        }

        void send(Ingest ingest, FleetPlan plan) {
            long begun = System.nanoTime();
            try {
                records = ingest.send(watched(new Fleet(plan)), count -> {}).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new CompletionException(stopped);
            }
            sentAt = System.nanoTime();
            sendingSeconds = (sentAt - begun) / NANOS_A_SECOND;
        }

        private Iterator<IngestRecord> watched(Fleet fleet) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return fleet.hasNext();
                }

                @Override
                public IngestRecord next() {
                    IngestRecord record = fleet.next();
                    bytes += record.value().length;
                    promotions.sending(record);
                    return record;
                }
            };
        }

        /** Whether all was sent and read, or there is no more waiting for it. */
        boolean isOver(InstantSource clock, Duration patience) {
            if (givingUpAt == null) {
                givingUpAt = clock.instant().plus(patience);
            }
            boolean isRead = promotions.areAllTold() && progress.isComplete();
            if (isRead) {
                caughtUpSeconds = (System.nanoTime() - sentAt) / NANOS_A_SECOND;
            }
            return isRead || clock.instant().isAfter(givingUpAt);
        }

        void report(PrintWriter out) {
            out.printf(
                    Locale.ROOT,
                    "sent          %,d records, %,.1f MB, in %.1f s: %,.0f records/s%n",
                    records,
                    bytes / 1e6,
                    sendingSeconds,
                    records / sendingSeconds);
            if (caughtUpSeconds > 0) {
                out.printf(Locale.ROOT, "all read      %.1f s after the last was sent%n", caughtUpSeconds);
            } else {
                out.println("all read      no: the stream application is behind");
            }
            out.printf(Locale.ROOT, "promotions    %,d sent, %,d told%n", promotions.sent(), promotions.told());
            out.printf(
                    Locale.ROOT, "told within   p50 %s, p99 %s, at most %s%n", seconds(0.5), seconds(0.99), seconds(1));
            out.flush();
        }

        private String seconds(double share) {
            return promotions
                    .atMost(share)
                    .map(took -> String.format(Locale.ROOT, "%.3f s", took.toNanos() / NANOS_A_SECOND))
                    .orElse("unknown");
        }
    }
}
