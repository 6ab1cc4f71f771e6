package io.failovertimeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failovertimeline.alert.AlertKind;
import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.alert.AlertSeverity;
import io.failovertimeline.alert.ClusterRules;
import io.failovertimeline.alert.Silence;
import io.failovertimeline.alert.Window;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.EndpointPatterns;
import io.failovertimeline.deliver.Receiver;
import io.failovertimeline.model.RecoveryTargets;
import io.failovertimeline.stream.StreamSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    @TempDir
    Path folder;

    @Test
    void without_any_setting_it_is_the_local_cluster_and_nothing_is_listened_at() throws IOException {
        Configuration configuration = Configuration.read(Optional.empty(), Map.of(), Map.of());

        assertThat(configuration.client()).containsEntry("bootstrap.servers", "localhost:9092");
        assertThat(configuration.listen()).isEmpty();
        assertThat(configuration.logFormat()).isEqualTo(LogFormat.TEXT);
        assertThat(configuration.stream().properties()).containsEntry("processing.guarantee", "exactly_once_v2");
    }

    @Test
    void every_setting_of_the_stream_application_is_taken_from_the_file_and_what_is_kafkas_is_passed_on()
            throws IOException {
        Configuration configuration = read(
                "# a comment, with a backslash at its end \\",
                "application.id=mine",
                "state.dir = /var/lib/failover",
                "zone=+03:00",
                "zone.db2=Europe/Berlin",
                "evidence.most=5000",
                "partitions=12",
                "listen=0.0.0.0:9404",
                "endpoints=" + written("endpoints", "GET /cities/{name}"),
                "rto=30s",
                "rto.batman=1m",
                "log.format=json",
                "cluster.batman=db1, \\",
                "    db2",
                "kafka.num.stream.threads=2");

        StreamSettings stream = configuration.stream();
        assertThat(stream.applicationId()).isEqualTo("mine");
        assertThat(stream.stateDir()).isEqualTo(Path.of("/var/lib/failover"));
        assertThat(stream.zones()).isEqualTo(GivenZones.parse(List.of("+03:00", "db2=Europe/Berlin")));
        assertThat(stream.mostEvidence()).isEqualTo(5000);
        assertThat(stream.partitions()).isEqualTo(12);
        assertThat(stream.clusters().clusterByMember()).isEqualTo(Map.of("db1", "batman", "db2", "batman"));
        assertThat(stream.properties()).containsEntry("num.stream.threads", "2");
        assertThat(configuration.targets()).isEqualTo(RecoveryTargets.parse(List.of("30s", "batman=1m")));
        assertThat(configuration.endpoints()).isNotSameAs(EndpointPatterns.NONE);
        assertThat(configuration.logFormat()).isEqualTo(LogFormat.JSON);
        assertThat(configuration.listen()).get().satisfies(address -> {
            assertThat(address.getHostString()).isEqualTo("0.0.0.0");
            assertThat(address.getPort()).isEqualTo(9404);
        });
    }

    @Test
    void alerts_have_rules_for_all_clusters_and_for_one_of_them() throws IOException {
        AlertRules rules = read(
                        "alerts.outage.budget=20s",
                        "alerts.outage.budget.batman=500ms",
                        "alerts.severity.NearMiss=warning",
                        "alerts.severity.NearMiss.batman=critical",
                        "alerts.silence.robin=all",
                        "alerts.silence.batman=Flapping, NearMiss",
                        "alerts.link=https://failovers/{incident}")
                .stream()
                .alerts();

        assertThat(rules.of("any").outageBudget()).isEqualTo(Duration.ofSeconds(20));
        assertThat(rules.of("batman").outageBudget()).isEqualTo(Duration.ofMillis(500));
        assertThat(rules.of("any").severity(AlertKind.NEAR_MISS)).isEqualTo(AlertSeverity.WARNING);
        assertThat(rules.of("batman").severity(AlertKind.NEAR_MISS)).isEqualTo(AlertSeverity.CRITICAL);
        assertThat(rules.of("robin").silences())
                .containsExactly(new Silence(EnumSet.allOf(AlertKind.class), new Window.Always()));
        assertThat(rules.of("robin").outageBudget()).isEqualTo(Duration.ofSeconds(20));
        assertThat(rules.of("batman").silences())
                .containsExactly(
                        new Silence(Set.of(AlertKind.FLAPPING), new Window.Always()),
                        new Silence(Set.of(AlertKind.NEAR_MISS), new Window.Always()));
    }

    @Test
    void silences_have_times_once_or_weekly() throws IOException {
        ClusterRules rules = read("alerts.silence.batman=all 2026-11-28T01:00Z/2026-11-28T04:00+01:00, "
                        + "NearMiss Sat-Mon 22:00-04:00 Europe/Berlin, Flapping 02:00-03:00")
                .stream()
                .alerts()
                .of("batman");

        assertThat(rules.silences())
                .extracting(Silence::when)
                .containsExactly(
                        new Window.Once(Instant.parse("2026-11-28T01:00:00Z"), Instant.parse("2026-11-28T03:00:00Z")),
                        new Window.Weekly(
                                EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY),
                                LocalTime.of(22, 0),
                                LocalTime.of(4, 0),
                                ZoneId.of("Europe/Berlin")),
                        new Window.Weekly(
                                EnumSet.allOf(DayOfWeek.class),
                                LocalTime.of(2, 0),
                                LocalTime.of(3, 0),
                                ZoneOffset.UTC));
    }

    @Test
    void a_silence_whose_time_cannot_be_read_is_named() {
        for (String time : List.of(
                "tomorrow",
                "2026-11-28T03:00Z/2026-11-28T01:00Z",
                "2026-11-28T03:00/2026-11-28T01:00",
                "Sat-Son 02:00-03:00",
                "25:00-26:00",
                "02:00-03:00 Mars/Olympus")) {
            ConfigurationException wrong =
                    catchThrowableOfType(ConfigurationException.class, () -> read("alerts.silence=NearMiss " + time));

            assertThat(wrong.faults()).as(time).singleElement().satisfies(fault -> assertThat(fault.toString())
                    .contains(time));
        }
    }

    @Test
    void receivers_are_told_apart_by_name_and_their_secrets_and_addresses_are_not_shown() throws IOException {
        Configuration configuration = read(
                "receiver.am.type=alertmanager",
                "receiver.am.url=http://am:9093",
                "receiver.duty.type=pagerduty",
                "receiver.duty.token=hush-token",
                "receiver.chat.type=slack",
                "receiver.chat.url=https://hooks.slack.com/hush");

        assertThat(configuration.receivers())
                .extracting(Receiver::toString)
                .containsExactly("am (alertmanager)", "chat (slack)", "duty (pagerduty)");
        assertThat(configuration.given().toString()).doesNotContain("hush");
    }

    @Test
    void every_wrong_setting_of_alerts_and_receivers_is_named() {
        ConfigurationException wrong = catchThrowableOfType(
                ConfigurationException.class,
                () -> read(
                        "alerts.settle=soon",
                        "alerts.severity.LeaderLots=info",
                        "alerts.silence=LeaderLots",
                        "receiver.am.type=alertmanager",
                        "receiver.hook.type=webhook",
                        "receiver.hook.url=ftp://hook",
                        "receiver.hook.template={{{text}}}",
                        "receiver.loose.type=webhook",
                        "receiver.loose.url=http://hook",
                        "receiver.loose.template={{ & text}}"));

        assertThat(wrong.faults())
                .extracting(Fault::key)
                .contains(
                        "alerts.settle",
                        "alerts.severity.LeaderLots",
                        "alerts.silence",
                        "receiver.am.url",
                        "receiver.hook.url",
                        "receiver.hook.template",
                        "receiver.loose.template");
    }

    @Test
    void the_environment_wins_over_the_file_and_options_win_over_both() throws IOException {
        Path file = file("kafka.bootstrap.servers=file:1", "kafka.security.protocol=PLAINTEXT", "application.id=file");
        Map<String, String> environment = Map.of(
                "FAILOVER_KAFKA_BOOTSTRAP_SERVERS", "environment:2",
                "FAILOVER_KAFKA_SECURITY_PROTOCOL", "SSL",
                "FAILOVER_JAVA_OPTS", "-Xmx1g",
                "FAILOVER_TIMELINE_SERVICE_HOST", "10.0.0.1");

        Configuration configuration =
                Configuration.read(Optional.of(file), environment, Map.of("kafka.bootstrap.servers", "option:3"));

        assertThat(configuration.client())
                .containsEntry("bootstrap.servers", "option:3")
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKey("timeline.service.host");
        assertThat(configuration.stream().applicationId()).isEqualTo("file");
    }

    @Test
    void secrets_come_from_files_or_the_environment_and_are_not_shown() throws IOException {
        Path secret = Files.writeString(folder.resolve("password"), "pa$s\\w}ord\n");
        Path file = file(
                "kafka.ssl.keystore.password=${file:" + secret + "}",
                "kafka.sasl.jaas.config=Login required username=\"u\" password=\"${env:SASL}\";",
                "kafka.client.id=${env:HOST}-1");

        Configuration configuration =
                Configuration.read(Optional.of(file), Map.of("SASL", "hush", "HOST", "kafka7"), Map.of());

        assertThat(configuration.client())
                .containsEntry("ssl.keystore.password", "pa$s\\w}ord")
                .containsEntry("sasl.jaas.config", "Login required username=\"u\" password=\"hush\";");
        assertThat(configuration.given())
                .containsEntry("kafka.ssl.keystore.password", "(hidden)")
                .containsEntry("kafka.sasl.jaas.config", "(hidden)")
                .containsEntry("kafka.client.id", "kafka7-1");
    }

    @Test
    void all_that_is_wrong_is_told_at_once_with_key_and_place() throws IOException {
        Path file = file(
                "zone=Mars",
                "evidence.most=few",
                "cluster.a=db1",
                "cluster.b=db1,",
                "aplication.id=x",
                "application.id=a b",
                "application.id=ab",
                "kafka.ssl.key.password=${file:/no/such/file}",
                "kafka.client.id=${env:UNSET}",
                "kafka.=x",
                "broken=\\u00zz");

        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class,
                () -> Configuration.read(
                        Optional.of(file),
                        Map.of("FAILOVER_LISTEN", "9404"),
                        Map.of("kafka.bootstrap.servers", "here")));

        assertThat(refused.faults().stream().map(Fault::toString).toList())
                .anySatisfy(fault -> assertThat(fault).startsWith(file + ":1: zone is 'Mars'"))
                .contains(
                        file + ":2: evidence.most is 'few'; it must be a whole number from 1000 on",
                        file + ":4: cluster.b has db1, which is in cluster a already",
                        file + ":4: cluster.b has a member without a name; members are separated by commas",
                        file + ":7: application.id was set before, at " + file + ":6",
                        file + ":8: kafka.ssl.key.password refers to the file /no/such/file, which can't be read",
                        file + ":9: kafka.client.id refers to the environment variable UNSET, which is not set",
                        "the environment variable FAILOVER_LISTEN: listen is '9404'; it must be host:port, such as"
                                + " 127.0.0.1:9404",
                        "the command line: kafka.bootstrap.servers is 'here'; it must be host:port, several separated by"
                                + " commas")
                .anySatisfy(fault -> assertThat(fault).startsWith(file + ":5: aplication.id is unknown; known are"))
                .anySatisfy(fault -> assertThat(fault).startsWith(file + ":10: kafka. is unknown"))
                .anySatisfy(fault -> assertThat(fault).startsWith(file + ":11: broken="));
    }

    @Test
    void a_wrong_value_that_is_secret_is_not_shown() {
        assertThat(new Setting("kafka.sasl.password", "x", "y").shown()).isEqualTo("(hidden)");
        assertThat(new Setting("kafka.ssl.keystore.key", "x", "y").shown()).isEqualTo("(hidden)");
        assertThat(new Setting("kafka.ssl.keystore.location", "x", "y").shown()).isEqualTo("x");
    }

    @Test
    void a_file_that_is_no_text_is_named() throws IOException {
        Path file = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> Configuration.read(Optional.of(file), Map.of(), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", "localhost:65536", ":x", "::1:9404", "[::1]", "a:b:1"})
    void what_is_no_address_is_refused(String text) {
        assertThat(Listen.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:0", ":9404", "[::1]:9404", "10.0.0.1:80"})
    void an_address_has_a_port(String text) {
        assertThat(Listen.parse(text)).isPresent();
    }

    private Configuration read(String... lines) throws IOException {
        return Configuration.read(Optional.of(file(lines)), Map.of(), Map.of());
    }

    @Test
    void endpoints_and_targets_that_can_not_be_used_are_named_with_what_is_wrong() throws IOException {
        Path broken = written("broken", "GET /a/* = static", "GET /*/*/*/*/*");

        assertThatThrownBy(() -> read("endpoints=" + broken, "rto=soon", "rto.batman=30"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("'soon' is no time")
                .hasMessageContaining("rto.batman");
        assertThatThrownBy(() -> read("endpoints=" + folder.resolve("missing")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("can't be read");
    }

    private Path file(String... lines) throws IOException {
        return written("failover.properties", lines);
    }

    private Path written(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines), StandardCharsets.UTF_8);
    }
}
