package io.failovertimeline.stream;

import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/** A Kafka broker in a process of its own, which can be killed and started again over the same data. */
public final class BrokerProcess implements AutoCloseable {

    private final Path folder;
    private final int port;
    private Process process;

    /** Formats {@code folder} and starts a broker over it. */
    public BrokerProcess(Path folder) throws IOException {
        this.folder = folder;
        List<Integer> ports = EmbeddedBroker.freePorts();
        port = ports.get(0);
        Path data = Files.createDirectories(folder.resolve("data"));
        EmbeddedBroker.format(data);
        Properties settings = new Properties();
        settings.putAll(EmbeddedBroker.settings(data, port, ports.get(1)));
        try (Writer file = Files.newBufferedWriter(folder.resolve("server.properties"), StandardCharsets.UTF_8)) {
            settings.store(file, "");
        }
        process = start();
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Kills it with SIGKILL and starts it again. */
    public void kill() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = start();
    }

    private Process start() throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "kafka.Kafka",
                        folder.resolve("server.properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()))
                .start();
        while (!answers()) {
            if (!started.isAlive()) {
                throw new IOException("The broker ended: " + Files.readString(folder.resolve("broker.log")));
            }
            LockSupport.parkNanos(50_000_000);
        }
        return started;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
