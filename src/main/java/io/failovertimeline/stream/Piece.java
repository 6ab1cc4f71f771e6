package io.failovertimeline.stream;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Evidence;

/**
 * Evidence on its way to its cluster. A piece replaces the one that came before it under the same id, so that nothing counts
 * twice and a count that grew takes the place of the smaller one.
 *
 * @param id what the piece is, within its cluster
 * @param evidence what it proves
 */
record Piece(String id, Evidence evidence) {

    /** Whether it is more than one of the heartbeats that come all the time. */
    boolean isNews() {
        return !(evidence instanceof ClusterEvent event && event.kind() == EventKind.HEARTBEAT);
    }
}
