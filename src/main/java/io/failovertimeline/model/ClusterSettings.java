package io.failovertimeline.model;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Patroni's dynamic configuration, as far as a configuration file or a dump of the DCS shows it.
 *
 * @param cluster the Patroni scope
 * @param ttl how long the leader key lives without renewal
 * @param loopWait the pause between two rounds of Patroni
 * @param retryTimeout how long Patroni retries the DCS and PostgreSQL
 */
public record ClusterSettings(
        String cluster, Optional<Duration> ttl, Optional<Duration> loopWait, Optional<Duration> retryTimeout)
        implements Evidence {

    @Override
    public <R> R match(
            Function<ClusterEvent, R> ifEvent,
            Function<Mark, R> ifMark,
            Function<ClusterSettings, R> ifSettings,
            Function<LoadBucket, R> ifLoad) {
        return ifSettings.apply(this);
    }
}
