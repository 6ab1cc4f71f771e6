package io.failovertimeline.cli;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.stream.ClusterNames;
import io.failovertimeline.stream.StreamSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that talks to a Kafka cluster. */
final class KafkaOptions {

    private static final String DEFAULT_SERVERS = "localhost:9092";
    private static final String KAFKA = "kafka.";
    private static final String MEMBERS = "cluster.";
    private static final String ZONES = "zone.";
    private static final List<String> KEYS = List.of("application.id", "state.dir", "zone", "evidence.most");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "Where the Kafka cluster is; several separated by commas. Default: " + DEFAULT_SERVERS + ".")
    private @Nullable String bootstrapServer;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Properties: kafka.NAME=… is passed to Kafka's clients as NAME (kafka.security.protocol=SSL); "
                            + "cluster.NAME=db1,db2 says which members are whose; application.id, state.dir, zone, zone.HOST "
                            + "and evidence.most are for the stream command.")
    private @Nullable Path config;

    /** What the configuration file says; empty without one. */
    Properties file() throws IOException {
        Properties properties = new Properties();
        if (config != null) {
            try (Reader reader = Files.newBufferedReader(config, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
        }
        List<String> unknown = properties.stringPropertyNames().stream()
                .filter(key -> !key.startsWith(KAFKA)
                        && !key.startsWith(MEMBERS)
                        && !key.startsWith(ZONES)
                        && !KEYS.contains(key))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw refused(config + ": unknown " + String.join(", ", unknown)
                    + "; known are kafka.NAME, cluster.NAME, zone.NAME, " + String.join(", ", KEYS));
        }
        return properties;
    }

    /** Settings for any client of Kafka. */
    Properties client() throws IOException {
        Properties client = new Properties();
        // A cluster that is not there is to be said soon.
        client.put("default.api.timeout.ms", "15000");
        client.put("request.timeout.ms", "10000");
        client.putAll(kafka(file()));
        client.put("bootstrap.servers", bootstrapServers(file()));
        return client;
    }

    /** Settings of the stream application. */
    StreamSettings stream() throws IOException {
        Properties file = file();
        List<String> problems = new ArrayList<>();
        Path stateDir = Path.of(file.getProperty(
                "state.dir",
                Path.of(System.getProperty("java.io.tmpdir"), "failover-timeline")
                        .toString()));
        StreamSettings defaults = StreamSettings.of(bootstrapServers(file), stateDir);
        GivenZones zones = zones(file, problems);
        int most = number(file, "evidence.most", problems).orElse(defaults.mostEvidence());
        Map<String, String> clusters = clusters(file, problems);
        if (!problems.isEmpty()) {
            throw refused(config + ": " + String.join("; ", problems));
        }
        Map<String, String> kafka = new HashMap<>(kafka(file));
        kafka.remove("bootstrap.servers");
        return new StreamSettings(
                defaults.bootstrapServers(),
                file.getProperty("application.id", defaults.applicationId()),
                stateDir,
                new ClusterNames(clusters),
                zones,
                most,
                kafka);
    }

    /** What to say when {@code failed} came from the cluster; ends the command with {@link ExitCode#UNUSABLE}. */
    IOException unreachable(KafkaException failed) throws IOException {
        String reason = failed.getMessage();
        return new IOException("Kafka at " + bootstrapServers(file()) + " does not do what is asked: "
                + (reason == null ? failed.toString() : reason)
                + ". Is it running there? --bootstrap-server and --config say how to reach it.");
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private String bootstrapServers(Properties file) {
        return bootstrapServer != null
                ? bootstrapServer
                : file.getProperty(KAFKA + "bootstrap.servers", DEFAULT_SERVERS);
    }

    private static Map<String, String> kafka(Properties file) {
        Map<String, String> kafka = new HashMap<>();
        file.stringPropertyNames().stream()
                .filter(key -> key.startsWith(KAFKA))
                .forEach(key -> kafka.put(key.substring(KAFKA.length()), file.getProperty(key)));
        return kafka;
    }

    /** {@code zone=UTC} and {@code zone.db1=+03:00}, the latter for a host or for sources. */
    private static GivenZones zones(Properties file, List<String> problems) {
        List<String> texts = new ArrayList<>();
        for (String key : file.stringPropertyNames()) {
            boolean isOfOne = key.startsWith(ZONES);
            if (isOfOne || key.equals("zone")) {
                String zone = file.getProperty(key).strip();
                String text = isOfOne ? key.substring(ZONES.length()) + "=" + zone : zone;
                try {
                    GivenZones.parse(List.of(text));
                    texts.add(text);
                } catch (IllegalArgumentException wrong) {
                    problems.add(key + "=" + zone + ": " + wrong.getMessage());
                }
            }
        }
        return GivenZones.parse(texts);
    }

    private static Optional<Integer> number(Properties file, String key, List<String> problems) {
        String value = file.getProperty(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.strip().matches("[1-9][0-9]{3,8}")) {
            problems.add(key + "=" + value + " is no whole number from 1000 on");
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(value.strip()));
    }

    /** {@code cluster.batman=db1,db2} turned around: the cluster by member. */
    private static Map<String, String> clusters(Properties file, List<String> problems) {
        Map<String, String> clusters = new HashMap<>();
        for (String key : file.stringPropertyNames()) {
            if (key.startsWith(MEMBERS)) {
                String cluster = key.substring(MEMBERS.length());
                for (String member : file.getProperty(key).split(",", -1)) {
                    String other = clusters.put(member.strip(), cluster);
                    if (other != null && !other.equals(cluster)) {
                        problems.add(member.strip() + " is in cluster " + other + " and in " + cluster);
                    }
                }
            }
        }
        return clusters;
    }
}
