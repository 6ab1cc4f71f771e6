package io.failovertimeline.model;

import java.util.List;

/**
 * What an offline run has to say.
 *
 * @param findings incidents, error windows, near misses
 * @param zones in which zone local times were read, and why
 * @param coverage which hosts were seen from when to when
 * @param states what state commands had printed, in order of their place
 * @param endpoints the requests of all load results, by generator and endpoint
 * @param perSecond the same by second, in no particular order, as they were written
 * @param inputs what became of each input
 * @param problems inputs or records that could not be used
 */
public record Report(
        Findings findings,
        List<ZoneFinding> zones,
        List<Coverage> coverage,
        List<StateSample> states,
        List<EndpointSummary> endpoints,
        List<LoadBucket> perSecond,
        List<InputSummary> inputs,
        List<Problem> problems) {

    /** Without load results. */
    public Report(
            Findings findings,
            List<ZoneFinding> zones,
            List<Coverage> coverage,
            List<StateSample> states,
            List<InputSummary> inputs,
            List<Problem> problems) {
        this(findings, zones, coverage, states, List.of(), List.of(), inputs, problems);
    }

    public Report {
        zones = List.copyOf(zones);
        coverage = List.copyOf(coverage);
        states = List.copyOf(states);
        endpoints = List.copyOf(endpoints);
        perSecond = List.copyOf(perSecond);
        inputs = List.copyOf(inputs);
        problems = List.copyOf(problems);
    }

    /** The same, each incident held against the target of its cluster. */
    public Report heldAgainst(RecoveryTargets targets) {
        return new Report(
                findings.heldAgainst(targets), zones, coverage, states, endpoints, perSecond, inputs, problems);
    }
}
