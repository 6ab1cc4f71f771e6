package io.failovertimeline.model;

/** The program whose words a line holds, whatever unit it was logged under. */
public enum Component {
    PATRONI,
    POSTGRESQL,
    ETCD,
    HAPROXY,
    PGBOUNCER,
    KEEPALIVED,
    REPMGR,
    PG_AUTO_FAILOVER,
    SYSTEMD,
    KERNEL,
    OPERATOR,
    OTHER
}
