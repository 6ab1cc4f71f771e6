package io.failovertimeline.simulate;

import java.time.Duration;
import java.time.Instant;

/**
 * What a simulated fleet does.
 *
 * @param clusters how many, of three members each
 * @param begin event time of the first record
 * @param length event time from the first record to the last
 * @param noise lines of other programs on each host for each heartbeat of Patroni
 * @param requests that a load generator sends to each cluster, a second
 * @param failoverEvery from one failover anywhere in the fleet to the next; a cluster that has not settled is left out
 * @param seed the same gives the same records
 */
public record FleetPlan(
        int clusters, Instant begin, Duration length, int noise, int requests, Duration failoverEvery, long seed) {

    public FleetPlan {
        if (clusters < 1 || noise < 0 || requests < 0 || failoverEvery.isZero() || failoverEvery.isNegative()) {
            throw new IllegalArgumentException("no fleet: " + clusters + " clusters, " + noise + " lines of noise, "
                    + requests + " requests a second, a failover every " + failoverEvery);
        }
    }

    /** When it ends. */
    Instant end() {
        return begin.plus(length);
    }
}
