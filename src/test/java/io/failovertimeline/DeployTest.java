package io.failovertimeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.failovertimeline.config.Configuration;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files that are given to other programs are what these take. */
class DeployTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path LAB = Path.of("deploy/lab");
    private static final Path OUTPUT_TO_KAFKA = Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/omkafka.so");
    private static final Path KUBERNETES = Path.of("deploy/kubernetes/failover-timeline.yaml");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"check rules rules.yml", "test rules rules_test.yml"})
    @Timeout(60)
    void promtool_finds_nothing_wrong_with_the_rules_for_prometheus(String arguments) throws Exception {
        assertTakes("deploy/prometheus", "promtool", arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config --quiet", "--profile lab config --quiet"})
    @Timeout(60)
    void docker_compose_takes_its_file(String arguments) throws Exception {
        assertTakes(".", "docker-compose", arguments);
    }

    @Test
    @Timeout(60)
    void haproxy_takes_the_configuration_of_the_lab() throws Exception {
        assertTakes("deploy/lab", "haproxy", "-c -f haproxy.cfg");
    }

    @Test
    @Timeout(60)
    void rsyslog_takes_the_configuration_of_the_lab() throws Exception {
        assumeTrue(Files.exists(OUTPUT_TO_KAFKA), "rsyslog-kafka is not installed");
        Path settings = Files.writeString(
                folder.resolve("rsyslog.conf"),
                Files.readString(LAB.resolve("rsyslog.conf")).replace("/var/lib/lab", folder.toString()));

        assertTakes(".", "rsyslogd", "-N1 -f " + settings);
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

    @Test
    void every_container_of_the_lab_has_what_it_is_given_and_waits_for_what_it_needs() throws IOException {
        Map<String, Service> services = services();
        Set<String> volumes = compose().get("volumes").keySet();

        assertThat(services).containsKeys("etcd1", "etcd2", "etcd3", "db1", "db2", "haproxy", "load", "shipper");
        services.forEach((name, service) -> {
            assertThat(services.keySet()).as("what %s waits for", name).containsAll(service.needs());
            assertThat(volumes)
                    .as("volumes of %s", name)
                    .containsAll(service.volumes().keySet());
        });
    }

    @Test
    void the_shipper_of_the_lab_finds_the_logs_of_every_host_in_a_folder_of_its_name() throws IOException {
        Map<String, Service> services = services();
        Map<String, String> read = services.remove("shipper").volumes();

        services.forEach((name, service) -> service.volumes().forEach((volume, folder) -> {
            if (folder.equals("/var/log/lab")) {
                assertThat(read).containsEntry(volume, "/var/log/lab/" + name);
            }
        }));
        assertThat(read).hasSize(7);
    }

    @Test
    void the_files_of_the_lab_are_in_its_image() throws IOException {
        String image = Files.readString(LAB.resolve("Dockerfile"));

        try (Stream<Path> files = Files.list(LAB)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("Dockerfile")))
                    .allSatisfy(name -> assertThat(image).containsPattern("(?m)^COPY .*\\b" + name + " .*/etc/lab/$"));
        }
    }

    @Test
    void nothing_in_the_compose_file_is_to_be_reached_from_other_machines() throws IOException {
        assertThat(services().values())
                .flatExtracting(Service::ports)
                .isNotEmpty()
                .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    }

    private static void assertTakes(String folder, String program, String arguments) throws Exception {
        assumeTrue(isInstalled(program), program + " is not installed");
        Process process = new ProcessBuilder(Stream.concat(Stream.of(program), Stream.of(arguments.split(" ")))
                        .toList())
                .directory(new File(folder))
                .redirectErrorStream(true)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
    }

    /** What a service of the compose file waits for, its volumes with their folders, and its ports. */
    private record Service(Set<String> needs, Map<String, String> volumes, List<String> ports) {}

    private static Map<String, Service> services() throws IOException {
        Map<String, Service> services = new TreeMap<>();
        compose().get("services").forEach((name, service) -> services.put(name, service((Map<?, ?>) service)));
        return services;
    }

    private static Service service(Map<?, ?> service) {
        Object needs = service.containsKey("depends_on") ? service.get("depends_on") : List.of();
        Collection<?> names = needs instanceof Map<?, ?> conditions ? conditions.keySet() : (Collection<?>) needs;
        return new Service(
                names.stream().map(String::valueOf).collect(Collectors.toSet()),
                texts(service, "volumes").stream()
                        .map(volume -> volume.split(":"))
                        .filter(parts -> parts.length > 1)
                        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1])),
                texts(service, "ports"));
    }

    private static List<String> texts(Map<?, ?> service, String key) {
        return service.containsKey(key)
                ? ((Collection<?>) service.get(key))
                        .stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Read by the library below Jackson's, which knows merge keys. */
    private static Map<String, Map<String, Object>> compose() throws IOException {
        try (Reader file = Files.newBufferedReader(Path.of("docker-compose.yml"))) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
        }
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        return YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(file.toFile())
                .readAll();
    }

    private static boolean isInstalled(String program) {
        return Stream.of((System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin")
                        .split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
