package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Load results in small heaps; {@code bench/README.md} has what a day takes. */
class LoadMemoryTest {

    @Test
    void hours_of_several_generators_fit_into_a_small_heap_and_each_outage_is_found() throws Exception {
        // about a third of 128 MB for a day: 4 × 2 hours in 24 MB
        assertThat(inHeapOf("24m", 4, 7_200, 20, 1)).isEqualTo("576000 requests 28800 buckets 4 windows");
    }

    @Test
    void a_million_paths_fit_into_a_small_heap() throws Exception {
        assertThat(inHeapOf("24m", 1, 500, 2_000, 1_000_000)).startsWith("1000000 requests ");
    }

    private static String inHeapOf(String heap, int... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                LoadMemory.class.getName()));
        for (int argument : arguments) {
            command.add(String.valueOf(argument));
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code").isZero();
        return out.strip();
    }
}
