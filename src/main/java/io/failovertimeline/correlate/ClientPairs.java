package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.ClockBound.Proof.CLIENTS;

import io.failovertimeline.correlate.ClockBounds.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Clients are served by the old primary before a takeover and by the new one after it, so the takeover lies within their outage; so
 * does the loss of a standby that they read from. Which outage is one of a takeover can't be told by what failed requests say: it is one if both happened at once by the clock of some host.
 */
final class ClientPairs {

    private final ClockBounds hosts;
    private final List<Entry> locks;
    private final List<Entry> losses;

    private ClientPairs(ClockBounds hosts, List<Entry> locks, List<Entry> losses) {
        this.hosts = hosts;
        this.locks = locks;
        this.losses = losses;
    }

    /**
     * The bounds that outages give.
     *
     * @param hosts what is known of the hosts' clocks without them
     */
    static List<ClockBound> bounds(List<HostView> views, ClockBounds hosts, Collection<Outage> outages) {
        List<Entry> locks = views.stream()
                .flatMap(view -> CausalPairs.takeovers(view).stream())
                .toList();
        ClientPairs pairs = new ClientPairs(hosts, locks, CausalPairs.lostStandbys(views));
        List<ClockBound> bounds = new ArrayList<>();
        for (Outage outage : outages) {
            pairs.turnWithin(outage).ifPresent(lock -> {
                Clock clients = Clock.of(outage.window());
                Clock host = CausalPairs.clock(lock);
                bounds.add(ClockBound.of(CLIENTS, host, lock.at(), clients, outage.after()));
                bounds.add(ClockBound.of(CLIENTS, clients, outage.before(), host, CausalPairs.end(lock)));
            });
        }
        return bounds;
    }

    /** The only takeover that may have been within the outage by the clock of any host; without any, the only loss of a standby. */
    private Optional<Entry> turnWithin(Outage outage) {
        List<Entry> takeovers = within(outage, locks);
        List<Entry> found = takeovers.isEmpty() ? within(outage, losses) : takeovers;
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private List<Entry> within(Outage outage, List<Entry> turns) {
        Set<Clock> axes = new TreeSet<>(hosts.clocks());
        return turns.stream()
                .filter(turn -> isWithin(outage, turn, CausalPairs.clock(turn))
                        || axes.stream().anyMatch(axis -> isWithin(outage, turn, axis)))
                .toList();
    }

    /** Whether {@code lock}, taken when {@code axis} showed a time of the outage, may be meant. */
    private boolean isWithin(Outage outage, Entry lock, Clock axis) {
        Clock host = CausalPairs.clock(lock);
        Optional<Duration> most = hosts.limit(axis, host).map(Limit::most);
        Optional<Duration> least = hosts.limit(host, axis).map(Limit::most).map(Duration::negated);
        if (most.isEmpty() || least.isEmpty()) {
            return false;
        }
        Instant from = lock.at().minus(most.get());
        Instant to = CausalPairs.end(lock).minus(least.get());
        return outage.mayHold(from, to);
    }
}
