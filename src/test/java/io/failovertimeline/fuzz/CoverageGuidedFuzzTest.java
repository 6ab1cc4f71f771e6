package io.failovertimeline.fuzz;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Feeds the decoders inputs that a fuzzer, guided by the branches they take, makes out of real ones. Fails on an exception that
 * escapes, on an input that takes two minutes, and on memory that grows.
 *
 * <p>{@code -Dfuzz.runs=50000000} makes a long run of it; each target's findings are then in {@code target/fuzz}.
 */
class CoverageGuidedFuzzTest {

    private static final String RUNS = System.getProperty("fuzz.runs", "3000");
    private static final Path RESOURCES = Path.of("src", "test", "resources");
    private static final int LINES_OF_EACH_FILE = 12;
    private static final int LONGEST_INPUT = 4096;

    @ParameterizedTest
    @ValueSource(classes = {LogRecordTarget.class, LoadRecordTarget.class, WholeInputTarget.class})
    void no_input_makes_a_decoder_throw_hang_or_grow(Class<?> target, @TempDir Path seeds) throws Exception {
        seed(seeds, target);
        Path output = Path.of("target", "fuzz", target.getSimpleName() + ".log");
        Files.createDirectories(output.getParent());

        Process fuzzer = new ProcessBuilder(command(target, seeds))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit;
        try {
            exit = fuzzer.waitFor();
        } finally {
            fuzzer.descendants().forEach(ProcessHandle::destroyForcibly);
            fuzzer.destroyForcibly();
        }

        assertThat(exit).as(() -> lastLines(output)).isZero();
        assertThat(Files.readString(output, StandardCharsets.ISO_8859_1)).containsPattern("Done \\d+ runs");
    }

    /** By a shell, since what is started by a large process counts the memory of that as its own. */
    private static List<String> command(Class<?> target, Path seeds) {
        return List.of(
                "sh",
                "-c",
                "\"$0\" \"$@\"; exit $?",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Jazzer.class.getName(),
                "--target_class=" + target.getName(),
                "--instrumentation_includes=io.failovertimeline.**",
                "--custom_hook_excludes=**",
                "-runs=" + RUNS,
                "-seed=1",
                "-timeout=120",
                "-max_len=" + LONGEST_INPUT,
                "-artifact_prefix=" + Path.of("target", "fuzz", target.getSimpleName() + "-"),
                seeds.toString());
    }

    /** Real inputs: lines of logs, beginnings of load results, beginnings of whole files. */
    private static void seed(Path seeds, Class<?> target) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            all.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        int number = 0;
        for (Path file : files) {
            boolean isLoad = file.toString().contains("load");
            if (target == WholeInputTarget.class || (target == LoadRecordTarget.class && isLoad)) {
                Files.write(seeds.resolve("seed-" + number++), head(file));
            } else if (target == LogRecordTarget.class && !isLoad) {
                for (String line : lines(file)) {
                    Files.writeString(seeds.resolve("seed-" + number++), line, StandardCharsets.ISO_8859_1);
                }
            }
        }
    }

    private static byte[] head(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return stream.readNBytes(LONGEST_INPUT);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return new String(head(file), StandardCharsets.ISO_8859_1)
                .lines()
                .limit(LINES_OF_EACH_FILE)
                .toList();
    }

    private static String lastLines(Path output) {
        try {
            List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
            return lines.stream().skip(Math.max(0, lines.size() - 60)).collect(joining("\n"));
        } catch (IOException unreadable) {
            return "no output: " + unreadable;
        }
    }
}
