package io.failovertimeline.model;

/** What kind of story an incident is. */
public enum IncidentKind {
    /** Leadership moved to another member and no operator asked for it. */
    FAILOVER,
    /** Leadership moved because an operator asked. */
    SWITCHOVER,
    /** The leader's PostgreSQL went away and the same member led again; the DCS was fine. */
    LEADER_RESTART,
    /** The leader stepped down, or ran on under failsafe, because the DCS could not be reached; nobody else took over. */
    DCS_OUTAGE,
    /** The leader was lost and nobody took over until it came back, or nobody has yet. */
    LEADERLESS,
    /** A replica went away; leadership was not touched. */
    REPLICA_LOSS,
    /** Latency or throughput suffered, leadership did not change. */
    DEGRADATION,
    /** Requests failed and nothing in the cluster explains it. */
    CLIENT_ERRORS
}
