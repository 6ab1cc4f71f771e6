package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One connected story with one kind. Whatever the evidence does not tell is empty.
 *
 * @param id derived from the content: the same evidence gives the same id
 * @param cluster the Patroni scope
 * @param kind what kind of story
 * @param cause why it happened
 * @param member the replica that was lost; empty in all other incidents
 * @param oldLeader who led before
 * @param newLeader who led after
 * @param inStandbyCluster whether the leader is that of a standby cluster, which accepts no writes before or after
 * @param timelineBefore PostgreSQL's timeline id before
 * @param timelineAfter PostgreSQL's timeline id after
 * @param startedAt the fault or the first symptom
 * @param startedInferred whether that is a round of Patroni that was due and did not come, rather than a line or a request
 * @param leaderLost when and how the leader key went away
 * @param lockAcquiredAt when Patroni took the leader key
 * @param promotedAt when PostgreSQL left recovery, by its own log or by Patroni's promotion line where that log is missing or coarser
 * @param databaseReadyAt when read-write connections were accepted
 * @param databaseReadyNotAfter the first proof that they were accepted, where {@code databaseReadyAt} is unknown
 * @param serviceRestoredAt when the last endpoint that had failed was served again
 * @param rejoinedAt when the old leader streamed from the new one
 * @param phases the parts, in order, without gaps or overlaps
 * @param state whether it is over
 * @param refusals why candidates did not take the lock
 * @param clientImpact what clients whose requests failed felt, by generator and endpoint
 * @param clientOutages how long clients were out, of all whose requests were seen meanwhile; none if no request was
 * @param recoveryTarget the longest outage that is tolerated; empty if none is set
 * @param dualLeaders whether two members accepted writes at once
 * @param dataLoss how much of the old leader's WAL the new one did not have
 * @param dangers what harms later, or need not have been
 * @param events the story, in order of time
 * @param marks what was done to the old leader's host by lines that carry no time
 */
public record Incident(
        String id,
        String cluster,
        IncidentKind kind,
        Cause cause,
        Optional<String> member,
        Optional<String> oldLeader,
        Optional<String> newLeader,
        boolean inStandbyCluster,
        Optional<Integer> timelineBefore,
        Optional<Integer> timelineAfter,
        Instant startedAt,
        boolean startedInferred,
        Optional<LeaderLost> leaderLost,
        Optional<Instant> lockAcquiredAt,
        Optional<Instant> promotedAt,
        Optional<Instant> databaseReadyAt,
        Optional<Instant> databaseReadyNotAfter,
        Optional<Instant> serviceRestoredAt,
        Optional<Instant> rejoinedAt,
        List<Phase> phases,
        State state,
        List<Refusal> refusals,
        List<ClientImpact> clientImpact,
        List<ClientOutage> clientOutages,
        Optional<Duration> recoveryTarget,
        List<DualLeaders> dualLeaders,
        Optional<DataLoss> dataLoss,
        List<Danger> dangers,
        List<Step> events,
        List<Mark> marks) {

    public Incident {
        phases = List.copyOf(phases);
        refusals = List.copyOf(refusals);
        clientImpact = List.copyOf(clientImpact);
        clientOutages = List.copyOf(clientOutages);
        dualLeaders = List.copyOf(dualLeaders);
        dangers = List.copyOf(dangers);
        events = List.copyOf(events);
        marks = List.copyOf(marks);
    }

    /** How far times of it may be wrong because clocks were; empty if none was corrected. */
    public Optional<Duration> clockError() {
        return events.stream()
                .flatMap(step -> step.correction().stream())
                .map(ClockCorrection::plusMinus)
                .max(Comparator.naturalOrder());
    }

    /** The same incident with what is known of its clients. */
    public Incident withClients(List<ClientImpact> impact, List<ClientOutage> outages) {
        return with(impact, outages, recoveryTarget);
    }

    /** The same incident, held against {@code target}. */
    public Incident heldAgainst(Optional<Duration> target) {
        return with(clientImpact, clientOutages, target);
    }

    /** Whether the longest outage that was measured is within the target; empty if there is no target. */
    public Optional<RtoVerdict> rto() {
        return recoveryTarget.map(target -> RtoVerdict.of(clientOutages, target));
    }

    private Incident with(List<ClientImpact> impact, List<ClientOutage> outages, Optional<Duration> target) {
        return new Incident(
                id,
                cluster,
                kind,
                cause,
                member,
                oldLeader,
                newLeader,
                inStandbyCluster,
                timelineBefore,
                timelineAfter,
                startedAt,
                startedInferred,
                leaderLost,
                lockAcquiredAt,
                promotedAt,
                databaseReadyAt,
                databaseReadyNotAfter,
                serviceRestoredAt,
                rejoinedAt,
                phases,
                state,
                refusals,
                impact,
                outages,
                target,
                dualLeaders,
                dataLoss,
                dangers,
                events,
                marks);
    }

    /** Whether an incident is over. */
    public enum State {
        OPEN,
        CLOSED
    }

    /**
     * When the leader key went away.
     *
     * @param at the instant
     * @param inferred whether it follows from the last renewal and the ttl rather than from a line that says so
     */
    public record LeaderLost(Instant at, boolean inferred) {}
}
