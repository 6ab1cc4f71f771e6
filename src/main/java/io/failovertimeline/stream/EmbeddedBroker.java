package io.failovertimeline.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka cluster of one node, broker and controller in one, inside this process: Kafka's own server on free ports of the
 * loopback interface. Its data lives in a temporary folder that {@link #close()} deletes.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int NODE = 1;

    private final TemporaryFolder folder;
    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private boolean closed;

    private EmbeddedBroker(TemporaryFolder folder, KafkaRaftServer server, String bootstrapServers) {
        this.folder = folder;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Formats an empty cluster and starts it; returns when it takes requests.
     *
     * @throws UncheckedIOException if there is no room for the temporary folder or no free port
     * @throws IllegalStateException if Kafka's server does not start
     */
    public static EmbeddedBroker start() {
        TemporaryFolder folder = TemporaryFolder.create("failover-kafka-");
        boolean started = false;
        try {
            List<Integer> ports = freePorts();
            format(folder.path());
            KafkaConfig config = new KafkaConfig(settings(folder.path(), ports.get(0), ports.get(1)), false);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            started = true;
            return new EmbeddedBroker(folder, server, "127.0.0.1:" + ports.get(0));
        } finally {
            // Whatever went wrong, also an error of Kafka's classes while the process is stopping.
            if (!started) {
                folder.close();
            }
        }
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Where the data lies until {@link #close()}. */
    public Path folder() {
        return folder.path();
    }

    /** Stops the server and deletes its data; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        folder.close();
    }

    static Map<String, String> settings(Path folder, int brokerPort, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("node.id", String.valueOf(NODE));
        settings.put("process.roles", "broker,controller");
        settings.put("listeners", "BROKER://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "BROKER");
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");

        // One node holds every replica; one partition of each internal topic is enough and starts faster.
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");

        // Nobody else will join a group here, so there is nobody to wait for.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 * 1024 * 1024));
        settings.put("log.index.size.max.bytes", String.valueOf(1024 * 1024));
        return settings;
    }

    static void format(Path folder) {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .run();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("Kafka's storage could not be formatted in " + folder, failed);
        }
    }

    /** A port for the broker and one for the controller; both are held until both are known, so that they differ. */
    static List<Integer> freePorts() {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket controller = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return List.of(broker.getLocalPort(), controller.getLocalPort());
        } catch (IOException none) {
            throw new UncheckedIOException("no free port on the loopback interface", none);
        }
    }
}
