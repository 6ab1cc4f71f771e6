package io.failovertimeline.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;

/** Compares the topics on a broker with their definitions and creates those that are missing. Changes nothing that is there. */
public final class TopicSetup {

    private final Admin admin;

    /** Works through {@code admin}, which stays the caller's to close. */
    public TopicSetup(Admin admin) {
        this.admin = admin;
    }

    /**
     * Compares only.
     *
     * @throws KafkaException if the broker can't be asked
     */
    public List<TopicState> check(List<TopicDefinition> definitions) {
        Set<String> present = Answer.of(admin.listTopics().names());
        List<String> known = definitions.stream()
                .map(TopicDefinition::name)
                .filter(present::contains)
                .toList();
        Map<String, TopicDescription> descriptions =
                Answer.of(admin.describeTopics(known).allTopicNames());
        Map<ConfigResource, Config> configs = Answer.of(
                admin.describeConfigs(known.stream().map(TopicSetup::resource).toList())
                        .all());
        return definitions.stream()
                .map(definition -> {
                    TopicDescription description = descriptions.get(definition.name());
                    Config config = configs.get(resource(definition.name()));
                    return description == null || config == null
                            ? new TopicState(definition.name(), TopicState.Status.MISSING, List.of())
                            : compare(definition, description, config);
                })
                .toList();
    }

    /**
     * Creates what is missing and compares what is there.
     *
     * @param replicationFactor of created topics; empty for the broker's default
     * @throws KafkaException if the broker can't be asked or refuses
     */
    public List<TopicState> create(List<TopicDefinition> definitions, Optional<Short> replicationFactor) {
        Map<String, TopicState> states = new HashMap<>();
        check(definitions).forEach(state -> states.put(state.name(), state));
        List<TopicDefinition> missing = definitions.stream()
                .filter(definition -> status(states, definition) == TopicState.Status.MISSING)
                .toList();
        Answer.of(admin.createTopics(missing.stream()
                        .map(definition -> newTopic(definition, replicationFactor))
                        .toList())
                .all());
        awaitVisible(missing.stream().map(TopicDefinition::name).toList());
        missing.forEach(definition ->
                states.put(definition.name(), new TopicState(definition.name(), TopicState.Status.CREATED, List.of())));
        return definitions.stream()
                .map(definition -> states.get(definition.name()))
                .toList();
    }

    /** The controller says that topics are created before the brokers know of them; a reader must not come in between. */
    private void awaitVisible(List<String> names) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Answer.PATIENCE_SECONDS);
        while (!Answer.of(admin.listTopics().names()).containsAll(names)) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("created topics did not appear within " + Answer.PATIENCE_SECONDS + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static TopicState.Status status(Map<String, TopicState> states, TopicDefinition definition) {
        TopicState state = states.get(definition.name());
        return state == null ? TopicState.Status.MISSING : state.status();
    }

    private static NewTopic newTopic(TopicDefinition definition, Optional<Short> replicationFactor) {
        return new NewTopic(definition.name(), Optional.of(definition.partitions()), replicationFactor)
                .configs(definition.configs());
    }

    private static TopicState compare(TopicDefinition definition, TopicDescription is, Config configs) {
        List<String> differences = new ArrayList<>();
        if (is.partitions().size() != definition.partitions()) {
            differences.add("partitions is " + is.partitions().size() + ", should be " + definition.partitions());
        }
        definition.configs().forEach((key, should) -> {
            ConfigEntry entry = configs.get(key);
            if (entry == null || !should.equals(entry.value())) {
                differences.add(key + " is " + (entry == null ? "unset" : entry.value()) + ", should be " + should);
            }
        });
        return new TopicState(
                definition.name(),
                differences.isEmpty() ? TopicState.Status.OK : TopicState.Status.DIFFERS,
                differences);
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
