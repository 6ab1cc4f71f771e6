package io.failovertimeline.model;

import java.time.Instant;
import java.util.Optional;

/**
 * All requests of one generator to one endpoint.
 *
 * @param cluster the Patroni scope behind the endpoint
 * @param generator the tool that sent them
 * @param endpoint its name
 * @param basis how they came to this name; empty if their source did not need one
 * @param example what they were called before, of several texts the first by alphabet; empty if they were not called anything else
 * @param firstAt the second in which the first was sent
 * @param lastAt the end of the second in which the last was sent
 * @param requests how many, failed ones included
 * @param failedRequests how many failed
 * @param firstFailureAt start of the first that failed; empty if none did
 * @param lastFailureAt start of the last that failed
 */
public record EndpointSummary(
        String cluster,
        String generator,
        String endpoint,
        Optional<EndpointBasis> basis,
        Optional<String> example,
        Instant firstAt,
        Instant lastAt,
        long requests,
        long failedRequests,
        Optional<Instant> firstFailureAt,
        Optional<Instant> lastFailureAt) {}
