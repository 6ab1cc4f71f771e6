package io.failovertimeline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.ingest.Feed;
import io.failovertimeline.ingest.Ingest;
import io.failovertimeline.ingest.IngestRecord;
import io.failovertimeline.ingest.Pace;
import io.failovertimeline.publish.TextTimeline;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.stream.Closing;
import io.failovertimeline.stream.EmbeddedBroker;
import io.failovertimeline.stream.FailoverStream;
import io.failovertimeline.stream.InputProgress;
import io.failovertimeline.stream.Stages;
import io.failovertimeline.stream.StreamSettings;
import io.failovertimeline.stream.TemporaryFolder;
import io.failovertimeline.stream.TimelineTail;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.Topics;
import io.failovertimeline.web.WebSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: a broker, the stream application and a lab's logs, in one process and gone when it ends. */
@Command(
        name = "demo",
        description = "Replays a real lab through Kafka in this process and tells the failover as it happens.",
        footer = {
            "",
            "Examples:",
            "  ./failover demo",
            "  ./failover demo --lab planned-switchover --speed 60x",
            "  ./failover demo --page",
            "",
            "Nothing is left behind, also not after Ctrl-C.",
            "Exit codes: 0 fine, 2 wrong usage, 3 an internal error; 130 when stopped."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final String USUAL_LAB = "leader-killed";

    /** How long a replay takes where no speed is asked for. */
    private static final Duration USUAL_LENGTH = Duration.ofSeconds(15);

    /** When the input is all read and nothing came for so long, all is told. */
    private static final Duration IDLE = Duration.ofMillis(1500);

    private final Feed feed;
    private final InstantSource clock;
    private final Path labs;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PatternOptions patterns = new PatternOptions();

    @Option(names = "--lab", paramLabel = "NAME", description = "A folder of labs/. Default: " + USUAL_LAB + ".")
    private String lab = USUAL_LAB;

    @Option(
            names = "--speed",
            paramLabel = "N",
            converter = SpeedConverter.class,
            description = "So many times as fast as it was, such as 20x. Default: the whole lab in about 15 seconds.")
    private @Nullable Double speed;

    @Option(
            names = "--page",
            arity = "0..1",
            paramLabel = "PORT",
            fallbackValue = "" + WebSettings.USUAL_PORT,
            description = "Show it in a browser too, at http://127.0.0.1:PORT/, and stay until Ctrl-C. Default port: "
                    + WebSettings.USUAL_PORT + ".")
    private @Nullable Integer page;

    /**
     * Runs over what {@code feed} reads.
     *
     * @param clock serves the pace, and says when an incident is acknowledged
     * @param labs the folder of the bundled labs
     * @param terminal how wide the output is and whether in colours
     */
    public DemoCommand(Feed feed, InstantSource clock, Path labs, Terminal terminal) {
        this.feed = feed;
        this.clock = clock;
        this.labs = labs;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<IngestRecord> records = records();
        Stages stages = Stages.of(new Recognizer(patterns.catalog()));
        try (Closing closing = new Closing()) {
            try {
                run(records, stages, closing);
            } catch (RuntimeException failed) {
                if (!closing.isStopping()) {
                    throw failed;
                }
            }
        }
        return ExitCode.FINE;
    }

    private void run(List<IngestRecord> records, Stages stages, Closing closing) throws InterruptedException {
        say("Starting Kafka in this process ...");
        EmbeddedBroker broker = closing.open(EmbeddedBroker::start);
        Properties client = new Properties();
        client.put("bootstrap.servers", broker.bootstrapServers());
        Admin admin = closing.open(() -> Admin.create(client));
        Topics topics = Topics.standard();
        new TopicSetup(admin).create(topics.definitions(), Optional.empty());

        TemporaryFolder stateDir = closing.open(() -> TemporaryFolder.create("failover-state-"));
        StreamSettings settings = StreamSettings.of(broker.bootstrapServers(), stateDir.path());
        FailoverStream stream = closing.open(() -> new FailoverStream(stages, settings));
        stream.start();
        stream.awaitRunning();

        Optional<PageServing> serving = Optional.ofNullable(page)
                .map(port -> PageServing.start(client, WebSettings.loopback(port), clock, closing));
        serving.ifPresent(served -> say("The live page is at " + served.url()));

        double times = speed == null ? usualSpeed(records) : speed;
        say(String.format(
                Locale.ROOT, "Replaying %s: %,d records at %.0fx. Times are UTC.", lab, records.size(), times));
        TimelineTail tail = closing.open(() -> new TimelineTail(client, true));
        Producer<byte[], byte[]> producer = closing.open(() -> Ingest.producer(client));
        CompletableFuture<Void> ingest =
                CompletableFuture.runAsync(() -> send(new Ingest(producer, topics, Pace.times(times, clock)), records));
        InputProgress progress = new InputProgress(admin, settings.applicationId(), topics);
        Story story = new Story(spec.commandLine().getOut(), terminal.timeline(false));
        tail.follow(story, () -> ingest.isCompletedExceptionally() || (ingest.isDone() && progress.isComplete()), IDLE);
        ingest.join();
        story.conclude();
        say("The same from files, with the lines in full: ./failover replay labs/" + lab + " --verbose");
        serving.ifPresent(served -> {
            say("The page stays at " + served.url() + " until Ctrl-C.");
            served.ended().join();
        });
    }

    private static void send(Ingest ingest, List<IngestRecord> records) {
        try {
            ingest.send(records.iterator(), count -> {});
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CompletionException(stopped);
        }
    }

    private List<IngestRecord> records() throws IOException {
        Path folder = labs.resolve(lab);
        if (lab.contains("..") || !Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "There is no lab '" + lab + "'; there are " + labNames());
        }
        List<IngestRecord> records = new ArrayList<>();
        feed.open(List.of(folder.toString()), GivenZones.NONE, GivenLoads.NONE, Optional.empty(), problem -> {})
                .forEachRemaining(records::add);
        return records;
    }

    private String labNames() throws IOException {
        if (!Files.isDirectory(labs)) {
            return "none, for there is no folder " + labs;
        }
        try (Stream<Path> folders = Files.list(labs)) {
            return String.join(
                    ", ",
                    folders.filter(Files::isDirectory)
                            .map(folder -> String.valueOf(folder.getFileName()))
                            .sorted()
                            .toList());
        }
    }

    private static double usualSpeed(List<IngestRecord> records) {
        List<Instant> times = records.stream()
                .flatMap(record -> record.at().stream())
                .sorted()
                .toList();
        if (times.isEmpty()) {
            return 1;
        }
        Duration span = Duration.between(times.get(0), times.get(times.size() - 1));
        return Math.max(1, span.toMillis() / (double) USUAL_LENGTH.toMillis());
    }

    private void say(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence);
        err.flush();
    }

    /** Prints steps as they come, and at the end the incidents as they then stand. */
    private static final class Story implements TimelineTail.Listener {

        private final PrintWriter out;
        private final TextTimeline timeline;
        private final Map<String, ObjectNode> incidents = new TreeMap<>();

        Story(PrintWriter out, TextTimeline timeline) {
            this.out = out;
            this.timeline = timeline;
        }

        @Override
        public void step(ObjectNode step) {
            out.print(timeline.change(step));
            out.flush();
        }

        @Override
        public void incident(String id, Optional<ObjectNode> json) {
            json.ifPresentOrElse(incident -> incidents.put(id, incident), () -> incidents.remove(id));
        }

        void conclude() {
            incidents.values().forEach(incident -> {
                out.println();
                out.print(timeline.summary(incident));
            });
            out.flush();
        }
    }
}
