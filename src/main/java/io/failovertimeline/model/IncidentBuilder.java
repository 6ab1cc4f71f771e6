package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts an incident together. What is not set stays unknown; the cause is {@link CauseCode#UNKNOWN} and the state open. */
public final class IncidentBuilder {

    private final String id;
    private final String cluster;
    private final IncidentKind kind;
    private final Instant startedAt;
    private boolean startedInferred;
    private Cause cause = new Cause(CauseCode.UNKNOWN, 0, "The input does not tell why.", List.of());
    private Optional<String> member = Optional.empty();
    private Optional<String> oldLeader = Optional.empty();
    private Optional<String> newLeader = Optional.empty();
    private boolean inStandbyCluster;
    private Optional<Integer> timelineBefore = Optional.empty();
    private Optional<Integer> timelineAfter = Optional.empty();
    private Optional<Incident.LeaderLost> leaderLost = Optional.empty();
    private Optional<Instant> lockAcquiredAt = Optional.empty();
    private Optional<Instant> promotedAt = Optional.empty();
    private Optional<Instant> databaseReadyAt = Optional.empty();
    private Optional<Instant> databaseReadyNotAfter = Optional.empty();
    private Optional<Instant> serviceRestoredAt = Optional.empty();
    private Optional<Instant> rejoinedAt = Optional.empty();
    private List<Phase> phases = List.of();
    private Incident.State state = Incident.State.OPEN;
    private List<Refusal> refusals = List.of();
    private List<ClientImpact> clientImpact = List.of();
    private List<ClientOutage> clientOutages = List.of();
    private Optional<Duration> recoveryTarget = Optional.empty();
    private List<DualLeaders> dualLeaders = List.of();
    private Optional<DataLoss> dataLoss = Optional.empty();
    private List<Danger> dangers = List.of();
    private List<Step> events = List.of();
    private List<Mark> marks = List.of();

    /** An incident of which nothing else is known yet. */
    public IncidentBuilder(String id, String cluster, IncidentKind kind, Instant startedAt) {
        this.id = id;
        this.cluster = cluster;
        this.kind = kind;
        this.startedAt = startedAt;
    }

    /** Why it happened. */
    public IncidentBuilder cause(Cause value) {
        this.cause = value;
        return this;
    }

    /** The replica that was lost. */
    public IncidentBuilder member(Optional<String> value) {
        this.member = value;
        return this;
    }

    /** Who led before and after. */
    public IncidentBuilder leaders(Optional<String> before, Optional<String> after) {
        this.oldLeader = before;
        this.newLeader = after;
        return this;
    }

    /** PostgreSQL's timeline ids before and after. */
    public IncidentBuilder timelines(Optional<Integer> before, Optional<Integer> after) {
        this.timelineBefore = before;
        this.timelineAfter = after;
        return this;
    }

    /** When the leader key went away and when it was taken. */
    public IncidentBuilder lock(Optional<Incident.LeaderLost> lost, Optional<Instant> acquiredAt) {
        this.leaderLost = lost;
        this.lockAcquiredAt = acquiredAt;
        return this;
    }

    /** When PostgreSQL left recovery. */
    public IncidentBuilder promotedAt(Optional<Instant> value) {
        this.promotedAt = value;
        return this;
    }

    /** When read-write connections were accepted, or else the first proof that they were. */
    public IncidentBuilder databaseReady(Optional<Instant> at, Optional<Instant> notAfter) {
        this.databaseReadyAt = at;
        this.databaseReadyNotAfter = notAfter;
        return this;
    }

    /** When clients were served again. */
    public IncidentBuilder serviceRestoredAt(Optional<Instant> value) {
        this.serviceRestoredAt = value;
        return this;
    }

    /** When the old leader, or the lost replica, was back as a replica. */
    public IncidentBuilder rejoinedAt(Optional<Instant> value) {
        this.rejoinedAt = value;
        return this;
    }

    /** The parts, in order. */
    public IncidentBuilder phases(List<Phase> value) {
        this.phases = value;
        return this;
    }

    /** Whether the leader is that of a standby cluster. */
    public IncidentBuilder inStandbyCluster(boolean value) {
        this.inStandbyCluster = value;
        return this;
    }

    /** Whether {@code startedAt} is when a line was due that did not come. */
    public IncidentBuilder startedInferred(boolean value) {
        this.startedInferred = value;
        return this;
    }

    /** Whether it is over. */
    public IncidentBuilder over(boolean over) {
        this.state = over ? Incident.State.CLOSED : Incident.State.OPEN;
        return this;
    }

    /** Why candidates did not take the lock. */
    public IncidentBuilder refusals(List<Refusal> value) {
        this.refusals = value;
        return this;
    }

    /** What clients felt. */
    public IncidentBuilder clientImpact(List<ClientImpact> value) {
        this.clientImpact = value;
        return this;
    }

    /** How long clients were out. */
    public IncidentBuilder clientOutages(List<ClientOutage> value) {
        this.clientOutages = value;
        return this;
    }

    /** The longest outage that is tolerated. */
    public IncidentBuilder recoveryTarget(Optional<Duration> value) {
        this.recoveryTarget = value;
        return this;
    }

    /** Whether two members accepted writes at once. */
    public IncidentBuilder dualLeaders(List<DualLeaders> value) {
        this.dualLeaders = value;
        return this;
    }

    /** How much of the old leader's WAL the new one did not have. */
    public IncidentBuilder dataLoss(Optional<DataLoss> value) {
        this.dataLoss = value;
        return this;
    }

    /** What harms later, or need not have been. */
    public IncidentBuilder dangers(List<Danger> value) {
        this.dangers = value;
        return this;
    }

    /** The story, and what was done by lines without a time. */
    public IncidentBuilder story(List<Step> steps, List<Mark> undated) {
        this.events = steps;
        this.marks = undated;
        return this;
    }

    /** The incident. */
    public Incident build() {
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
                clientImpact,
                clientOutages,
                recoveryTarget,
                dualLeaders,
                dataLoss,
                dangers,
                events,
                marks);
    }
}
