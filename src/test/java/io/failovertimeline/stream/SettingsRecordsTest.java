package io.failovertimeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.BalancerChecks;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SettingsRecordsTest {

    private static final Origin RECORD = Origin.record("patroni-logs", 0, 17);

    @Test
    void settings_arrive_as_they_were_sent() {
        ClusterSettings settings = new ClusterSettings(
                "orders",
                Optional.of(Setting.at(Origin.line("db1.patroni.yml", 25), Duration.ofSeconds(20))),
                Optional.of(new Setting(Duration.ofSeconds(5), Optional.empty())),
                Optional.empty(),
                List.of(new BalancerChecks(
                        "primaries",
                        "/primary",
                        new TreeSet<>(List.of("db1", "db2")),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(3),
                        2,
                        3,
                        Duration.ofMillis(2500),
                        Origin.line("haproxy.cfg", 9))));

        assertThat(new SettingsRecords().read(SettingsRecords.write(settings), RECORD))
                .contains(settings);
    }

    @Test
    void a_value_without_a_source_stands_in_the_record() {
        byte[] record = "{\"cluster\":\"orders\",\"settings\":{\"ttl\":20}}".getBytes(UTF_8);

        assertThat(new SettingsRecords().read(record, RECORD))
                .contains(new ClusterSettings(
                        "orders",
                        Optional.of(Setting.at(RECORD, Duration.ofSeconds(20))),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }
}
