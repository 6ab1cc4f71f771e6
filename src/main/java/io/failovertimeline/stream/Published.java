package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An incident as it was last published.
 *
 * @param revision from 1; grows with every change, also over a withdrawal
 * @param withdrawn whether the evidence no longer tells of it
 * @param incident its JSON
 * @param awaited whether it was told what this revision waits for
 */
record Published(long revision, boolean withdrawn, ObjectNode incident, boolean awaited) {

    static Published of(long revision, ObjectNode incident) {
        return new Published(revision, false, incident, false);
    }

    Published withdrawnAs(long next) {
        return new Published(next, true, incident, false);
    }

    Published toldAwaited() {
        return new Published(revision, withdrawn, incident, true);
    }

    /** Whether it waits for something, and that was not told. */
    boolean waits() {
        return !withdrawn && !awaited && !TimelineChanges.closed(incident);
    }
}
