package io.failovertimeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.replay.SteppedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same files, once straight and once through a real broker and the stream application. */
@Timeout(180)
class StreamAgreesWithReplayTest {

    private static final Path LABS = Path.of("labs");

    @TempDir
    Path stateDir;

    static List<String> labs() throws IOException {
        try (Stream<Path> folders = Files.list(LABS)) {
            return folders.filter(Files::isDirectory)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void a_lab_ends_in_the_same_incidents_through_kafka_as_offline(String lab) throws Exception {
        Map<String, String> expected = RunningStream.offline(List.of(lab));
        ToldIncidents told = new ToldIncidents();

        try (RunningStream stream = new RunningStream(stateDir)) {
            stream.send(RunningStream.records(List.of(lab)));
            stream.read(told, () -> told.byId.equals(expected) && stream.isComplete());
        }

        assertThat(told.byId).isEqualTo(expected).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "leader-killed, db2, 18:14:00, -3600",
        "leader-killed, db1, 18:14:30, -3600",
        "planned-switchover, db2, 18:15:59, -40",
        "planned-switchover, db1, 18:15:50, 3600"
    })
    void a_clock_that_stepped_ends_in_the_same_incidents_through_kafka_as_offline(
            String lab, String host, LocalTime from, int seconds, @TempDir Path folder) throws Exception {
        SteppedHost.copy(LABS.resolve(lab), name -> true, folder, host, from, seconds);
        List<String> stepped = List.of(folder.toString());
        Map<String, String> expected = withoutDoubt(RunningStream.offline(stepped));
        ToldIncidents told = new ToldIncidents();

        try (RunningStream stream = new RunningStream(stateDir)) {
            stream.send(RunningStream.records(stepped));
            stream.read(told, () -> withoutDoubt(told.byId).equals(expected) && stream.isComplete());
        }

        assertThat(withoutDoubt(told.byId)).isEqualTo(expected).hasSize(1);
    }

    /** How far a step may have been hangs on how many lines stand around it, and in a partition those of all files stand together. */
    private static Map<String, String> withoutDoubt(Map<String, String> incidents) {
        Map<String, String> without = new TreeMap<>();
        incidents.forEach((id, incident) -> without.put(id, incident.replaceAll("\"plusMinusSeconds\" : [0-9.]+", "")));
        return without;
    }
}
