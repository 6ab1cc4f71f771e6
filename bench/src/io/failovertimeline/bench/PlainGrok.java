package io.failovertimeline.bench;

import io.krakens.grok.api.Grok;
import io.krakens.grok.api.GrokCompiler;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What most would write: java-grok, ten patterns, tried one after the other on every line. Prints how many lines matched. */
public final class PlainGrok {

    private static final String TEXT = "%{SYSLOGTIMESTAMP:at} %{SYSLOGHOST:host} patroni\\[%{POSINT:pid}\\]: %{TIMESTAMP_ISO8601:own} ";
    private static final String POSTGRES = "%{SYSLOGTIMESTAMP:at} %{SYSLOGHOST:host} postgres\\[%{POSINT:pid}\\]: %{TIMESTAMP_ISO8601:own} UTC \\[%{POSINT}\\] LOG:  ";
    private static final List<String> PATTERNS = List.of(
            TEXT + "INFO: no action. I am \\(%{NOTSPACE:member}\\), the leader with the lock",
            TEXT + "INFO: no action. I am \\(%{NOTSPACE:member}\\), a secondary, and following a leader \\(%{NOTSPACE:leader}\\)",
            TEXT + "INFO: Lock owner: %{NOTSPACE:leader}; I am %{NOTSPACE:member}",
            TEXT + "WARNING: Request failed to %{NOTSPACE:member}: %{GREEDYDATA:why}",
            TEXT + "INFO: promoted self to leader by acquiring session lock",
            TEXT + "INFO: updated leader lock during promote",
            POSTGRES + "received promote request",
            POSTGRES + "redo done at %{NOTSPACE:lsn}",
            POSTGRES + "selected new timeline ID: %{POSINT:timeline}",
            POSTGRES + "database system is ready to accept connections");

    private PlainGrok() {}

    /** The file is the only argument. */
    public static void main(String[] arguments) throws IOException {
        GrokCompiler compiler = GrokCompiler.newInstance();
        compiler.registerDefaultPatterns();
        List<Grok> groks = PATTERNS.stream().map(compiler::compile).toList();
        long matched = 0;
        try (BufferedReader lines = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                for (Grok grok : groks) {
                    if (!grok.match(line).capture().isEmpty()) {
                        matched++;
                        break;
                    }
                }
            }
        }
        System.out.println(matched);
    }
}
