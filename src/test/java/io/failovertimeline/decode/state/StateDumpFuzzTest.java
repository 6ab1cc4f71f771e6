package io.failovertimeline.decode.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.failovertimeline.decode.Hints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDumpFuzzTest {

    private static final String TRACE = "TIME     PID               LADDR:LPORT          RADDR:RPORT  STATE\n"
            + "23:59:59 0             10.0.10.3:28084       10.0.10.2:5432   ESTABLISHED\n";
    private static final String RECEIVER =
            "status | last_msg_receipt_time\n---+---\nstreaming | 2023-12-10 16:19:35+03\n(1 row)";
    private static final String YAML = "- LSN: 1\n  Reason: x\n  TL: 1\n  Timestamp: '2019-09-23T16:57:57+02:00'";
    private static final String TABS = "TL\tLSN\tReason\n1\t25623960\tx";

    private static List<byte[]> samples() throws IOException {
        List<byte[]> samples = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/state"))) {
            for (Path file : files.sorted().toList()) {
                samples.add(Files.readAllBytes(file));
            }
        }
        Stream.of(TRACE, RECEIVER, YAML, TABS)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .forEach(samples::add);
        return samples;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void no_cut_or_broken_dump_throws(long seed) throws IOException {
        Random random = new Random(seed);
        for (byte[] sample : samples()) {
            for (int i = 0; i < 500; i++) {
                byte[] bytes = sample.clone();
                for (int change = random.nextInt(6); change > 0; change--) {
                    bytes[random.nextInt(bytes.length)] = (byte)
                            (random.nextBoolean()
                                    ? random.nextInt(256)
                                    : "|+-/{}[]\"\n\t ,:".charAt(random.nextInt(13)));
                }
                int from = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : 0;
                int to = random.nextInt(3) == 0 ? bytes.length : from + random.nextInt(bytes.length - from + 1);
                assertThatCode(() ->
                                DumpBlock.read(bytes, from, to).ifPresent(dump -> StateFacts.of(dump, Hints.none())))
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void line_ends_of_windows_change_nothing(String end) {
        byte[] bytes = TRACE.replace("\n", end).getBytes(StandardCharsets.UTF_8);

        assertThat(DumpBlock.read(bytes, 0, bytes.length).orElseThrow().rows()).hasSize(1);
    }
}
