package io.failovertimeline.cli;

import io.failovertimeline.config.Configuration;
import io.failovertimeline.stream.Closing;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: the live page, until it is told to stop. */
@Command(
        name = "serve",
        description = "Shows incidents in a browser as they happen, until stopped.",
        footer = {
            "",
            "Examples:",
            "  ./failover serve --bootstrap-server kafka1:9092",
            "  ./failover serve --listen :8383 --config failover.properties",
            "",
            "It reads failovers, failover-clusters, failover-load and failover-acknowledgements and keeps nothing: any number",
            "may run. Who can reach the page can read log lines: web.token, or web.user and web.password, ask who it is; web.tls.keystore and",
            "web.tls.password (PKCS #12) encrypt. web.acknowledge.token is what it takes to acknowledge an incident.",
            "Exit codes: 2 wrong usage, Kafka can't be reached or the address is taken, 3 an internal error; 130 or 143",
            "when stopped."
        })
public final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "Where the page is; :PORT is all interfaces. Default: 127.0.0.1:8383, for this machine alone.")
    private @Nullable String listen;

    private final InstantSource clock;

    /** {@code clock} says when an incident is acknowledged. */
    public ServeCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> options = new TreeMap<>(log.settings());
        if (listen != null) {
            options.put("web.listen", listen);
        }
        Configuration configuration = kafka.read(options);
        LogOptions.begin(configuration, spec);
        try (Closing closing = new Closing()) {
            PageServing page = PageServing.start(configuration.client(), configuration.web(), clock, closing);
            PrintWriter err = spec.commandLine().getErr();
            err.println("The live page is at " + page.url());
            err.flush();
            page.ended().get();
        } catch (KafkaException failed) {
            throw kafka.unreachable(failed);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof KafkaException unreachable) {
                throw kafka.unreachable(unreachable);
            }
            throw new IllegalStateException("the incidents could not be read", failed.getCause());
        }
        return ExitCode.FINE;
    }
}
