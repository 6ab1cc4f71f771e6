package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one endpoint's clients felt of an incident, over all its error windows that belong to it.
 *
 * @param generator the tool that sent the requests
 * @param endpoint what they asked for
 * @param firstFailureAt start of the first failed request
 * @param lastFailureAt start of the last failed request
 * @param servedAgainAt start of the first request that succeeded after that; empty if the input ends before
 * @param requests sent within the windows
 * @param failedRequests of these, how many failed
 * @param outage sum of the windows' outages
 * @param errorKinds failed requests by what their error texts mean
 * @param failedBySending failed requests by the phase of the incident in which they were sent, to the second
 * @param firstServedAfterPromotion start of the first request that was sent after the promotion and succeeded; empty if there was no
 *     promotion, or no such request
 * @param slowest the longest latency in the windows
 */
public record ClientImpact(
        String generator,
        String endpoint,
        Instant firstFailureAt,
        Instant lastFailureAt,
        Optional<Instant> servedAgainAt,
        long requests,
        long failedRequests,
        Duration outage,
        SortedMap<ErrorKind, Long> errorKinds,
        SortedMap<SentIn, Long> failedBySending,
        Optional<Instant> firstServedAfterPromotion,
        Duration slowest) {

    public ClientImpact {
        errorKinds = Collections.unmodifiableSortedMap(new TreeMap<>(errorKinds));
        failedBySending = Collections.unmodifiableSortedMap(new TreeMap<>(failedBySending));
    }

    /** Without what only the incident tells. */
    public ClientImpact(
            String generator,
            String endpoint,
            Instant firstFailureAt,
            Instant lastFailureAt,
            Optional<Instant> servedAgainAt,
            long requests,
            long failedRequests,
            Duration outage) {
        this(
                generator,
                endpoint,
                firstFailureAt,
                lastFailureAt,
                servedAgainAt,
                requests,
                failedRequests,
                outage,
                new TreeMap<>(),
                new TreeMap<>(),
                Optional.empty(),
                Duration.ZERO);
    }

    /** The same with what the incident tells. */
    public ClientImpact with(
            SortedMap<ErrorKind, Long> kinds,
            SortedMap<SentIn, Long> bySending,
            Optional<Instant> afterPromotion,
            Duration longest) {
        return new ClientImpact(
                generator,
                endpoint,
                firstFailureAt,
                lastFailureAt,
                servedAgainAt,
                requests,
                failedRequests,
                outage,
                kinds,
                bySending,
                afterPromotion,
                longest);
    }
}
