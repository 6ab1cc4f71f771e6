package io.failovertimeline.alert;

import io.failovertimeline.model.ClientImpact;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How clients that failed for longer than their budget fared.
 *
 * @param since when the first of them was over budget
 * @param until when the last of them was served again; empty while one is not
 * @param endpoints which they are, and how long they failed
 */
record Impact(Instant since, Optional<Instant> until, String endpoints) {

    private static final int MOST_NAMED = 5;

    /** An outage that goes on is told anew when it has grown by so much. */
    private static final Duration STEP = Duration.ofSeconds(10);

    /** Empty if nobody failed for so long. */
    static Optional<Impact> of(Collection<ClientImpact> all, Duration budget) {
        List<ClientImpact> over = all.stream()
                .filter(impact -> impact.outage().compareTo(budget) > 0)
                .sorted(Comparator.comparing(Impact::steps)
                        .reversed()
                        .thenComparing(ClientImpact::generator)
                        .thenComparing(ClientImpact::endpoint))
                .toList();
        if (over.isEmpty()) {
            return Optional.empty();
        }
        Instant since = over.stream()
                .map(ClientImpact::firstFailureAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        boolean failing =
                over.stream().anyMatch(impact -> impact.servedAgainAt().isEmpty());
        Optional<Instant> until = over.stream()
                .flatMap(impact -> impact.servedAgainAt().stream())
                .max(Comparator.naturalOrder())
                .filter(at -> !failing);
        String endpoints = over.stream()
                .limit(MOST_NAMED)
                .map(impact -> impact.endpoint() + (isOpen(impact) ? " for more than " : " ") + length(impact))
                .collect(Collectors.joining(", "));
        String more = over.size() > MOST_NAMED ? " and " + (over.size() - MOST_NAMED) + " more" : "";
        return Optional.of(new Impact(since.plus(budget), until, endpoints + more));
    }

    /**
     * {@code 2 endpoints failed, 120 of 300 requests, longest 20.3 s (GET /)}; as long as one fails, {@code 2 endpoints failed, longest for
     * more than 20 s (GET /)}, so that not every request is news.
     */
    static String told(Collection<ClientImpact> all) {
        boolean goesOn = all.stream().anyMatch(Impact::isOpen);
        String longest = all.stream()
                .max(Comparator.comparing(Impact::steps).thenComparing(ClientImpact::endpoint))
                .map(impact -> ", longest " + (isOpen(impact) ? "for more than " : "") + length(impact) + " ("
                        + impact.endpoint() + ")")
                .orElse("");
        return all.size() + (all.size() == 1 ? " endpoint" : " endpoints") + " failed" + (goesOn ? "" : requests(all))
                + longest;
    }

    private static String requests(Collection<ClientImpact> all) {
        long failed = all.stream().mapToLong(ClientImpact::failedRequests).sum();
        long requests = all.stream().mapToLong(ClientImpact::requests).sum();
        return ", " + failed + " of " + requests + " requests";
    }

    private static boolean isOpen(ClientImpact impact) {
        return impact.servedAgainAt().isEmpty();
    }

    private static String length(ClientImpact impact) {
        return isOpen(impact)
                ? STEP.multipliedBy(steps(impact)).toSeconds() + " s"
                : IncidentAlerts.seconds(impact.outage());
    }

    private static long steps(ClientImpact impact) {
        return impact.outage().dividedBy(STEP);
    }
}
