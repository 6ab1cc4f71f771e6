package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.publish.LoadSecond;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;

/** What the correlator has to say to one of the output topics. Each answers for its own topic and is silent for the others. */
sealed interface Publication {

    /** For {@code failovers}: the incident by its id, {@code null} where there is none of this id after all. */
    default List<KeyValue<String, ObjectNode>> heads() {
        return List.of();
    }

    /** For {@code failover-timeline}. */
    default List<ObjectNode> steps() {
        return List.of();
    }

    /** For {@code failover-alerts}. */
    default List<AlertRecord> alerts() {
        return List.of();
    }

    /** For {@code failover-clusters}. */
    default List<ClusterState> states() {
        return List.of();
    }

    /** For {@code failover-load}. */
    default List<LoadSecond> load() {
        return List.of();
    }

    /** For {@code failover-dead-letters}. */
    default List<DeadLetter> deadLetters() {
        return List.of();
    }

    /** The incident as it stands; {@code json} is empty if the evidence no longer tells of it. */
    record Head(String id, Optional<ObjectNode> json) implements Publication {
        @Override
        public List<KeyValue<String, ObjectNode>> heads() {
            return List.of(KeyValue.pair(id, json.orElse(null)));
        }
    }

    /** One step of the timeline. */
    record Step(ObjectNode json) implements Publication {
        @Override
        public List<ObjectNode> steps() {
            return List.of(json);
        }
    }

    /** A change of an alert. */
    record AlertChange(AlertRecord alert) implements Publication {
        @Override
        public List<AlertRecord> alerts() {
            return List.of(alert);
        }
    }

    /** Who tells of the cluster. */
    record State(ClusterState state) implements Publication {
        @Override
        public List<ClusterState> states() {
            return List.of(state);
        }
    }

    /** Requests near an incident, as far as they are known. */
    record Load(LoadSecond second) implements Publication {
        @Override
        public List<LoadSecond> load() {
            return List.of(second);
        }
    }

    /** Evidence that came too late to be used. */
    record Refused(DeadLetter deadLetter) implements Publication {
        @Override
        public List<DeadLetter> deadLetters() {
            return List.of(deadLetter);
        }
    }
}
