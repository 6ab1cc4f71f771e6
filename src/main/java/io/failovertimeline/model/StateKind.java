package io.failovertimeline.model;

/** What an operator printed to see how a cluster stands. */
public enum StateKind {
    PATRONICTL_LIST("patronictl list"),
    PATRONICTL_HISTORY("patronictl history"),
    /** The members, by Patroni's REST API. */
    PATRONI_CLUSTER("GET /cluster"),
    /** One member, by its REST API. */
    PATRONI_STATUS("GET /patroni"),
    /** The dynamic configuration. */
    PATRONI_CONFIG("Patroni's configuration"),
    /** Patroni's keys in the consensus store. */
    DCS_KEYS("Patroni's keys in the DCS"),
    ETCD_MEMBERS("etcdctl member list"),
    ETCD_ENDPOINT_STATUS("etcdctl endpoint status"),
    ETCD_ENDPOINT_HEALTH("etcdctl endpoint health"),
    PG_STAT_REPLICATION("pg_stat_replication"),
    PG_STAT_WAL_RECEIVER("pg_stat_wal_receiver"),
    PG_IS_IN_RECOVERY("pg_is_in_recovery()"),
    /** TCP segments that a kernel sent again. */
    TCP_RETRANSMITS("tcpretrans");

    private final String tool;

    StateKind(String tool) {
        this.tool = tool;
    }

    /** The command, view or request that prints it. */
    public String tool() {
        return tool;
    }
}
