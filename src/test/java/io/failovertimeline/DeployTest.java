package io.failovertimeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.failovertimeline.config.Configuration;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that are given to other programs are what these take. */
class DeployTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path KUBERNETES = Path.of("deploy/kubernetes/failover-timeline.yaml");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"check rules rules.yml", "test rules rules_test.yml"})
    @Timeout(60)
    void promtool_finds_nothing_wrong_with_the_rules_for_prometheus(String arguments) throws Exception {
        assumeTrue(isInstalled("promtool"), "promtool is not installed");
        Process promtool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments.split(" ")))
                        .toList())
                .directory(new File("deploy/prometheus"))
                .redirectErrorStream(true)
                .start();

        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(said).isZero();
    }

    @Test
    void the_settings_for_kubernetes_are_settings() throws IOException {
        JsonNode map = documents(KUBERNETES).stream()
                .filter(document -> document.path("kind").asText().equals("ConfigMap"))
                .findFirst()
                .orElseThrow();
        Path file = Files.writeString(
                folder.resolve("failover.properties"),
                map.path("data").path("failover.properties").asText());

        Configuration configuration =
                Configuration.read(Optional.of(file), Map.of("POD_NAME", "failover-timeline-0"), Map.of());

        assertThat(configuration.stream().kafka()).containsEntry("num.standby.replicas", "1");
        assertThat(configuration.listen()).isPresent();
    }

    @Test
    void containers_are_started_with_options_that_there_are_and_probed_where_there_are_answers() throws IOException {
        JsonNode set = documents(KUBERNETES).stream()
                .filter(document -> document.path("kind").asText().equals("StatefulSet"))
                .findFirst()
                .orElseThrow();
        JsonNode container = set.path("spec")
                .path("template")
                .path("spec")
                .path("containers")
                .path(0);

        assertThat(container.path("args").get(0).asText()).isEqualTo("stream");
        assertThat(container.path("livenessProbe").path("httpGet").path("path").asText())
                .isEqualTo("/health/live");
        assertThat(container.path("readinessProbe").path("httpGet").path("path").asText())
                .isEqualTo("/health/ready");
    }

    @Test
    void the_environment_in_the_compose_file_is_settings() throws IOException {
        JsonNode stream = YAML.readTree(Path.of("docker-compose.yml").toFile())
                .path("services")
                .path("stream");
        Map<String, String> environment = YAML.convertValue(
                stream.path("environment"),
                YAML.getTypeFactory().constructMapType(Map.class, String.class, String.class));

        Configuration configuration = Configuration.read(Optional.empty(), environment, Map.of());

        assertThat(configuration.given()).hasSize(environment.size());
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        return YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(file.toFile())
                .readAll();
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
