package io.failovertimeline.model;

/** What it was more exactly that a {@link CauseCode} names, where a line tells that. */
public enum CauseDetail {
    /** The host, or all that ran on it, went silent without a word of stopping and was started anew: a power cut, a reset. */
    HOST_RESTARTED,
    /** Its kernel gave up. */
    KERNEL_PANIC,
    /** Its peers could not reach it; that is all that is known. */
    HOST_UNREACHABLE,
    /** The whole host was shut down in good order. */
    HOST_SHUT_DOWN,
    /** Patroni was stopped. */
    PATRONI_STOPPED,
    /** PostgreSQL was stopped. */
    POSTGRES_STOPPED,
    /** The leader key was let go of before it could expire. */
    KEY_RELEASED,
    /** A process of PostgreSQL was killed by a signal, and the others ended for it. */
    PROCESS_KILLED,
    /** PostgreSQL's main process was gone. */
    POSTMASTER_GONE,
    /** PostgreSQL gave up by itself. */
    PANIC,
    /** Patroni's main process exited. */
    PATRONI_DIED,
    /** Patroni, or all of its host, stood still and then went on. */
    FROZEN,
    /** Patroni was silent although its host was up. */
    SILENT_BUT_UP,
    /** No member could reach the DCS. */
    DCS_DOWN,
    /** One member could not reach the DCS while others could. */
    CUT_OFF_FROM_DCS,
    /** One member could reach neither the DCS nor its peers. */
    CUT_OFF_FROM_ALL,
    /** Stopped by hand while Patroni was paused. */
    STOPPED_IN_PAUSE,
    /** PostgreSQL was restarted where it was. */
    RESTARTED_IN_PLACE,
    /** A replica was rebuilt on request. */
    REBUILT,
    /** Memory ran out. */
    OUT_OF_MEMORY,
    /** No room was left on a disk. */
    DISK_FULL,
    /** A disk could not be read or written. */
    DISK_FAILED,
    /** No connection slot was left for clients. */
    OUT_OF_CONNECTIONS,
    /** Commits waited for a synchronous standby. */
    WAITS_FOR_STANDBY,
    /** Patroni's rounds, the DCS or its disk were too slow at the same time. */
    SLOW,
    /** The balancer between clients and cluster was started anew. */
    BALANCER_RESTARTED
}
