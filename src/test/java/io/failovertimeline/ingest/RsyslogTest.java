package io.failovertimeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.failovertimeline.stream.EmbeddedBroker;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** rsyslogd with the settings of {@code deploy}; only where it is installed, with its output to Kafka. */
@Timeout(120)
class RsyslogTest {

    private static final Path DAEMON = Path.of("/usr/sbin/rsyslogd");
    private static final Path OUTPUT = Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/omkafka.so");

    @TempDir
    Path folder;

    @BeforeEach
    void need_rsyslog() {
        assumeTrue(Files.exists(DAEMON) && Files.exists(OUTPUT), "rsyslog-kafka is not installed");
    }

    @Test
    void a_patroni_log_that_rsyslog_ships_is_told() throws Exception {
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
            Process rsyslog = start(settings);
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

    @Test
    void the_shipper_of_the_lab_sends_lines_to_the_topic_that_reads_them_with_their_host_as_key() throws Exception {
        String down = "Server leader/db1 is DOWN, reason: Layer4 timeout, check duration: 1001ms.";
        String session = "10.77.1.20:40 [23/Nov/2026:08:51:38.514] leader leader/db1 1/0/101 605 sD 2/2/1/1/0 0/0";
        String request = "{\"generator\":\"load\",\"endpoint\":\"read\",\"start\":\"2026-11-23T08:51:38.514Z\"}";
        Path logs = folder.resolve("logs");
        write(logs.resolve("db1/patroni.log"), "2026-11-23 08:51:39,000 INFO: no action.");
        write(logs.resolve("haproxy/haproxy.log"), session + "\n" + down);
        write(logs.resolve("load/load.jsonl"), request);
        Path settings = folder.resolve("rsyslog.conf");
        List<String> sent = new ArrayList<>();

        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                new TopicSetup(admin).create(Topics.standard().definitions(), Optional.empty());
            }
            Files.writeString(
                    settings,
                    Files.readString(Path.of("deploy/lab/rsyslog.conf"))
                            .replace("kafka:19092", broker.bootstrapServers())
                            .replace("/var/lib/lab", folder.toString())
                            .replace("/var/log/lab", logs.toString())
                            .replace("47, 5)", "47, " + (logs.getNameCount() + 2) + ")"));
            Process rsyslog = start(settings);
            try (KafkaConsumer<String, String> consumer =
                    new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
                List<TopicPartition> partitions = Stream.of("journald-logs", "load-results")
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                while (sent.size() < 4 && rsyslog.isAlive()) {
                    consumer.poll(Duration.ofMillis(100))
                            .forEach(record -> sent.add(record.topic() + " " + record.key() + " " + record.value()));
                }
            } finally {
                rsyslog.destroy();
                rsyslog.waitFor();
            }
        }

        assertThat(sent)
                .as(Files.readString(folder.resolve("rsyslog.out")))
                .extracting(record -> record.replaceFirst("\\d{4}-\\d\\d-\\d\\dT\\S+[+]\\S+ ", "TIME "))
                .containsExactlyInAnyOrder(
                        "journald-logs db1 TIME db1 patroni: 2026-11-23 08:51:39,000 INFO: no action.",
                        "journald-logs haproxy TIME haproxy haproxy: " + down,
                        "load-results haproxy " + session,
                        "load-results load " + request);
    }

    private Process start(Path settings) throws IOException {
        return new ProcessBuilder(DAEMON.toString(), "-n", "-iNONE", "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rsyslog.out").toFile())
                .start();
    }

    private static void write(Path file, String lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, lines + "\n");
    }

    private static boolean isPromotionTold(ToldIncidents told) {
        return told.steps.stream().anyMatch(step -> step.path("step")
                .path("text")
                .asText()
                .equals("promoted self to leader by acquiring session lock"));
    }
}
