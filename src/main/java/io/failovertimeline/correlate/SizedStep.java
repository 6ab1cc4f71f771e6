package io.failovertimeline.correlate;

import java.time.Duration;

/**
 * A step that is taken to have been further than the least that its lines allow, for that fits the other hosts.
 *
 * @param step the step
 * @param size how far it was
 */
record SizedStep(HostStep step, Duration size) implements JudgedStep {

    @Override
    public Duration by() {
        return step.by();
    }

    @Override
    public Duration atMost() {
        return size.compareTo(step.atMost()) > 0 ? size : step.atMost();
    }
}
