package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Which member runs on which host and answers at which address, by what Patroni itself says. */
final class Members {

    private final Map<String, NavigableSet<String>> byHost = new HashMap<>();
    private final Map<String, NavigableSet<String>> byAddress = new HashMap<>();

    Members(Collection<ClusterEvent> events) {
        for (ClusterEvent event : events) {
            event.field("member").ifPresent(member -> {
                if (event.proves(EventKind.HEARTBEAT)) {
                    event.host().ifPresent(host -> name(byHost, host, member));
                }
                event.field("address").ifPresent(address -> name(byAddress, address, member));
            });
        }
    }

    private static void name(Map<String, NavigableSet<String>> names, String key, String member) {
        names.computeIfAbsent(key, newKey -> new TreeSet<>()).add(member);
    }

    /** The member that wrote the event; the host's name where Patroni never named the member on it. */
    Optional<String> writer(ClusterEvent event) {
        if (event.proves(EventKind.HOST_WENT_ON)) {
            return event.field("speaker");
        }
        if (event.proves(EventKind.HEARTBEAT) && event.field("member").isPresent()) {
            return event.field("member");
        }
        return event.host().map(this::onHost);
    }

    /** The member on {@code host}; the host's own name where Patroni never named one. */
    String onHost(String host) {
        return byHost.containsKey(host) ? byHost.get(host).first() : host;
    }

    /** Whom the event is about where that is not its writer: the peer it names, or the one at the address it names. */
    Optional<String> peer(ClusterEvent event) {
        return event.field("member").or(() -> event.field("address").flatMap(this::atAddress));
    }

    private Optional<String> atAddress(String address) {
        return Optional.ofNullable(byAddress.get(address)).map(NavigableSet::first);
    }
}
