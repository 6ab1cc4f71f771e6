package io.failovertimeline.operate;

import io.failovertimeline.stream.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.utils.Utils;

/**
 * Transactions that are open in a partition although their coordinator has done with them, so that nobody ends them: whoever reads committed records
 * waits there for ever. A defect of brokers leaves them behind, such as KAFKA-20734 of 4.3.0 to 4.4.0 when one is killed.
 */
final class HangingTransactions {

    private final Admin admin;

    /**
     * One of them.
     *
     * @param startOffset of its first record
     */
    record Hanging(TopicPartition partition, long producerId, long startOffset) {}

    HangingTransactions(Admin admin) {
        this.admin = admin;
    }

    /**
     * Those in {@code topics}, in the application's own and where its offsets are.
     *
     * @throws KafkaException if the cluster refuses to tell
     */
    Set<Hanging> of(String applicationId, Collection<String> topics) {
        List<TopicPartition> partitions = partitions(applicationId, topics);
        Set<Hanging> open = open(partitions);
        if (!open.isEmpty()) {
            Map<Long, Set<TopicPartition>> known = knownToCoordinators(open);
            open.removeIf(its -> known.getOrDefault(its.producerId(), Set.of()).contains(its.partition()));
            // Those that are over by now may have been unknown because they were.
            open.retainAll(open(partitions));
        }
        return open;
    }

    private List<TopicPartition> partitions(String applicationId, Collection<String> topics) {
        Set<String> there = Answer.of(
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
        there.removeIf(name -> !topics.contains(name)
                && !name.startsWith(applicationId + "-")
                && !name.equals(Topic.GROUP_METADATA_TOPIC_NAME));
        List<TopicPartition> partitions = new ArrayList<>();
        Answer.of(admin.describeTopics(there).allTopicNames()).forEach((name, topic) -> {
            int count = topic.partitions().size();
            IntStream numbers = name.equals(Topic.GROUP_METADATA_TOPIC_NAME)
                    ? IntStream.of(Utils.abs(applicationId.hashCode()) % count)
                    : IntStream.range(0, count);
            numbers.forEach(number -> partitions.add(new TopicPartition(name, number)));
        });
        return partitions;
    }

    private Set<Hanging> open(Collection<TopicPartition> partitions) {
        Map<TopicPartition, DescribeProducersResult.PartitionProducerState> producers =
                Answer.of(admin.describeProducers(partitions).all());
        Set<Hanging> open = new HashSet<>();
        producers.forEach((partition, state) -> state.activeProducers()
                .forEach(producer -> producer.currentTransactionStartOffset()
                        .ifPresent(start -> open.add(new Hanging(partition, producer.producerId(), start)))));
        return open;
    }

    /** By producer, the partitions that its transaction is to be ended in. */
    private Map<Long, Set<TopicPartition>> knownToCoordinators(Set<Hanging> open) {
        Set<Long> producers = open.stream().map(Hanging::producerId).collect(Collectors.toSet());
        List<String> ids =
                Answer.of(admin.listTransactions(new ListTransactionsOptions().filterProducerIds(producers))
                                .all())
                        .stream()
                        .map(TransactionListing::transactionalId)
                        .toList();
        return Answer.of(admin.describeTransactions(ids).all()).values().stream()
                .collect(Collectors.toMap(TransactionDescription::producerId, TransactionDescription::topicPartitions));
    }
}
