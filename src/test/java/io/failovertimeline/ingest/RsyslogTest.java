package io.failovertimeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** rsyslogd with the settings of {@code deploy/shippers}; only where it is installed, with its output to Kafka. */
@Timeout(120)
class RsyslogTest {

    private static final Path DAEMON = Path.of("/usr/sbin/rsyslogd");
    private static final Path OUTPUT = Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/omkafka.so");

    @TempDir
    Path folder;

    @Test
    void a_patroni_log_that_rsyslog_ships_is_told() throws Exception {
        assumeTrue(Files.exists(DAEMON) && Files.exists(OUTPUT), "rsyslog-kafka is not installed");
        Path log = Files.copy(Path.of("labs/leader-killed/patroni/db2.patroni.log"), folder.resolve("patroni.log"));
        ToldIncidents told = new ToldIncidents();
        try (RunningStream stream = new RunningStream(folder.resolve("state"))) {
            Path settings = folder.resolve("rsyslog.conf");
            Files.writeString(
                    settings,
                    "global(workDirectory=\"" + folder + "\")\n"
                            + Files.readString(Path.of("deploy/shippers/rsyslog.conf"))
                                    .replace("localhost:9092", stream.client().getProperty("bootstrap.servers"))
                                    .replace("/var/log/patroni/patroni.log", log.toString())
                                    .replace("/var/log/postgresql/*.log", folder + "/none/*.log")
                                    .replace("/var/spool/rsyslog/failover-unsent", folder + "/unsent"));
            Process rsyslog = new ProcessBuilder(DAEMON.toString(), "-n", "-iNONE", "-f", settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("rsyslog.out").toFile())
                    .start();
            try {
                stream.read(told, () -> isPromotionTold(told) || !rsyslog.isAlive());
            } finally {
                rsyslog.destroy();
                rsyslog.waitFor();
            }
        }

        assertThat(isPromotionTold(told))
                .as(Files.readString(folder.resolve("rsyslog.out")))
                .isTrue();
    }

    private static boolean isPromotionTold(ToldIncidents told) {
        return told.steps.stream().anyMatch(step -> step.path("step")
                .path("text")
                .asText()
                .equals("promoted self to leader by acquiring session lock"));
    }
}
