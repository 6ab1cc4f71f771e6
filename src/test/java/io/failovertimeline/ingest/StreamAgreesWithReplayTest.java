package io.failovertimeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
}
