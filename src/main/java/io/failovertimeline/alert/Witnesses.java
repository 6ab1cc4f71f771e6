package io.failovertimeline.alert;

import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.LoadBucket;
import java.util.Collection;
import java.util.List;

/**
 * Who tells of a cluster.
 *
 * @param hosts the last that was heard of each host
 * @param clients whether somebody tells how the cluster's clients fare
 */
public record Witnesses(List<Heard> hosts, boolean clients) {

    public Witnesses {
        hosts = List.copyOf(hosts);
    }

    /** Those whose evidence this is. */
    public static Witnesses of(Collection<? extends Evidence> evidence) {
        return new Witnesses(Heard.in(evidence), evidence.stream().anyMatch(LoadBucket.class::isInstance));
    }
}
