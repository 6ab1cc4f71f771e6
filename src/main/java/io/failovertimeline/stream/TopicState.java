package io.failovertimeline.stream;

import java.util.List;

/**
 * How a topic on the broker compares with its definition.
 *
 * @param name the topic
 * @param status what was found or done
 * @param differences {@code partitions is 1, should be 3} and the like; empty unless {@link Status#DIFFERS}
 */
public record TopicState(String name, Status status, List<String> differences) {

    public TopicState {
        differences = List.copyOf(differences);
    }

    /** Whether the topic is there as defined. */
    public boolean isGood() {
        return status == Status.OK || status == Status.CREATED;
    }

    /** What was found or done. */
    public enum Status {
        OK,
        CREATED,
        MISSING,
        DIFFERS
    }
}
