package io.failovertimeline.model;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The longest outages (RTO) that are tolerated.
 *
 * @param forAll of clusters that have none of their own; empty if there is no such target
 * @param byCluster of single clusters
 */
public record RecoveryTargets(Optional<Duration> forAll, SortedMap<String, Duration> byCluster) {

    /** No target is set. */
    public static final RecoveryTargets NONE = new RecoveryTargets(Optional.empty(), new TreeMap<>());

    public RecoveryTargets {
        byCluster = new TreeMap<>(byCluster);
    }

    /**
     * Reads {@code 30s}, for all clusters, and {@code batman=1m30s}, for one.
     *
     * @throws IllegalArgumentException if some are neither; the message names the first
     */
    public static RecoveryTargets parse(Collection<String> texts) {
        Optional<Duration> forAll = Optional.empty();
        SortedMap<String, Duration> byCluster = new TreeMap<>();
        for (String text : texts) {
            int end = text.lastIndexOf('=');
            Duration target = WrittenDuration.parse(text.substring(end + 1).strip())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + text.substring(end + 1) + "' is no time such as 30s, 1m30s or 500ms"));
            if (end < 0) {
                forAll = Optional.of(target);
            } else {
                byCluster.put(text.substring(0, end).strip(), target);
            }
        }
        return new RecoveryTargets(forAll, byCluster);
    }

    /** The target of {@code cluster}; empty if there is none. */
    public Optional<Duration> of(String cluster) {
        return Optional.ofNullable(byCluster.get(cluster)).or(() -> forAll);
    }
}
