package io.failovertimeline.model;

import java.util.List;

/**
 * Something about an incident that harms later, or need not have been.
 *
 * @param code what it is
 * @param explanation one or two sentences for a person
 * @param evidence indexes, from 0, into the incident's events
 */
public record Danger(Code code, String explanation, List<Integer> evidence) {

    public Danger {
        evidence = List.copyOf(evidence);
    }

    /** What there is to fear. */
    public enum Code {
        /** Two members opened the same timeline id: one id for two histories. */
        TIMELINE_OPENED_TWICE,
        /** The leader changed again and again within a short time. */
        FLAPPING,
        /** The old leader was well and within reach; only the DCS was not. */
        UNNEEDED_FAILOVER
    }
}
