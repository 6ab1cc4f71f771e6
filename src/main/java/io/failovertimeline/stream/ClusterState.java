package io.failovertimeline.stream;

import io.failovertimeline.alert.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who tells of a cluster, and whether anybody does still: a value of the topic {@code failover-clusters}.
 *
 * @param cluster the Patroni scope
 * @param hosts who wrote more than one line, in order of their names
 * @param lastSeenAt the latest that is known of the cluster; moves on in steps of {@link #PACE}
 * @param blindSince the last line of a host that wrote regularly, if all of these are silent; empty if not
 */
record ClusterState(String cluster, List<Host> hosts, Instant lastSeenAt, Optional<Instant> blindSince) {

    /** How often it is told that all goes on as before. */
    static final Duration PACE = Duration.ofMinutes(1);

    /**
     * One host.
     *
     * @param host its name
     * @param silentSince its last line, if it wrote regularly and nothing comes from it any more
     */
    record Host(String host, Optional<Instant> silentSince) {}

    ClusterState {
        hosts = List.copyOf(hosts);
    }

    /**
     * As it is when lines would have been heard up to {@code listening}.
     *
     * @param silentAfter how long a host that wrote regularly may write nothing
     */
    static ClusterState of(String cluster, List<Heard> heard, Instant latest, Instant listening, Duration silentAfter) {
        List<Heard> regular =
                heard.stream().filter(host -> host.isRegular(silentAfter)).toList();
        boolean blind = !regular.isEmpty() && regular.stream().allMatch(host -> host.isSilent(listening, silentAfter));
        return new ClusterState(
                cluster,
                heard.stream()
                        .map(host -> new Host(
                                host.host(),
                                Optional.of(host.last().at()).filter(last -> host.isSilent(listening, silentAfter))))
                        .toList(),
                latest,
                regular.stream()
                        .map(host -> host.last().at())
                        .max(Comparator.naturalOrder())
                        .filter(last -> blind));
    }

    /** Whether it says what {@code told} did not. */
    boolean isNewsAfter(ClusterState told) {
        return !told.hosts.equals(hosts)
                || !told.blindSince.equals(blindSince)
                || Duration.between(told.lastSeenAt, lastSeenAt).compareTo(PACE) >= 0;
    }
}
