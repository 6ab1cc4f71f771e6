package io.failovertimeline.model;

/** Why an incident happened. */
public enum CauseCode {
    HOST_DOWN,
    CLEAN_SHUTDOWN,
    POSTGRES_CRASH,
    PATRONI_STALLED,
    DCS_UNREACHABLE,
    NETWORK_PARTITION,
    OPERATOR_REQUEST,
    RESOURCE_EXHAUSTION,
    UNKNOWN
}
