package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.LOOP_TIME_EXCEEDED;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Requests that failed while the leadership did not change and no member was disturbed. */
final class UnexplainedFailures {

    /** Error windows closer together than this are one incident. */
    static final Duration ONE_INCIDENT = Duration.ofSeconds(12);

    private final String cluster;
    private final Chronicle chronicle;
    private final Duration ttl;

    UnexplainedFailures(String cluster, Chronicle chronicle, Duration ttl) {
        this.cluster = cluster;
        this.chronicle = chronicle;
        this.ttl = ttl;
    }

    /** The incidents that {@code unclaimed} windows make. */
    List<Incident> incidents(List<ErrorWindow> unclaimed) {
        List<List<ErrorWindow>> groups = new ArrayList<>();
        unclaimed.stream()
                .filter(window -> window.kind() != WindowKind.ISOLATED)
                .sorted(Comparator.comparing(ErrorWindow::from).thenComparing(ErrorWindow::endpoint))
                .forEach(window -> {
                    boolean continues = !groups.isEmpty()
                            && groups.get(groups.size() - 1).stream().anyMatch(other -> !window.from()
                                    .isAfter(other.to().plus(ONE_INCIDENT)));
                    if (continues) {
                        groups.get(groups.size() - 1).add(window);
                    } else {
                        groups.add(new ArrayList<>(List.of(window)));
                    }
                });
        return groups.stream()
                .map(Windows::new)
                .filter(this::clusterWasSeen)
                .map(this::incident)
                .toList();
    }

    /**
     * That nothing in the cluster explains them can be said only if it was seen from before until an explanation was due: a lost
     * leader may be replaced only when its key has expired.
     */
    private boolean clusterWasSeen(Windows clients) {
        Instant from = clients.firstFailure().orElseThrow();
        Instant to = clients.lastFailure().orElseThrow();
        Instant due = from.plus(ttl);
        return chronicle.begin().filter(begin -> !begin.isAfter(from)).isPresent()
                && chronicle
                        .end()
                        .filter(end -> !end.isBefore(to) && !end.isBefore(due))
                        .isPresent();
    }

    private Incident incident(Windows clients) {
        Instant from = clients.firstFailure().orElseThrow();
        Instant to = clients.lastFailure().orElseThrow();
        Optional<Reason> balancer = new BalancerRestarts(chronicle).between(from, to.plus(ONE_INCIDENT));
        Optional<Reason> slow = balancer.isPresent() ? Optional.empty() : slow(from, to);
        Reason reason = balancer.or(() -> slow)
                .or(() -> withoutServer(from, to))
                .orElseGet(() -> Reason.unknown("Requests failed and nothing in the cluster explains it."));
        IncidentKind kind = slow.isPresent() ? IncidentKind.DEGRADATION : IncidentKind.CLIENT_ERRORS;
        Story story = Story.of(reason.proofs(), reason.proofs());
        return new IncidentBuilder(IncidentId.of(cluster, from, "clients"), cluster, kind, from)
                .cause(reason.in(story, List.of()))
                .serviceRestoredAt(clients.restored())
                .over(clients.over())
                .clientImpact(clients.impact())
                .story(story.steps(), List.of())
                .build();
    }

    /** Where only the balancer is heard, it tells whom it had no server for. */
    private Optional<Reason> withoutServer(Instant from, Instant to) {
        boolean memberIsHeard = chronicle
                .between(from.minus(ttl), to.plus(ttl))
                .anyMatch(entry -> entry.from(Component.PATRONI) || entry.from(Component.POSTGRESQL));
        return chronicle
                .between(from, to.plus(ttl))
                .filter(entry -> !memberIsHeard && entry.says("haproxy.none-left"))
                .findFirst()
                .map(empty -> Reason.unknown(
                        "Requests failed while the balancer had no server left for "
                                + empty.event().field("backend").orElse("a backend")
                                + "; neither Patroni nor PostgreSQL is in the input to tell why.",
                        empty));
    }

    /** Patroni was late or waited for the DCS just then: what slowed it may have slowed the database, too. */
    private Optional<Reason> slow(Instant from, Instant to) {
        List<Entry> late = chronicle
                .between(from.minusMillis(1), to)
                .filter(entry -> entry.proves(LOOP_TIME_EXCEEDED) || entry.says("patroni.dcs-request-timeout"))
                .limit(2)
                .toList();
        return late.stream()
                .findFirst()
                .map(entry -> new Reason(
                        CauseCode.UNKNOWN,
                        Optional.of(CauseDetail.SLOW),
                        0,
                        "Requests failed while Patroni on " + entry.writer().orElse("a member")
                                + (entry.proves(LOOP_TIME_EXCEEDED)
                                        ? " took longer than loop_wait for its rounds"
                                        : " waited for the DCS in vain")
                                + ": host, disk or network were slow. Nothing else in the cluster explains it.",
                        late));
    }
}
