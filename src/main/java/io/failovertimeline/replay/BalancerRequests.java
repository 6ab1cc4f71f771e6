package io.failovertimeline.replay;

import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Skim;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.load.EndpointNames;
import io.failovertimeline.decode.load.EndpointPatterns;
import io.failovertimeline.decode.load.HaproxyRequest;
import io.failovertimeline.decode.load.Outcome;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Requests among the lines of a load balancer's log. They are a load generator by the balancer's name, {@code haproxy lb1}; where two
 * inputs hold lines of one balancer, which may be the same lines, there are two, {@code haproxy lb1 (haproxy.log)}.
 */
final class BalancerRequests {

    private final Surroundings surroundings;
    private final Loads loads;
    private final EndpointNames names;
    private final HaproxyRequest request;
    private final Map<Optional<String>, TreeMap<String, LoadSums>> byHost = new HashMap<>();

    /** For requests that are handed over to {@code loads}. */
    BalancerRequests(Surroundings surroundings, EndpointPatterns patterns, Loads loads) {
        this.surroundings = surroundings;
        this.loads = loads;
        names = new EndpointNames(patterns);
        request = new HaproxyRequest(names);
    }

    /**
     * Takes the request that {@code line} of {@code input} tells of.
     *
     * @param zone of its time
     * @return false if it tells of none
     */
    boolean take(LogLine line, ZoneId zone, String input) {
        byte[] message = line.message().getBytes(StandardCharsets.UTF_8);
        return line.component() == Component.HAPROXY
                && take(
                        request.read(
                                message, 0, message.length, zone, line.stamp().map(Stamp::at)),
                        line.host(),
                        input);
    }

    /**
     * The same, of a line in {@code bytes} that was skimmed.
     *
     * @return false also if the line has to be decoded before it is told
     */
    boolean take(byte[] bytes, Skim skim, Hints hints, String input) {
        if (skim.sender() != Component.HAPROXY || !skim.areWordsPlain()) {
            return false;
        }
        Instant written = Instant.ofEpochSecond(skim.second(), skim.nano());
        return take(
                request.read(bytes, skim.wordsFrom(), skim.wordsTo(), hints.zoneOf(skim.host()), Optional.of(written)),
                skim.host(),
                input);
    }

    private boolean take(Optional<Outcome> told, Optional<String> host, String input) {
        told.ifPresent(
                outcome -> outcome.requests().forEach(request -> byHost.computeIfAbsent(host, unused -> new TreeMap<>())
                        .computeIfAbsent(input, unused -> loads.apart())
                        .add(request)));
        return told.isPresent();
    }

    /** Hands over what was taken, once. */
    void handOver() {
        byHost.forEach((host, byInput) -> byInput.forEach((input, sums) -> {
            String balancer = HaproxyRequest.generator(host);
            String generator = byInput.size() == 1 ? balancer : balancer + " (" + input + ")";
            loads.put(surroundings.clusterOfBalancer(host, input), generator, sums);
            loads.named(generator, names);
        }));
        byHost.clear();
    }
}
