package io.failovertimeline.correlate;

import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.ClientOutage;
import io.failovertimeline.model.ErrorKind;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.SentIn;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What clients felt of the incidents of one cluster, told when these are known: which waits belong to them, in which phase failed
 * requests were sent, and how long clients were out.
 */
final class ClientAccounts {

    /** Clients feel a disturbance some time after it as well: balancers need their checks, pools their new connections. */
    private static final Duration CATCH_UP = Duration.ofSeconds(15);

    private final List<LoadSeries> series;
    private final Clocks clocks;
    private final List<ErrorWindow> failures;
    private final List<ErrorWindow> waits;
    private final Map<ErrorWindow, String> incidentOf;

    /**
     * Of one cluster.
     *
     * @param series its requests as they were written
     * @param failures windows of failures, on corrected clocks
     * @param waits windows without failures, on corrected clocks
     * @param incidentOf of windows of failures, the id of their incident
     */
    ClientAccounts(
            List<LoadSeries> series,
            Clocks clocks,
            List<ErrorWindow> failures,
            List<ErrorWindow> waits,
            Map<ErrorWindow, String> incidentOf) {
        this.series = series;
        this.clocks = clocks;
        this.failures = failures;
        this.waits = waits;
        this.incidentOf = new HashMap<>(incidentOf);
    }

    /** {@code incidents} with their accounts. Each wait belongs to the first that it overlaps. */
    List<Incident> told(List<Incident> incidents) {
        for (Incident incident : incidents) {
            Instant end = end(incident).plus(CATCH_UP);
            waits.stream()
                    .filter(wait -> !wait.from().isAfter(end) && !wait.to().isBefore(incident.startedAt()))
                    .forEach(wait -> incidentOf.putIfAbsent(wait, incident.id()));
        }
        return incidents.stream().map(this::told).toList();
    }

    /** Of each window that belongs to an incident, the id of that. */
    Map<ErrorWindow, String> incidentOf() {
        return incidentOf;
    }

    /** The end of the trouble; an old leader may come back much later, and clients do not feel that. */
    private static Instant end(Incident incident) {
        Stream<Instant> clients = incident.clientImpact().stream()
                .map(impact -> impact.servedAgainAt().orElse(impact.lastFailureAt()));
        Stream<Instant> course = Stream.of(
                        incident.leaderLost().map(Incident.LeaderLost::at),
                        incident.lockAcquiredAt(),
                        incident.promotedAt(),
                        incident.databaseReadyAt(),
                        incident.databaseReadyNotAfter(),
                        incident.serviceRestoredAt())
                .flatMap(Optional::stream);
        return Stream.concat(clients, course).max(Comparator.naturalOrder()).orElse(incident.startedAt());
    }

    private Incident told(Incident incident) {
        List<ClientImpact> impact = incident.clientImpact().stream()
                .map(felt -> told(felt, incident))
                .toList();
        return incident.withClients(impact, outages(incident));
    }

    private ClientImpact told(ClientImpact impact, Incident incident) {
        List<ErrorWindow> own = of(incident, failures)
                .filter(window -> window.generator().equals(impact.generator())
                        && window.endpoint().equals(impact.endpoint()))
                .toList();
        SortedMap<ErrorKind, Long> kinds = new TreeMap<>();
        own.forEach(window -> window.errorKinds().forEach((kind, count) -> kinds.merge(kind, count, Long::sum)));
        Optional<LoadSeries> requests = series.stream()
                .filter(its -> its.generator().equals(impact.generator())
                        && its.endpoint().equals(impact.endpoint()))
                .findFirst();
        Duration ahead = clocks.ahead(impact.generator());
        return impact.with(
                kinds,
                requests.map(its -> failedBySending(its, ahead, own, incident)).orElseGet(TreeMap::new),
                incident.promotedAt().flatMap(at -> requests.flatMap(its -> firstServed(its, ahead, at))),
                own.stream()
                        .map(ErrorWindow::slowest)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO));
    }

    /** By the start of the first request that failed in each second. */
    private static SortedMap<SentIn, Long> failedBySending(
            LoadSeries requests, Duration ahead, List<ErrorWindow> windows, Incident incident) {
        SortedMap<SentIn, Long> sums = new TreeMap<>();
        for (ErrorWindow window : windows) {
            for (LoadBucket bucket :
                    requests.between(window.from().plus(ahead), window.to().plus(ahead))) {
                bucket.firstFailure()
                        .ifPresent(
                                first -> sums.merge(sentIn(first.minus(ahead), incident), bucket.failed(), Long::sum));
            }
        }
        return sums;
    }

    private static SentIn sentIn(Instant at, Incident incident) {
        List<Phase> phases = incident.phases();
        if (phases.isEmpty()) {
            return SentIn.NO_PHASE;
        }
        if (at.isBefore(phases.get(0).from())) {
            return SentIn.BEFORE;
        }
        return phases.stream()
                .filter(phase -> at.isBefore(phase.to()))
                .findFirst()
                .map(phase -> SentIn.of(phase.name()))
                .orElse(SentIn.AFTER);
    }

    private static Optional<Instant> firstServed(LoadSeries requests, Duration ahead, Instant promotedAt) {
        Instant from = promotedAt.plus(ahead);
        return requests.buckets().stream()
                .filter(bucket -> bucket.second().getEpochSecond() >= from.getEpochSecond())
                .flatMap(bucket -> Stream.concat(bucket.firstSuccess().stream(), bucket.lastSuccess().stream()))
                .filter(served -> !served.isBefore(from))
                .findFirst()
                .map(served -> served.minus(ahead));
    }

    private Stream<ErrorWindow> of(Incident incident, Collection<ErrorWindow> windows) {
        return windows.stream().filter(window -> incident.id().equals(incidentOf.get(window)));
    }

    /** Of all who sent requests while it was going on. */
    private List<ClientOutage> outages(Incident incident) {
        List<ErrorWindow> own = Stream.concat(of(incident, failures), of(incident, waits))
                .filter(window -> window.kind() != WindowKind.ISOLATED)
                .toList();
        List<ClientOutage> outages = new ArrayList<>();
        Map<String, List<LoadSeries>> measured = series.stream()
                .filter(requests ->
                        wereSentDuring(requests, incident) || own.stream().anyMatch(window -> isOf(window, requests)))
                .collect(Collectors.groupingBy(LoadSeries::generator, TreeMap::new, Collectors.toList()));
        measured.forEach((generator, endpoints) -> {
            for (LoadSeries requests : endpoints) {
                outages.add(outage(
                        generator,
                        Optional.of(requests.endpoint()),
                        own.stream().filter(window -> isOf(window, requests)).toList()));
            }
            outages.add(outage(
                    generator,
                    Optional.empty(),
                    own.stream()
                            .filter(window -> window.generator().equals(generator))
                            .toList()));
        });
        return outages;
    }

    private boolean wereSentDuring(LoadSeries requests, Incident incident) {
        Duration ahead = clocks.ahead(requests.generator());
        return !requests.between(incident.startedAt().plus(ahead), end(incident).plus(ahead))
                .isEmpty();
    }

    private static boolean isOf(ErrorWindow window, LoadSeries requests) {
        boolean isOfEndpoint = window.endpoint().equals(requests.endpoint())
                || window.endpoint().equals(LoadSeries.ALL);
        return window.generator().equals(requests.generator()) && isOfEndpoint;
    }

    private static ClientOutage outage(String generator, Optional<String> endpoint, List<ErrorWindow> windows) {
        return new ClientOutage(
                generator,
                endpoint,
                together(windows, window -> window.kind() != WindowKind.BROWN_OUT),
                together(windows, window -> window.kind() == WindowKind.BROWN_OUT),
                windows.stream().allMatch(window -> window.servedAgain().isPresent()));
    }

    /** How long at least one of these windows was on. */
    private static Duration together(List<ErrorWindow> windows, Function<ErrorWindow, Boolean> counts) {
        Duration sum = Duration.ZERO;
        Instant until = Instant.MIN;
        for (ErrorWindow window : windows.stream()
                .filter(counts::apply)
                .sorted(ErrorWindows.ORDER)
                .toList()) {
            Instant end = window.from().plus(window.outage());
            Instant from = window.from().isAfter(until) ? window.from() : until;
            if (end.isAfter(from)) {
                sum = sum.plus(Duration.between(from, end));
                until = end;
            }
        }
        return sum;
    }
}
