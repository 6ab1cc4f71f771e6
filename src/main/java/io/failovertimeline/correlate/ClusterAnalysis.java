package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.NearMiss;
import io.failovertimeline.model.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the evidence of one cluster means. */
final class ClusterAnalysis {

    /** What an old leader still says soon after it came back belongs to its return. */
    private static final Duration SETTLING = Duration.ofSeconds(60);

    /** Patroni's default. */
    static final Duration USUAL_TTL = Duration.ofSeconds(30);

    private final String cluster;
    private final Chronicle chronicle;
    private final List<Mark> marks;
    private final Optional<ClusterSettings> settings;
    private final List<ErrorWindow> windows;
    private final List<Incident> incidents = new ArrayList<>();
    private final Map<ErrorWindow, String> incidentOfWindow = new HashMap<>();

    ClusterAnalysis(
            String cluster,
            Chronicle chronicle,
            List<Mark> marks,
            Collection<ClusterSettings> settings,
            List<ErrorWindow> windows) {
        this.cluster = cluster;
        this.chronicle = chronicle;
        this.marks = marks;
        this.settings = inForce(settings);
        this.windows = windows;
        tell();
    }

    /** What stands somewhere; members share one {@code loop_wait}, so it is estimated only where the estimates agree. */
    private static Optional<ClusterSettings> inForce(Collection<ClusterSettings> all) {
        List<ClusterSettings> estimates =
                all.stream().filter(ClusterSettings::isEstimate).distinct().toList();
        Optional<ClusterSettings> estimate = estimates.size() == 1 ? Optional.of(estimates.get(0)) : Optional.empty();
        return all.stream()
                .filter(settings -> !settings.isEstimate())
                .min(Comparator.comparing(ClusterSettings::toString))
                .map(settings -> settings.orLoopWait(estimate.flatMap(ClusterSettings::loopWait)))
                .or(() -> estimate);
    }

    List<Incident> incidents() {
        return incidents;
    }

    List<ErrorWindow> windows() {
        return windows;
    }

    Map<ErrorWindow, String> incidentOfWindow() {
        return incidentOfWindow;
    }

    /** A round before an incident it is no miss, but the beginning of it. */
    List<NearMiss> nearMisses() {
        return new NearMisses(cluster, chronicle, settings).outside(at -> incidents.stream()
                .anyMatch(incident -> covers(incident, at) || covers(incident, at.plus(Runs.LONGEST_PAUSE))));
    }

    private static boolean covers(Incident incident, Instant at) {
        return !at.isBefore(incident.startedAt()) && !at.isAfter(end(incident));
    }

    private static Instant end(Incident incident) {
        Stream<Instant> steps = incident.events().stream().map(step -> step.at());
        Stream<Instant> clients = incident.clientImpact().stream()
                .map(impact -> impact.servedAgainAt().orElse(impact.lastFailureAt()));
        return Stream.concat(steps, clients).max(Comparator.naturalOrder()).orElse(incident.startedAt());
    }

    private void tell() {
        BalancerMoves moves = new BalancerMoves(chronicle);
        List<Takeover> takeovers = withUntold(new Leadership(chronicle).takeovers(), moves);
        Instant from = Instant.MIN;
        Optional<String> leader =
                takeovers.isEmpty() ? onlyLeader() : takeovers.get(0).oldLeader();
        for (int i = 0; i < takeovers.size(); i++) {
            Incident incident = tell(takeovers, i);
            tellDisturbances(leader, from, incident.startedAt().minusSeconds(1));
            claim(incident);
            from = end(incident).plus(SETTLING);
            leader = Optional.of(takeovers.get(i).member());
        }
        tellDisturbances(leader, from, Instant.MAX);
        moves.alone().forEach(move -> claim(movedBackend(move)));
        Duration ttl =
                settings.flatMap(ClusterSettings::ttl).map(Setting::value).orElse(USUAL_TTL);
        new UnexplainedFailures(cluster, chronicle, ttl).incidents(unclaimed()).forEach(this::claim);
        incidents.sort(Comparator.comparing(Incident::startedAt).thenComparing(Incident::id));
    }

    private static List<Takeover> withUntold(List<Takeover> told, BalancerMoves moves) {
        return Stream.concat(told.stream(), moves.untold(told).stream())
                .sorted(Takeover.ORDER)
                .toList();
    }

    /** Who led where nobody took over. */
    private Optional<String> onlyLeader() {
        return chronicle
                .first(
                        Instant.MIN,
                        entry -> entry.proves(EventKind.HEARTBEAT)
                                && entry.leader().isPresent())
                .flatMap(Entry::leader)
                .or(() -> chronicle
                        .last(Instant.MAX, entry -> entry.proves(EventKind.READY_RW))
                        .flatMap(Entry::writer));
    }

    private Incident tell(List<Takeover> takeovers, int i) {
        Takeover takeover = takeovers.get(i);
        Optional<Takeover> previous = i == 0 ? Optional.empty() : Optional.of(takeovers.get(i - 1));
        Instant until = i + 1 < takeovers.size() ? takeovers.get(i + 1).firstProof() : Instant.MAX;
        boolean onlyLoss = takeovers.stream()
                        .filter(other -> other.oldLeader().equals(takeover.oldLeader()))
                        .count()
                == 1;
        Instant oldsNext = takeovers.subList(i + 1, takeovers.size()).stream()
                .filter(next -> next.concerns(takeover.oldLeader()))
                .map(Takeover::firstProof)
                .findFirst()
                .orElse(Instant.MAX);
        return new TakeoverIncident(chronicle, takeover, previous, until, oldsNext, settings)
                .tell(cluster, marks, unclaimed(), onlyLoss, takeovers.subList(0, i), List.copyOf(incidents));
    }

    private List<ErrorWindow> unclaimed() {
        return windows.stream()
                .filter(window -> !incidentOfWindow.containsKey(window))
                .toList();
    }

    /** Takes the incident up, and with it the error windows that it explains. */
    private void claim(Incident incident) {
        incidents.add(incident);
        for (ErrorWindow window : unclaimed()) {
            boolean explained = incident.clientImpact().stream()
                    .anyMatch(impact -> impact.generator().equals(window.generator())
                            && impact.endpoint().equals(window.endpoint())
                            && !window.from().isBefore(impact.firstFailureAt())
                            && !window.to().isAfter(impact.lastFailureAt()));
            if (explained) {
                incidentOfWindow.put(window, incident.id());
            }
        }
    }

    private void tellDisturbances(Optional<String> leader, Instant from, Instant to) {
        for (Disturbance disturbance : new Disturbances(chronicle).between(leader, from, to)) {
            claim(new DisturbanceIncident(chronicle, disturbance).tell(cluster, unclaimed()));
        }
    }

    /** A change of the leader that only the balancer shows. */
    private Incident movedBackend(BalancerMoves.Move move) {
        Windows clients = Windows.within(
                unclaimed(),
                move.begin().minus(UnexplainedFailures.ONE_INCIDENT),
                move.up().at().plus(UnexplainedFailures.ONE_INCIDENT));
        Instant startedAt = clients.firstFailure().filter(move.begin()::isAfter).orElse(move.begin());
        Story story = Story.of(move.proofs(), move.proofs());
        String explanation = "The balancer moved " + move.backend() + " from " + move.from() + " to " + move.to()
                + ", so " + move.to() + " leads; neither Patroni nor PostgreSQL is in the input to tell why.";
        return new IncidentBuilder(IncidentId.of(cluster, startedAt), cluster, IncidentKind.FAILOVER, startedAt)
                .cause(Reason.unknown(explanation).shownBy(move.proofs()).in(story, List.of()))
                .leaders(Optional.of(move.from()), Optional.of(move.to()))
                .databaseReady(Optional.empty(), Optional.of(move.up().at()))
                .serviceRestoredAt(clients.restored())
                .over(clients.over())
                .clientImpact(clients.impact())
                .story(story.steps(), List.of())
                .build();
    }
}
