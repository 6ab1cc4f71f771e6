package io.failovertimeline.publish;

import io.failovertimeline.model.Cause;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Refusal;
import io.failovertimeline.model.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An incident of which only what a test sets is known. */
final class IncidentBuilder {

    private final IncidentKind kind;
    private final String cluster;
    private final Instant startedAt;
    private Cause cause = new Cause(CauseCode.UNKNOWN, 0, "no line tells why.", List.of());
    private Optional<String> oldLeader = Optional.empty();
    private Optional<String> newLeader = Optional.empty();
    private Optional<Integer> timelineBefore = Optional.empty();
    private Optional<Integer> timelineAfter = Optional.empty();
    private Optional<Incident.LeaderLost> leaderLost = Optional.empty();
    private Optional<Instant> databaseReadyAt = Optional.empty();
    private Optional<Instant> databaseReadyNotAfter = Optional.empty();
    private Optional<Instant> rejoinedAt = Optional.empty();
    private Incident.State state = Incident.State.CLOSED;
    private final List<Phase> phases = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<ClientImpact> clients = new ArrayList<>();
    private final List<DualLeaders> dualLeaders = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    private IncidentBuilder(IncidentKind kind, String cluster, Instant startedAt) {
        this.kind = kind;
        this.cluster = cluster;
        this.startedAt = startedAt;
    }

    static IncidentBuilder incident(IncidentKind kind, String cluster, String startedAt) {
        return new IncidentBuilder(kind, cluster, Instant.parse(startedAt));
    }

    IncidentBuilder cause(CauseCode code, double confidence, String explanation, Integer... evidence) {
        cause = new Cause(code, confidence, explanation, List.of(evidence));
        return this;
    }

    IncidentBuilder leaders(String before, String after) {
        oldLeader = Optional.of(before);
        newLeader = Optional.of(after);
        return this;
    }

    IncidentBuilder oldLeader(String member) {
        oldLeader = Optional.of(member);
        return this;
    }

    IncidentBuilder timelines(int before, int after) {
        timelineBefore = Optional.of(before);
        timelineAfter = Optional.of(after);
        return this;
    }

    IncidentBuilder leaderLost(String at, boolean inferred) {
        leaderLost = Optional.of(new Incident.LeaderLost(Instant.parse(at), inferred));
        return this;
    }

    IncidentBuilder databaseReady(String at) {
        databaseReadyAt = Optional.of(Instant.parse(at));
        return this;
    }

    IncidentBuilder databaseReadyNotAfter(String at) {
        databaseReadyNotAfter = Optional.of(Instant.parse(at));
        return this;
    }

    IncidentBuilder rejoined(String at) {
        rejoinedAt = Optional.of(Instant.parse(at));
        return this;
    }

    IncidentBuilder open() {
        state = Incident.State.OPEN;
        return this;
    }

    IncidentBuilder phase(PhaseName name, PhaseName through, String from, String to, boolean upperBound) {
        phases.add(new Phase(name, through, Instant.parse(from), Instant.parse(to), upperBound));
        return this;
    }

    IncidentBuilder phase(PhaseName name, String from, String to) {
        return phase(name, name, from, to, false);
    }

    IncidentBuilder refusal(String member, String at, String reason, Origin origin) {
        refusals.add(new Refusal(member, Instant.parse(at), reason, origin));
        return this;
    }

    IncidentBuilder clients(ClientImpact impact) {
        clients.add(impact);
        return this;
    }

    IncidentBuilder bothLed(DualLeaders.Verdict verdict, String from, String to) {
        List<String> members = List.of(oldLeader.orElseThrow(), newLeader.orElseThrow());
        dualLeaders.add(new DualLeaders(members, Instant.parse(from), Instant.parse(to), verdict));
        return this;
    }

    IncidentBuilder step(
            String at, Precision precision, EventKind type, Optional<String> member, String text, Origin origin) {
        steps.add(new Step(Instant.parse(at), precision, type, member, text, origin));
        return this;
    }

    IncidentBuilder step(String at, EventKind type, String member, String text, Origin origin) {
        return step(at, Precision.MILLIS, type, Optional.of(member), text, origin);
    }

    Incident build() {
        return new Incident(
                "incident-1",
                cluster,
                kind,
                cause,
                oldLeader,
                newLeader,
                timelineBefore,
                timelineAfter,
                startedAt,
                leaderLost,
                Optional.empty(),
                Optional.empty(),
                databaseReadyAt,
                databaseReadyNotAfter,
                Optional.empty(),
                rejoinedAt,
                phases,
                state,
                refusals,
                clients,
                dualLeaders,
                steps,
                List.of());
    }
}
