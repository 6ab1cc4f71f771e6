package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.BACKEND_UP;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tells that a load balancer went away and came back while the cluster stayed as it was. */
record BalancerRestarts(Chronicle chronicle) {

    /** A fresh balancer takes all servers for up: the first checks of those that are not end within this time. */
    private static final Duration FIRST_CHECKS = Duration.ofSeconds(5);

    private record Server(Optional<String> host, Optional<String> backend, Optional<String> server) {
        static Server of(Entry entry) {
            return new Server(
                    entry.event().host(),
                    entry.event().field("backend"),
                    entry.event().field("server"));
        }
    }

    /** The restart between {@code from} and {@code to}; empty if none is proven. */
    Optional<Reason> between(Instant from, Instant to) {
        return stopped(from, to).or(() -> downAgain(from, to));
    }

    private Optional<Reason> stopped(Instant from, Instant to) {
        return chronicle
                .between(from.minus(FIRST_CHECKS), to)
                .filter(entry -> entry.says("haproxy.stopped")
                        || entry.says("haproxy.worker-died")
                        || (Signs.ofUnit(entry, "haproxy")
                                && entry.event().rule().startsWith("systemd.")))
                .findFirst()
                .map(entry -> restarted(entry, ", by its own or systemd's words", List.of(entry)));
    }

    /** Several servers went down that had not come up since they last went down: who says so did not know of it. */
    private Optional<Reason> downAgain(Instant from, Instant to) {
        Map<Server, Entry> down = new HashMap<>();
        List<Entry> again = new ArrayList<>();
        chronicle
                .between(Instant.MIN, to)
                .filter(entry -> entry.event().field("server").isPresent())
                .forEach(entry -> {
                    if (entry.proves(BACKEND_UP)) {
                        down.remove(Server.of(entry));
                    } else if (entry.says("haproxy.server-down")
                            && down.put(Server.of(entry), entry) != null
                            && !entry.at().isBefore(from)) {
                        again.add(entry);
                    }
                });
        return again.stream()
                .findFirst()
                .map(first -> again.stream()
                        .filter(entry ->
                                entry.event().host().equals(first.event().host())
                                        && !entry.at().isAfter(first.at().plus(FIRST_CHECKS)))
                        .toList())
                .filter(together -> together.size() > 1)
                .map(together -> restarted(
                        together.get(0),
                        ": servers went down there that had been down before and never up since",
                        together));
    }

    private static Reason restarted(Entry entry, String by, List<Entry> proofs) {
        return new Reason(
                CauseCode.UNKNOWN,
                Optional.of(CauseDetail.BALANCER_RESTARTED),
                0,
                "Requests failed while the balancer on " + entry.event().host().orElse("an unknown host")
                        + " was started anew" + by + ". Nothing in the cluster explains it.",
                proofs);
    }
}
