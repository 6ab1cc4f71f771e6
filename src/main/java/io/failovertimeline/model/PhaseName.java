package io.failovertimeline.model;

/** The parts of a failover, in their order. */
public enum PhaseName {
    /** From the fault or first symptom to the leader lock gone; of a leader that ran on under failsafe, until it did so. */
    DETECTION,
    /** To the lock acquired. */
    ELECTION,
    /** To the database ready for writes. */
    PROMOTION,
    /** To clients served; of a leader that ran on under failsafe, until it had the DCS back. */
    RECOVERY,
    /** To the old leader back as a replica. */
    REJOIN
}
