package io.failovertimeline.model;

import java.time.Duration;
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

    /** That the members of {@code cluster} seem to do a round every {@code loopWait}, and nothing else. */
    public static ClusterSettings estimate(String cluster, Duration loopWait) {
        return new ClusterSettings(
                cluster,
                Optional.empty(),
                Optional.of(new Setting(loopWait, Optional.empty())),
                Optional.empty(),
                List.of());
    }

    /** Whether it is such an estimate, which is worth less than what stands somewhere. */
    public boolean isEstimate() {
        return ttl.isEmpty()
                && retryTimeout.isEmpty()
                && balancers.isEmpty()
                && loopWait.filter(wait -> wait.origin().isEmpty()).isPresent();
    }

    /** The same with {@code estimate} where it says nothing of {@code loopWait}. */
    public ClusterSettings orLoopWait(Optional<Setting> estimate) {
        return new ClusterSettings(cluster, ttl, loopWait.or(() -> estimate), retryTimeout, balancers);
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
