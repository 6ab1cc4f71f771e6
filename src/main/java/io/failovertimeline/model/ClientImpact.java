package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
 */
public record ClientImpact(
        String generator,
        String endpoint,
        Instant firstFailureAt,
        Instant lastFailureAt,
        Optional<Instant> servedAgainAt,
        long requests,
        long failedRequests,
        Duration outage) {}
