package io.failovertimeline.cli;

import io.failovertimeline.config.Configuration;
import io.failovertimeline.stream.TopicDefinition;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.TopicState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a Kafka cluster. */
final class KafkaOptions {

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "Where the Kafka cluster is; several separated by commas. Default: "
                    + Configuration.DEFAULT_SERVERS + ".")
    private @Nullable String bootstrapServer;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Settings, as Java properties: kafka.NAME=… is passed to Kafka's clients as NAME (kafka.security.protocol=SSL); "
                            + "cluster.NAME=db1,db2 says which members are whose; application.id, state.dir, zone, zone.HOST, "
                            + "evidence.most, partitions and listen are for the stream command, alerts.NAME for its "
                            + "alerts (docs/alerts.md), web.NAME for serve, receiver.NAME for alert, log.format for all that run on. $${file:PATH} and $${env:NAME} in a value stand "
                            + "for what is there. FAILOVER_STATE_DIR or FAILOVER_KAFKA_SECURITY_PROTOCOL in the environment "
                            + "win over the file, options over both.")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One more setting, as in the file of --config. Can be given several times.")
    private Map<String, String> set = new LinkedHashMap<>();

    /** All settings, {@code more} of them from options of the command's own. */
    Configuration read(Map<String, String> more) throws IOException {
        Map<String, String> options = new LinkedHashMap<>(set);
        if (bootstrapServer != null) {
            options.put("kafka.bootstrap.servers", bootstrapServer);
        }
        options.putAll(more);
        return Configuration.read(Optional.ofNullable(config), System.getenv(), options);
    }

    /** The consumer group of the stream application. */
    String applicationId() throws IOException {
        return read(Map.of()).stream().applicationId();
    }

    /** Settings for any client of Kafka. */
    Properties client() throws IOException {
        return read(Map.of()).client();
    }

    /**
     * Looks for {@code topics}.
     *
     * @throws IOException if one is missing, or the cluster does not say
     */
    void requireTopics(Configuration configuration, List<TopicDefinition> topics) throws IOException {
        try (Admin admin = Admin.create(configuration.client())) {
            List<String> missing = new TopicSetup(admin)
                    .check(topics).stream()
                            .filter(state -> state.status() == TopicState.Status.MISSING)
                            .map(TopicState::name)
                            .toList();
            if (!missing.isEmpty()) {
                throw new IOException("There is no topic " + String.join(", ", missing)
                        + ". Create what is missing with ./failover topics.");
            }
        } catch (KafkaException failed) {
            throw unreachable(failed);
        }
    }

    /** What to say when {@code failed} came from the cluster; ends the command with {@link ExitCode#UNUSABLE}. */
    IOException unreachable(KafkaException failed) throws IOException {
        String reason = failed.getMessage();
        return new IOException("Kafka at " + read(Map.of()).stream().bootstrapServers() + " does not do what is asked: "
                + (reason == null ? failed.toString() : reason)
                + ". Is it running there? --bootstrap-server and --config say how to reach it.");
    }
}
