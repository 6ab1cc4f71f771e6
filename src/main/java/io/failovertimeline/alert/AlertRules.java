package io.failovertimeline.alert;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * From when on findings are worth an alert.
 *
 * @param usual of clusters that have no rules of their own
 * @param ofCluster by cluster
 * @param link address of the live page of an incident, with {@code {cluster}} and {@code {incident}} for these; empty for none
 */
public record AlertRules(ClusterRules usual, Map<String, ClusterRules> ofCluster, Optional<String> link) {

    /** All defaults. */
    public static final AlertRules USUAL = new AlertRules(ClusterRules.USUAL, Map.of(), Optional.empty());

    public AlertRules {
        ofCluster = Map.copyOf(ofCluster);
    }

    /** The rules of {@code cluster}. */
    public ClusterRules of(String cluster) {
        return ofCluster.getOrDefault(cluster, usual);
    }

    Optional<String> link(String cluster, String incident) {
        return link.map(
                address -> address.replace("{cluster}", encoded(cluster)).replace("{incident}", encoded(incident)));
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
