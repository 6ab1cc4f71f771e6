package io.failovertimeline.cli;

import io.failovertimeline.stream.TopicDefinition;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.TopicState;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topics}: creates what is missing and compares what is there with {@code topics/}. */
@Command(
        name = "topics",
        description = "Creates the topics that are missing and checks those that are there; changes none of these.",
        footer = {
            "",
            "Examples:",
            "  ./failover topics --bootstrap-server kafka1:9092 --replication-factor 3",
            "  ./failover topics --set partitions=12    the same setting as for stream",
            "  ./failover topics --check",
            "",
            "Exit codes: 0 all topics are as defined in topics/, 1 one is missing or differs, 2 wrong usage or",
            "Kafka can't be reached, 3 an internal error."
        })
public final class TopicsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--check", description = "Create nothing.")
    private boolean check;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Replicas of the topics that are created. Default: the cluster's own.")
    private @Nullable Short replicationFactor;

    @Override
    public Integer call() throws IOException {
        Topics topics = Topics.standard(kafka.read(Map.of()).stream().partitions());
        List<TopicDefinition> definitions = topics.definitions();
        List<TopicState> states;
        try (Admin admin = Admin.create(kafka.client())) {
            TopicSetup setup = new TopicSetup(admin);
            states = check
                    ? setup.check(definitions)
                    : setup.create(definitions, Optional.ofNullable(replicationFactor));
        } catch (KafkaException failed) {
            throw kafka.unreachable(failed);
        }
        print(definitions, states);
        return states.stream().allMatch(TopicState::isGood) ? ExitCode.FINE : ExitCode.EXPECTATION_FAILED;
    }

    private void print(List<TopicDefinition> definitions, List<TopicState> states) {
        PrintWriter out = spec.commandLine().getOut();
        String row = "%-22s %10s  %-8s %-9s %s%n";
        out.printf(Locale.ROOT, row, "TOPIC", "PARTITIONS", "CLEANUP", "STATE", "KEY");
        for (int n = 0; n < states.size(); n++) {
            TopicDefinition topic = definitions.get(n);
            TopicState state = states.get(n);
            String status = state.status().name().toLowerCase(Locale.ROOT);
            out.printf(Locale.ROOT, row, topic.name(), topic.partitions(), topic.cleanupPolicy(), status, topic.key());
            state.differences().forEach(difference -> out.println("    " + difference));
        }
        out.flush();
    }
}
