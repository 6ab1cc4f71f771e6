package io.failovertimeline.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What Patroni's dynamic configuration and the load balancer in front of it say of times, as far as configuration files, a dump of
 * the DCS or heartbeats show it.
 *
 * @param cluster the Patroni scope
 * @param ttl how long the leader key lives without renewal
 * @param loopWait the pause between two rounds of Patroni
 * @param retryTimeout how long Patroni retries the DCS and PostgreSQL
 * @param balancers how the cluster's members are checked, in order of their names
 */
public record ClusterSettings(
        String cluster,
        Optional<Setting> ttl,
        Optional<Setting> loopWait,
        Optional<Setting> retryTimeout,
        List<BalancerChecks> balancers)
        implements Evidence {

    public ClusterSettings {
        balancers = List.copyOf(balancers);
    }

    /** The same for the cluster {@code name}. */
    public ClusterSettings inCluster(String name) {
        return new ClusterSettings(name, ttl, loopWait, retryTimeout, balancers);
    }

    @Override
    public <R> R match(
            Function<ClusterEvent, R> ifEvent,
            Function<Mark, R> ifMark,
            Function<ClusterSettings, R> ifSettings,
            Function<LoadBucket, R> ifLoad) {
        return ifSettings.apply(this);
    }
}
