package io.failovertimeline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code journalctl -f -o json | ./failover ingest -} does, with a pipe of the operating system that stays open. */
@Timeout(120)
class LivePipeTest {

    @TempDir
    Path stateDir;

    private static String line(long second, String host, String message) {
        return "{\"__REALTIME_TIMESTAMP\":\"" + second + "000000\",\"_HOSTNAME\":\"" + host
                + "\",\"SYSLOG_IDENTIFIER\":\"patroni\",\"_PID\":\"626\",\"MESSAGE\":\"" + message + "\"}\n";
    }

    @Test
    void each_line_of_a_pipe_is_given_when_it_has_come_and_does_not_wait_for_the_next() throws IOException {
        Pipe pipe = Pipe.open();
        try (OutputStream journal = Channels.newOutputStream(pipe.sink())) {
            journal.write(line(1_704_629_533, "db1", "no action. I am (db1), the leader with the lock")
                    .getBytes(UTF_8));
            Iterator<IngestRecord> records = open(pipe);
            assertThat(text(records.next())).contains("no action");

            journal.write(line(1_704_629_534, "db1", "received signal").getBytes(UTF_8));
            assertThat(text(records.next())).contains("received signal");

            journal.write(line(1_704_629_535, "db1", "and another").getBytes(UTF_8));
            assertThat(text(records.next())).contains("and another");
        }
    }

    @Test
    void a_promotion_is_on_the_timeline_while_the_pipe_that_its_line_came_through_is_still_open() throws Exception {
        Pipe pipe = Pipe.open();
        ToldIncidents told = new ToldIncidents();
        try (RunningStream stream = new RunningStream(stateDir);
                OutputStream journal = Channels.newOutputStream(pipe.sink())) {
            journal.write(line(1_704_629_533, "db1", "no action. I am (db1), the leader with the lock")
                    .getBytes(UTF_8));
            CompletableFuture<Void> ingest = CompletableFuture.runAsync(() -> send(stream, pipe));
            journal.write(line(1_704_629_563, "db2", "promoted self to leader by acquiring session lock")
                    .getBytes(UTF_8));

            stream.read(told, () -> !told.byId.isEmpty());

            assertThat(told.byId.values())
                    .anySatisfy(incident -> assertThat(incident).contains("\"newLeader\" : \"db2\""));
            assertThat(ingest).isNotDone();
        }
    }

    private static void send(RunningStream stream, Pipe pipe) {
        try {
            new Ingest(stream.producer(), Topics.standard(), Pace.UNLIMITED).send(open(pipe), count -> {});
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Iterator<IngestRecord> open(Pipe pipe) throws IOException {
        return new FileFeed(Channels.newInputStream(pipe.source()))
                .open(List.of("-"), GivenZones.NONE, GivenLoads.NONE, Optional.of("batman"), problem -> {});
    }

    private static String text(IngestRecord record) {
        return new String(record.value(), UTF_8);
    }
}
