package io.failovertimeline.correlate;

import io.failovertimeline.model.ClockStep;
import io.failovertimeline.model.ClusterEvent;
import java.time.Duration;
import java.time.Instant;

/**
 * A step that is taken to have been further than the least that its lines allow, for that fits the other hosts.
 *
 * @param step the step
 * @param size how far it was
 */
record SizedStep(HostStep step, Duration size) implements HostStep {

    @Override
    public ClockStep.Direction direction() {
        return step.direction();
    }

    @Override
    public Side sideOf(ClusterEvent event) {
        return step.sideOf(event);
    }

    @Override
    public Duration by() {
        return step.by();
    }

    @Override
    public Duration atMost() {
        return size.compareTo(step.atMost()) > 0 ? size : step.atMost();
    }

    @Override
    public Instant firstAfter() {
        return step.firstAfter();
    }

    @Override
    public ClockStep told(String cluster, String host, ClockStep.Side moved) {
        return step.told(cluster, host, moved).of(by(), atMost());
    }
}
