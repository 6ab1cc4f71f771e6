package io.failovertimeline.stream;

import java.util.Map;
import java.util.Optional;

/**
 * Which cluster a record belongs to.
 *
 * @param clusterByMember the configured members' clusters, by host name
 */
public record ClusterNames(Map<String, String> clusterByMember) {

    /** The cluster of records that nothing assigns to one. */
    public static final String DEFAULT = "default";

    public ClusterNames {
        clusterByMember = Map.copyOf(clusterByMember);
    }

    /** The first that answers: the record's header, the configured member, {@value #DEFAULT}. */
    String of(Optional<String> header, Optional<String> member) {
        return header.or(() -> member.map(clusterByMember::get)).orElse(DEFAULT);
    }
}
