package io.failovertimeline.cli;

import io.failovertimeline.config.Configuration;
import io.failovertimeline.operate.Operations;
import io.failovertimeline.operate.Preflight;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.stream.Closing;
import io.failovertimeline.stream.FailoverStream;
import io.failovertimeline.stream.Stages;
import io.failovertimeline.stream.StreamSettings;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stream}: the Kafka Streams application, until it is told to stop. */
@Command(
        name = "stream",
        description = "Runs the Kafka Streams application: logs and load results in, incidents out, until stopped.",
        footer = {
            "",
            "Examples:",
            "  ./failover stream --bootstrap-server kafka1:9092",
            "  ./failover stream --config failover.properties --patterns my-patterns --listen 127.0.0.1:9404",
            "  ./failover stream --config failover.properties --check",
            "",
            "Several may run at once; they share the work. The topics have to be there: ./failover topics.",
            "Exit codes: 2 wrong usage or Kafka can't be reached, 3 the application failed; 143 or 130 when stopped.",
            "With --check: 0 it can start, 1 something is not as needed."
        })
public final class StreamCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private PatternOptions patterns = new PatternOptions();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Answer /metrics for Prometheus, /health/live and /health/ready there. Default: nowhere.")
    private @Nullable String listen;

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(
            names = "--check",
            description =
                    "Start nothing; say whether the settings, the cluster, the topics and the rights on them are as needed.")
    private boolean check;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Configuration configuration = kafka.read(ownOptions());
        LogOptions.begin(configuration, spec);
        Stages stages =
                Stages.of(new Recognizer(patterns.catalog()), configuration.endpoints(), configuration.targets());
        if (check) {
            return check(configuration);
        }
        kafka.requireTopics(configuration, topics(configuration).definitions());
        StreamSettings settings = configuration.stream();
        LoggerFactory.getLogger(StreamCommand.class)
                .atInfo()
                .addKeyValue("settings", configuration.given())
                .log("starting");
        try (Closing closing = new Closing()) {
            FailoverStream stream = closing.open(() -> new FailoverStream(stages, settings));
            if (configuration.listen().isPresent()) {
                Operations operations =
                        closing.open(() -> new Operations(configuration.listen().get(), stream));
                InetSocketAddress at = operations.address();
                say("Metrics and health are at http://" + at.getHostString() + ":" + at.getPort() + ".");
            }
            stream.start();
            stream.awaitRunning();
            say("Running as " + settings.applicationId() + " on " + settings.bootstrapServers() + ".");
            stream.awaitEnd();
        }
        say("Stopped.");
        return ExitCode.FINE;
    }

    private Map<String, String> ownOptions() {
        Map<String, String> options = new TreeMap<>(log.settings());
        if (listen != null) {
            options.put("listen", listen);
        }
        return options;
    }

    private int check(Configuration configuration) throws IOException {
        List<Preflight.Finding> findings;
        try (Admin admin = Admin.create(configuration.client())) {
            findings = new Preflight(admin, configuration.stream(), topics(configuration)).findings();
        } catch (KafkaException failed) {
            throw kafka.unreachable(failed);
        }
        PrintWriter out = spec.commandLine().getOut();
        configuration.given().forEach((key, value) -> out.println("set   " + key + "=" + value));
        findings.forEach(finding ->
                out.println((finding.isFine() ? "ok    " : "WRONG ") + finding.what() + ": " + finding.advice()));
        out.flush();
        return findings.stream().allMatch(Preflight.Finding::isFine) ? ExitCode.FINE : ExitCode.EXPECTATION_FAILED;
    }

    private static Topics topics(Configuration configuration) {
        return Topics.standard(configuration.stream().partitions());
    }

    private void say(String sentence) {
        spec.commandLine().getErr().println(sentence);
        spec.commandLine().getErr().flush();
    }
}
