package io.failovertimeline.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command of the program that serves the live page, in a process of its own, which can be killed. */
final class PageProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("The live page is at (\\S+)");
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final String url;

    private PageProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it and waits until it has told where the page is; what it says stands in a file of {@code folder}. */
    static PageProcess start(Path folder, String... arguments) throws IOException {
        Path log = Files.createTempFile(folder, "page", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.failovertimeline.Main"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            Matcher told = ADDRESS.matcher(Files.readString(log));
            if (told.find()) {
                return new PageProcess(process, told.group(1));
            }
            LockSupport.parkNanos(50_000_000);
        }
        process.destroyForcibly();
        throw new IOException("No page: " + Files.readString(log));
    }

    String url() {
        return url;
    }

    /** With SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
