package io.failovertimeline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Inputs that say nothing for a while, and inputs that are at different times, through a real broker. */
@Timeout(120)
class IdleInputsTest {

    private static final List<String> LAB = List.of("labs/leader-killed");
    private static final String LATEST_OF_THE_LAB = "2026-11-22T23:59:59Z";

    @TempDir
    Path folder;

    @Test
    void while_all_inputs_are_idle_it_tells_what_is_absent_and_ends_as_offline_when_they_go_on() throws Exception {
        List<String> lab = List.of(withShortTtl("labs/leader-killed").toString());
        Map<String, String> expected = RunningStream.offline(lab);
        Instant idleFrom = lockAcquiredAt(expected).plusSeconds(1);
        Predicate<IngestRecord> isEarly =
                record -> record.at().filter(idleFrom::isBefore).isEmpty();
        List<IngestRecord> records = RunningStream.records(lab);
        try (RunningStream stream = new RunningStream(folder.resolve("state"))) {
            ToldIncidents told = new ToldIncidents();

            stream.send(records.stream().filter(isEarly).toList());
            stream.read(told, () -> told.has("AWAITED"));
            Map<String, String> whileIdle = Map.copyOf(told.byId);
            stream.send(records.stream().filter(isEarly.negate()).toList());
            stream.read(told, () -> told.byId.equals(expected));

            assertThat(whileIdle.values()).singleElement().asString().contains("\"state\" : \"OPEN\"");
            assertThat(told.byId).isEqualTo(expected);
        }
    }

    /** A copy of {@code lab} that need not be waited for as long. */
    private Path withShortTtl(String lab) throws IOException {
        Path copy = folder.resolve("lab");
        try (Stream<Path> all = Files.walk(Path.of(lab))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(Path.of(lab).relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
                if (file.toString().endsWith("patroni.yml")) {
                    Files.writeString(target, Files.readString(file).replaceAll("ttl: \\d+", "ttl: 3"));
                }
            }
        }
        return copy;
    }

    private static Instant lockAcquiredAt(Map<String, String> incidents) {
        return incidents.values().stream()
                .flatMap(incident -> incident.lines())
                .filter(line -> line.contains("\"lockAcquiredAt\""))
                .map(line -> Instant.parse(line.split("\"")[3]))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void inputs_that_are_an_hour_apart_or_run_backwards_end_as_offline() throws Exception {
        Map<String, String> expected = RunningStream.offline(LAB);
        List<IngestRecord> records = RunningStream.records(LAB);
        Predicate<IngestRecord> isOfOneHost = record -> record.hints().host().equals(Optional.of("db1"));
        try (RunningStream stream = new RunningStream(folder.resolve("state"))) {
            ToldIncidents told = new ToldIncidents();

            String ahead = LATEST_OF_THE_LAB + " LOG:  database system is ready to accept connections";
            stream.producer()
                    .send(new ProducerRecord<>("patroni-logs", "elsewhere".getBytes(UTF_8), ahead.getBytes(UTF_8)))
                    .get();
            stream.send(records.stream()
                    .filter(isOfOneHost.negate())
                    .sorted(Comparator.comparing(IngestRecord::input))
                    .toList());
            stream.read(told, stream::isComplete);
            stream.send(records.stream().filter(isOfOneHost).toList());
            stream.read(told, () -> told.byId.equals(expected) && stream.isComplete());

            assertThat(told.byId).isEqualTo(expected);
        }
    }
}
