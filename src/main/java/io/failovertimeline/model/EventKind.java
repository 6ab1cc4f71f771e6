package io.failovertimeline.model;

import java.util.Arrays;

/** What a log line proves. The catalog in {@code grok-patterns/} assigns these. */
public enum EventKind {
    /** Something was broken or stopped: power-off, kill, OOM, shutdown request. */
    FAULT_SIGNAL,
    /** A peer failed to talk to the leader (field {@code member} or {@code address} names it). */
    LEADER_UNREACHABLE,
    /** The leader key was deleted on purpose. */
    LOCK_RELEASED,
    /** The holder noticed that it cannot renew, or does not own, the lock. */
    LOCK_LOST,
    /** A replica evaluates itself or its peers as candidates. */
    LEADER_RACE,
    /** A candidate did not take the lock, for the reason in field {@code reason}. */
    REFUSED,
    /** The leader key was taken. */
    LOCK_ACQUIRED,
    /** A member tried and did not get the lock. */
    RACE_LOST,
    /** The promote command was issued or received. */
    PROMOTION_STARTED,
    /** Recovery ended on a new timeline: direct from PostgreSQL, implied by Patroni. */
    PROMOTED,
    /** A promotion was cancelled or postponed. */
    PROMOTION_FAILED,
    /** Read-write connections are accepted. */
    READY_RW,
    /** Read-only connections are accepted. */
    READY_RO,
    /** The stop of a primary begins. */
    DEMOTION_STARTED,
    /** The stop of a primary is over. */
    DEMOTED,
    /** The consensus store can't be reached. */
    DCS_LOST,
    /** The consensus store can be reached again. */
    DCS_BACK,
    /** The consensus store elects a leader of its own. */
    DCS_ELECTION,
    /** The leader runs on under failsafe mode. */
    FAILSAFE,
    /** A member points itself at a leader. */
    FOLLOWING,
    /** Streaming from the leader ended. */
    STREAM_LOST,
    /** Streaming from the leader began (fields {@code timeline}, {@code lsn}). */
    STREAM_STARTED,
    /** A former leader's data is rewound. */
    REWIND,
    /** A member is rebuilt from scratch. */
    REINIT,
    /** PostgreSQL recovers after a crash. */
    CRASH_RECOVERY,
    /** PostgreSQL or Patroni is starting. */
    RESTARTING,
    /** A leader missed a replica that had been there (field {@code member} or {@code slot} names it). */
    REPLICA_GONE,
    /** The set of synchronous standbys changed. */
    SYNC_CHANGED,
    /** An operator asked for a switchover. */
    SWITCHOVER_REQUESTED,
    /** An operator asked for a failover. */
    FAILOVER_REQUESTED,
    /** An operator asked for a restart of PostgreSQL. */
    RESTART_REQUESTED,
    /** Cluster management was paused or resumed. */
    PAUSE,
    /** A load balancer took a server out. */
    BACKEND_DOWN,
    /** A load balancer took a server in. */
    BACKEND_UP,
    /** A virtual address moved. */
    VIP_MOVED,
    /** A client's session saw an error. */
    CLIENT_ERROR,
    /** The watchdog was armed, disarmed or failed. */
    WATCHDOG,
    /** A cluster or member is created for the first time. */
    BOOTSTRAP,
    /** Patroni's loop took longer than it may. */
    LOOP_TIME_EXCEEDED,
    /** A steady-state sample: fields {@code role} (leader or replica) and {@code leader}. */
    HEARTBEAT,
    /** While the member of field {@code member} was silent, a program of its host that is no part of it wrote (field {@code speaker}). */
    HOST_WENT_ON,
    /** Known, frequent and of no meaning here. */
    NOISE;

    /** Those that the catalog may assign: all but {@link #HOST_WENT_ON}, which lines get for where they were written. */
    public static EventKind[] ofEntries() {
        return Arrays.stream(values()).filter(kind -> kind != HOST_WENT_ON).toArray(EventKind[]::new);
    }
}
