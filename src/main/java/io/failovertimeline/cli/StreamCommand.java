package io.failovertimeline.cli;

import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.stream.Closing;
import io.failovertimeline.stream.FailoverStream;
import io.failovertimeline.stream.Stages;
import io.failovertimeline.stream.StreamSettings;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.TopicState;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code stream}: the Kafka Streams application, until it is told to stop. */
@Command(
        name = "stream",
        description = "Runs the Kafka Streams application: logs and load results in, incidents out, until stopped.",
        footer = {
            "",
            "Examples:",
            "  ./failover stream --bootstrap-server kafka1:9092",
            "  ./failover stream --config failover.properties --patterns my-patterns",
            "",
            "Several may run at once; they share the work. The topics have to be there: ./failover topics.",
            "Exit codes: 2 wrong usage or Kafka can't be reached, 3 the application failed; 143 or 130 when stopped."
        })
public final class StreamCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private PatternOptions patterns = new PatternOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        StreamSettings settings = kafka.stream();
        Stages stages = Stages.of(new Recognizer(patterns.catalog()));
        requireTopics();
        try (Closing closing = new Closing()) {
            FailoverStream stream = closing.open(() -> new FailoverStream(stages, settings));
            stream.start();
            stream.awaitRunning();
            say("Running as " + settings.applicationId() + " on " + settings.bootstrapServers() + ".");
            stream.awaitEnd();
        }
        say("Stopped.");
        return ExitCode.FINE;
    }

    private void requireTopics() throws IOException {
        try (Admin admin = Admin.create(kafka.client())) {
            List<String> missing = new TopicSetup(admin)
                    .check(Topics.standard().definitions()).stream()
                            .filter(state -> state.status() == TopicState.Status.MISSING)
                            .map(TopicState::name)
                            .toList();
            if (!missing.isEmpty()) {
                throw new IOException("There is no topic " + String.join(", ", missing)
                        + ". Create what is missing with ./failover topics.");
            }
        } catch (KafkaException failed) {
            throw kafka.unreachable(failed);
        }
    }

    private void say(String sentence) {
        spec.commandLine().getErr().println(sentence);
        spec.commandLine().getErr().flush();
    }
}
