package io.failovertimeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Instances of {@code ./failover stream}, each a process of its own with a name and stores of its own. */
final class StreamProcesses implements AutoCloseable {

    /** What a supervisor is told to start it again. */
    private static final int FAILED = 3;

    /** What is started while no broker answers. */
    private static final int KAFKA_AWAY = 2;

    private final Path folder;
    private final String bootstrapServers;
    private final Map<String, Process> running = new TreeMap<>();
    private int endedByThemselves;

    StreamProcesses(Path folder, String bootstrapServers) {
        this.folder = folder;
        this.bootstrapServers = bootstrapServers;
    }

    /** So many run from now on. Those that are too many are killed. */
    void scaleTo(int instances) throws IOException, InterruptedException {
        for (int number = 1; number <= instances; number++) {
            String name = "instance-" + number;
            if (!running.containsKey(name)) {
                running.put(name, start(name));
            }
        }
        for (String name : List.copyOf(running.keySet())) {
            if (running.size() > instances) {
                running.remove(name).destroyForcibly().waitFor();
            }
        }
    }

    /** One of them, by chance. */
    String any(Random random) {
        List<String> names = new ArrayList<>(running.keySet());
        return names.get(random.nextInt(names.size()));
    }

    /** Whether it has its partitions, or had them once since it was started. */
    boolean isRunning(String name) throws IOException {
        return Files.readString(log(name)).contains("Running as");
    }

    /** Kills it with SIGKILL and starts it again. */
    void kill(String name) throws IOException, InterruptedException {
        running.get(name).destroyForcibly().waitFor();
        running.put(name, start(name));
    }

    /** Stops each with SIGTERM and starts it again, one after the other; does {@code meanwhile} while one is away. */
    void restartOneByOne(Meanwhile meanwhile) throws Exception {
        for (String name : List.copyOf(running.keySet())) {
            running.get(name).destroy();
            meanwhile.run();
            running.get(name).waitFor();
            running.put(name, start(name));
        }
    }

    /** As a supervisor does: starts those again that have ended by themselves, which is right only with the exit codes for it. */
    void supervise() throws IOException {
        for (String name : List.copyOf(running.keySet())) {
            Process process = running.get(name);
            if (!process.isAlive()) {
                assertThat(process.exitValue()).as(name + " ended by itself").isIn(FAILED, KAFKA_AWAY);
                endedByThemselves++;
                running.put(name, start(name));
            }
        }
    }

    int endedByThemselves() {
        return endedByThemselves;
    }

    private Process start(String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx300m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.failovertimeline.Main",
                        "stream",
                        "--bootstrap-server",
                        bootstrapServers,
                        "--set",
                        "state.dir=" + folder.resolve(name),
                        // One that comes back under the same name takes over from itself at once.
                        "--set",
                        "kafka.group.instance.id=" + name,
                        "--set",
                        "kafka.session.timeout.ms=6000")
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile())
                .start();
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    @Override
    public void close() {
        Collection<Process> all = running.values();
        all.forEach(Process::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** What is done in between. */
    @FunctionalInterface
    interface Meanwhile {
        void run() throws Exception;
    }
}
