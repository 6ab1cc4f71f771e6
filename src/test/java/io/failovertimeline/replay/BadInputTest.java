package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A good lab among files that are none, and among more log than fits into memory. */
class BadInputTest {

    private static final Path GOOD = Lab.BUNDLED.resolve("planned-switchover");
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void copyGoodLab() throws IOException {
        Lab.copy(GOOD, folder.resolve("lab"));
    }

    @Test
    @Timeout(120)
    void bad_files_are_named_once_each_and_change_nothing() throws Exception {
        writeBadFiles();

        JsonNode report = replayWith64MiB();

        assertThat(report.path("problems"))
                .extracting(problem -> problem.path("place").asText() + " "
                        + problem.path("what").asText())
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).isEqualTo("bad/picture.log is a picture"),
                        problem -> assertThat(problem).isEqualTo("bad/empty.log is empty"),
                        problem -> assertThat(problem)
                                .startsWith("bad/cut.log.gz:")
                                .contains("ends early"),
                        problem -> assertThat(problem).startsWith("bad/long.log:2 is longer than 1 MiB"),
                        problem -> assertThat(problem).isEqualTo("bad/latin.log:2 is not valid UTF-8"),
                        problem -> assertThat(problem).isEqualTo("bad/torn.json:1 is broken JSON"),
                        problem -> assertThat(problem).isEqualTo("bad/k6.json:2 is broken JSON"));
        assertSameIncidents(report);
    }

    @Test
    @Timeout(120)
    void much_log_needs_little_memory_and_changes_nothing() throws Exception {
        writeDaysOfLog(folder.resolve("many.log"), 300L * MIB);

        JsonNode report = replayWith64MiB();

        assertThat(report.path("problems")).isEmpty();
        assertSameIncidents(report);
    }

    private void writeBadFiles() throws IOException {
        Path bad = Files.createDirectories(folder.resolve("bad"));
        Files.write(bad.resolve("picture.log"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0});
        Files.write(bad.resolve("empty.log"), new byte[0]);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 20_000; i++) {
                gzip.write(("Nov 22 18:15:00 db1 cron[" + i + "]: session " + i * 31L + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.write(bad.resolve("cut.log.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
        byte[] step = new byte[MIB];
        Arrays.fill(step, (byte) 'x');
        try (OutputStream longLine = Files.newOutputStream(bad.resolve("long.log"))) {
            longLine.write("Nov 22 18:15:00 db1 cron[1]: next line is long\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 100; i++) {
                longLine.write(step);
            }
        }
        Files.write(
                bad.resolve("latin.log"),
                "Nov 22 18:15:00 db1 cron[1]: fine\nNov 22 18:15:01 db1 cron[1]: caf\u00e9 costs\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(bad.resolve("torn.json"), "{\"MESSAGE\":\"Lock owner: db1; I am db1\",\"_HOSTNAME\":\"d");
        Files.writeString(
                bad.resolve("k6.json"),
                "{\"type\":\"Metric\",\"data\":{\"name\":\"http_reqs\",\"type\":\"counter\",\"contains\":\"default\","
                        + "\"thresholds\":[],\"submetrics\":null},\"metric\":\"http_reqs\"}\n"
                        + "{\"type\":\"Point\",\"data\":{\"time\":\"2026-11-22T18:15");
    }

    /** Words of another program every second, noise between them, all before the lab began. */
    private static void writeDaysOfLog(Path file, long bytes) throws IOException {
        Instant at = Instant.parse("2026-11-15T00:00:00Z");
        try (OutputStream log = new BufferedOutputStream(Files.newOutputStream(file), MIB)) {
            for (long written = 0; written < bytes; at = at.plusSeconds(1)) {
                String prefix = at.toString().replace("Z", "+0000") + " db1 ";
                StringBuilder second = new StringBuilder(prefix)
                        .append("exporter[29]: INFO: no action. I am (db1), the leader with the lock\n");
                for (int i = 0; i < 9; i++) {
                    second.append(prefix)
                            .append("kernel: audit: type=1400 audit(")
                            .append(at.getEpochSecond())
                            .append("): apparmor=\"ALLOWED\" operation=\"open\" profile=\"cron\"\n");
                }
                log.write(second.toString().getBytes(StandardCharsets.UTF_8));
                written += second.length();
            }
        }
    }

    /** In a process of its own, with the launcher's collector and less heap. */
    private JsonNode replayWith64MiB() throws IOException, InterruptedException {
        Path out = Files.createTempFile("report", ".json");
        Path err = Files.createTempFile("report", ".err");
        try {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.failovertimeline.Main",
                            "replay",
                            folder.toString(),
                            "--format",
                            "json"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(100, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            assertThat(ended).isTrue();
            assertThat(process.exitValue()).as(Files.readString(err)).isZero();
            return new ObjectMapper().readTree(out.toFile());
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private void assertSameIncidents(JsonNode report) throws IOException {
        JsonNode alone = io.failovertimeline.publish.FindingsJson.report(Lab.replay(GOOD));

        assertThat(Lab.story(report)).isEqualTo(Lab.story(alone));
    }
}
