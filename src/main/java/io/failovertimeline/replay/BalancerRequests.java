package io.failovertimeline.replay;

import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.load.EndpointNames;
import io.failovertimeline.decode.load.EndpointPatterns;
import io.failovertimeline.decode.load.HaproxyRequest;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.RequestResult;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Requests among the lines of a load balancer's log. They are a load generator by the balancer's name, {@code haproxy lb1}; where two
 * inputs hold lines of one balancer, which may be the same lines, there are two, {@code haproxy lb1 (haproxy.log)}.
 */
final class BalancerRequests {

    private final Surroundings surroundings;
    private final EndpointNames names;
    private final TreeMap<String, TreeMap<String, LoadSums>> byBalancer = new TreeMap<>();

    BalancerRequests(Surroundings surroundings, EndpointPatterns patterns) {
        this.surroundings = surroundings;
        this.names = new EndpointNames(patterns);
    }

    /**
     * Takes the request that {@code line} of {@code input} tells of.
     *
     * @param zone of its time
     * @return false if it tells of none
     */
    boolean take(LogLine line, ZoneId zone, String input) {
        Optional<List<RequestResult>> requests = HaproxyRequest.of(line, zone, names);
        requests.ifPresent(its -> its.forEach(request -> byBalancer
                .computeIfAbsent(request.generator(), generator -> new TreeMap<>())
                .computeIfAbsent(input, unused -> new LoadSums())
                .add(request)));
        return requests.isPresent();
    }

    /** Hands over what was taken, once. */
    void into(Loads loads) {
        byBalancer.forEach((balancer, byInput) -> byInput.forEach((input, sums) -> {
            String generator = byInput.size() == 1 ? balancer : balancer + " (" + input + ")";
            loads.put(surroundings.clusterOfLoad(input), generator, sums);
            loads.named(generator, names);
        }));
        byBalancer.clear();
    }
}
