package io.failovertimeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.stream.StreamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class KafkaOptionsTest {

    @TempDir
    Path folder;

    @Test
    void without_options_it_is_the_local_cluster() throws IOException {
        assertThat(options().client()).containsEntry("bootstrap.servers", "localhost:9092");
    }

    @Test
    void the_option_wins_over_the_file() throws IOException {
        KafkaOptions options = options(
                "--config",
                file("kafka.bootstrap.servers=a:1", "kafka.security.protocol=SSL"),
                "--bootstrap-server",
                "b:2");

        assertThat(options.client())
                .containsEntry("bootstrap.servers", "b:2")
                .containsEntry("security.protocol", "SSL");
    }

    @Test
    void the_stream_application_takes_its_settings_and_what_it_passes_on_from_the_file() throws IOException {
        StreamSettings settings = options(
                "--config",
                file(
                        "application.id=mine",
                        "state.dir=/var/lib/failover",
                        "zone=+03:00",
                        "zone.db2=Europe/Berlin",
                        "evidence.most=5000",
                        "cluster.batman=db1, db2",
                        "kafka.num.stream.threads=2"))
                .stream();

        assertThat(settings.applicationId()).isEqualTo("mine");
        assertThat(settings.stateDir()).isEqualTo(Path.of("/var/lib/failover"));
        assertThat(settings.zones()).isEqualTo(GivenZones.parse(List.of("+03:00", "db2=Europe/Berlin")));
        assertThat(settings.mostEvidence()).isEqualTo(5000);
        assertThat(settings.clusters().clusterByMember()).isEqualTo(Map.of("db1", "batman", "db2", "batman"));
        assertThat(settings.properties())
                .containsEntry("num.stream.threads", "2")
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("commit.interval.ms", "100");
    }

    @Test
    void every_wrong_value_is_named_at_once() throws IOException {
        KafkaOptions options =
                options("--config", file("zone=Mars", "evidence.most=few", "cluster.a=db1", "cluster.b=db1"));

        assertThatThrownBy(options::stream)
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("zone=Mars")
                .hasMessageContaining("evidence.most=few")
                .hasMessageContaining("db1 is in cluster");
    }

    @Test
    void an_unknown_key_is_refused_with_those_that_are_known() throws IOException {
        KafkaOptions options = options("--config", file("aplication.id=x"));

        assertThatThrownBy(options::client)
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("unknown aplication.id")
                .hasMessageContaining("application.id");
    }

    private String file(String... lines) throws IOException {
        return Files.write(folder.resolve("failover.properties"), List.of(lines))
                .toString();
    }

    private static KafkaOptions options(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.kafka;
    }

    @Command(name = "test")
    private static final class Holder {
        @Mixin
        private final KafkaOptions kafka = new KafkaOptions();
    }
}
