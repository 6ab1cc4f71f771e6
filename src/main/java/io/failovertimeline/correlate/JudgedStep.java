package io.failovertimeline.correlate;

import io.failovertimeline.model.ClockStep;
import io.failovertimeline.model.ClusterEvent;

/** A step of which more is known than its lines show: how far it was. */
interface JudgedStep extends HostStep {

    /** As its lines show it. */
    HostStep step();

    @Override
    default ClockStep.Direction direction() {
        return step().direction();
    }

    @Override
    default Side sideOf(ClusterEvent event) {
        return step().sideOf(event);
    }

    @Override
    default Entry before() {
        return step().before();
    }

    @Override
    default Entry after() {
        return step().after();
    }
}
