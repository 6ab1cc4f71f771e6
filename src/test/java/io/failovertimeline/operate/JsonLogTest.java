package io.failovertimeline.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that run until they are stopped, each a process of its own, which finds no broker. */
@Timeout(120)
class JsonLogTest {

    static List<List<String>> commands() {
        return List.of(
                List.of("stream", "--log-format", "json"),
                List.of("serve", "--set", "log.format=json", "--listen", "127.0.0.1:0"),
                List.of(
                        "alert",
                        "--log-format",
                        "json",
                        "--set",
                        "receiver.am.type=alertmanager",
                        "--set",
                        "receiver.am.url=http://127.0.0.1:1"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_line_on_standard_error_is_an_object_with_level_logger_and_message_and_the_exit_code_tells_the_reason(
            List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.failovertimeline.Main"));
        command.addAll(arguments);
        command.addAll(List.of(
                "--bootstrap-server",
                "127.0.0.1:1",
                "--set",
                "kafka.default.api.timeout.ms=1000",
                "--set",
                "kafka.request.timeout.ms=1000"));
        Process process = new ProcessBuilder(command).start();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : new String(process.getErrorStream().readAllBytes(), UTF_8).split("\n")) {
            lines.add(new ObjectMapper().readTree(line));
        }

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("timestamp").isNumber()).isTrue();
            assertThat(line.path("level").asText()).isNotEmpty();
            assertThat(line.path("loggerName").asText()).isNotEmpty();
        });
        assertThat(lines)
                .extracting(line -> line.path("formattedMessage").asText())
                .anySatisfy(
                        message -> assertThat(message).startsWith("Kafka at 127.0.0.1:1 does not do what is asked"));
    }
}
