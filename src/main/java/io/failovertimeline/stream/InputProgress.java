package io.failovertimeline.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** Says how far a stream application has come with its input topics. */
public final class InputProgress {

    private static final long PATIENCE_SECONDS = 10;

    private final Admin admin;
    private final String applicationId;
    private final Set<String> inputs;

    /** Asks through {@code admin}, which stays the caller's to close. */
    public InputProgress(Admin admin, String applicationId, Topics topics) {
        this.admin = admin;
        this.applicationId = applicationId;
        this.inputs = Set.of(
                topics.journaldLogs().name(),
                topics.patroniLogs().name(),
                topics.loadResults().name());
    }

    /** Whether the application has committed all that is in its input topics; also {@code false} where the broker does not say. */
    public boolean isComplete() {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId)
                    .partitionsToOffsetAndMetadata()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return ends().entrySet().stream().allMatch(end -> {
                OffsetAndMetadata offset = committed.get(end.getKey());
                return end.getValue().offset() <= (offset == null ? 0 : offset.offset());
            });
        } catch (ExecutionException | TimeoutException unknown) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends()
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        admin.describeTopics(inputs)
                .allTopicNames()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .values()
                .forEach(topic -> {
                    List<TopicPartitionInfo> partitions = topic.partitions();
                    partitions.forEach(partition ->
                            asked.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
                });
        return admin.listOffsets(asked).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
