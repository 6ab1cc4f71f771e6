package io.failovertimeline.operate;

import io.failovertimeline.stream.Answer;
import io.failovertimeline.stream.StreamSettings;
import io.failovertimeline.stream.TopicDefinition;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.TopicState;
import io.failovertimeline.stream.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** Looks, before the stream application is started, whether it will find what it needs. Changes nothing. */
public final class Preflight {

    /** What Kafka Streams takes before the name of a setting that is for one of its clients only, or for its topics. */
    private static final List<String> PREFIXES =
            List.of("main.consumer.", "restore.consumer.", "global.consumer.", "consumer.", "producer.", "admin.");

    private static final String TRANSACTIONS = "transactions";

    private final Admin admin;
    private final StreamSettings settings;
    private final Topics topics;

    /**
     * One thing that was looked at.
     *
     * @param what it is
     * @param isFine whether it is as it should be
     * @param advice what was found; and, if it is not fine, what to do
     */
    public record Finding(String what, boolean isFine, String advice) {}

    /** Looks through {@code admin}, which stays the caller's to close. */
    public Preflight(Admin admin, StreamSettings settings, Topics topics) {
        this.admin = admin;
        this.settings = settings;
        this.topics = topics;
    }

    /**
     * Everything that was looked at.
     *
     * @throws KafkaException if the cluster can't be reached
     */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        DescribeClusterResult cluster =
                admin.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true));
        int brokers = Answer.of(cluster.nodes()).size();
        findings.add(new Finding("cluster", true, Answer.of(cluster.clusterId()) + ", brokers: " + brokers));
        findings.add(stateDir());
        findings.addAll(unknownSettings());
        List<TopicState> states = new TopicSetup(admin).check(topics.definitions());
        states.forEach(state -> findings.add(topic(state)));
        Set<String> there = new TreeSet<>();
        states.stream()
                .filter(state -> state.status() != TopicState.Status.MISSING)
                .forEach(state -> there.add(state.name()));
        findings.addAll(rightsOnTopics(there));
        findings.add(rights("group " + settings.applicationId(), group(), List.of(AclOperation.READ), "Group"));
        findings.add(rights(
                "cluster, for the topics that the application keeps its state in",
                Answer.of(cluster.authorizedOperations()),
                List.of(AclOperation.CREATE),
                "Cluster"));
        findings.addAll(hangingTransactions());
        return findings;
    }

    private List<Finding> hangingTransactions() {
        Set<String> read = inputs();
        List<String> written = topics.definitions().stream()
                .map(TopicDefinition::name)
                .filter(name -> !read.contains(name))
                .toList();
        try {
            List<Finding> hanging = new HangingTransactions(admin)
                    .of(settings.applicationId(), written).stream()
                            .map(this::hanging)
                            .toList();
            return hanging.isEmpty() ? List.of(new Finding(TRANSACTIONS, true, "none is left open")) : hanging;
        } catch (AuthorizationException | UnsupportedVersionException refused) {
            return List.of(new Finding(TRANSACTIONS, true, "are not told by the cluster"));
        }
    }

    private Finding hanging(HangingTransactions.Hanging transaction) {
        TopicPartition partition = transaction.partition();
        return new Finding(
                "transaction in " + partition,
                false,
                "is open from offset " + transaction.startOffset()
                        + " on, and its coordinator has done with it (KAFKA-20734 does so when brokers of 4.3.0 to 4.4.0 are killed);"
                        + " what reads that partition waits for ever. Stop the application; end it with kafka-transactions.sh"
                        + " --bootstrap-server " + settings.bootstrapServers() + " abort --topic " + partition.topic()
                        + " --partition " + partition.partition() + " --start-offset " + transaction.startOffset());
    }

    private Set<String> inputs() {
        return Set.of(
                topics.journaldLogs().name(),
                topics.patroniLogs().name(),
                topics.loadResults().name());
    }

    private Finding stateDir() {
        Path folder = settings.stateDir();
        try {
            Files.createDirectories(folder);
            boolean isWritable = Files.isWritable(folder);
            return new Finding(
                    "state.dir " + folder,
                    isWritable,
                    isWritable
                            ? "can be written to"
                            : "can't be written to; give the user of the process the right to");
        } catch (IOException impossible) {
            return new Finding("state.dir " + folder, false, "can't be made; set state.dir to a folder that can");
        }
    }

    private List<Finding> unknownSettings() {
        Set<String> known = new HashSet<>(StreamsConfig.configDef().names());
        known.addAll(ConsumerConfig.configNames());
        known.addAll(ProducerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        return settings.kafka().keySet().stream()
                .sorted()
                .filter(name -> !known.contains(withoutPrefix(name)) && !name.startsWith(StreamsConfig.TOPIC_PREFIX))
                .map(name -> new Finding(
                        "kafka." + name,
                        false,
                        "is no setting of Kafka Streams or Kafka's clients; is it spelled right?"))
                .toList();
    }

    private static String withoutPrefix(String name) {
        return PREFIXES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
    }

    private static Finding topic(TopicState state) {
        String found = state.status() == TopicState.Status.MISSING
                ? "is missing; create it with ./failover topics"
                : state.isGood() ? "is as defined in topics/" : String.join(", ", state.differences());
        return new Finding("topic " + state.name(), state.isGood(), found);
    }

    private List<Finding> rightsOnTopics(Set<String> there) {
        Set<String> read = inputs();
        Map<String, TopicDescription> described =
                Answer.of(admin.describeTopics(there, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .allTopicNames());
        List<Finding> findings = new ArrayList<>();
        for (TopicDefinition definition : topics.definitions()) {
            TopicDescription topic = described.get(definition.name());
            boolean isOfOthers =
                    definition.name().equals(topics.acknowledgements().name());
            if (topic != null && !isOfOthers) {
                AclOperation needed = read.contains(definition.name()) ? AclOperation.READ : AclOperation.WRITE;
                findings.add(rights(
                        "topic " + definition.name(),
                        topic.authorizedOperations(),
                        List.of(AclOperation.DESCRIBE, needed),
                        "Topic"));
            }
        }
        return findings;
    }

    private @Nullable Set<AclOperation> group() {
        try {
            ConsumerGroupDescription group = Answer.of(admin.describeConsumerGroups(
                                    List.of(settings.applicationId()),
                                    new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                            .all())
                    .get(settings.applicationId());
            return group == null ? null : group.authorizedOperations();
        } catch (KafkaException notThereYet) {
            return null;
        }
    }

    private static Finding rights(
            String what, @Nullable Collection<AclOperation> allowed, List<AclOperation> needed, String resource) {
        if (allowed == null) {
            return new Finding("rights on " + what, true, "are not told by the cluster");
        }
        boolean isFine = allowed.contains(AclOperation.ALL) || allowed.containsAll(needed);
        return new Finding(
                "rights on " + what,
                isFine,
                isFine
                        ? "suffice"
                        : "do not suffice; " + needed + " on the " + resource + " are needed, given are " + allowed);
    }
}
